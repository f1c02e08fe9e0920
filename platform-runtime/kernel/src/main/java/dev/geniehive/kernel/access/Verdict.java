package dev.geniehive.kernel.access;

import dev.geniehive.api.model.Problem;

/** Whether a request gets in. */
public sealed interface Verdict {
    /** It does, as somebody. */
    record Allowed(Principal principal) implements Verdict {}

    /** It does not, for a reason. */
    record Refused(Problem problem) implements Verdict {}
}
