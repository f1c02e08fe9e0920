package dev.geniehive.kernel.link;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once what is wrong with the way to a control plane, not at every try. */
final class DialLog {
    private static final Logger log = LoggerFactory.getLogger(LinkClient.class);
    private static final String NOT_YET = "";
    private static final String UP = "up";

    private final ControlAddress control;
    private final AtomicReference<String> last = new AtomicReference<>(NOT_YET);

    DialLog(ControlAddress control) {
        this.control = control;
    }

    void up() {
        if (!last.getAndSet(UP).equals(UP)) {
            log.info("Linked to the control plane at {}", control);
        }
    }

    void failed(Exception e, boolean closing) {
        String reason = e instanceof RefusedLinkException ? String.valueOf(e.getMessage()) : e.toString();
        if (!closing && !last.getAndSet(reason).equals(reason)) {
            log.warn("No link to the control plane at {}: {}. Trying on", control, reason);
        }
    }

    void broke(MalformedFrameException e) {
        log.warn("Closed a link to {}, which does not keep to the protocol: {}", control, e.why());
    }

    void lost(Exception e) {
        log.debug("Lost a link to {}: {}", control, e.getMessage());
    }
}
