import org.jspecify.annotations.NullMarked;

/** The control plane: keeps the registry, resolves names, routes, queues, fails over. */
@NullMarked
module dev.geniehive.control {
    requires dev.geniehive.api;
    requires dev.geniehive.kernel;
    requires dev.geniehive.protocol;
    requires dev.geniehive.store;
    requires org.slf4j;
    requires static org.jspecify;

    provides dev.geniehive.kernel.app.App with
            dev.geniehive.control.ControlApp;
}
