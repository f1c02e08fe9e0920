package dev.geniehive.api.model;

import java.util.Objects;

/** Something that was asked cannot be done, with the words for whoever asked. */
public final class GenieException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public GenieException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    public GenieException(Problem problem, Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    public GenieException(ErrorKind kind, String message) {
        this(new Problem(kind, message));
    }

    public GenieException(ErrorKind kind, String code, String message) {
        this(new Problem(kind, code, message));
    }

    /** {@return what was asked, what was found and the next step} */
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), problem.code());
    }

    /** {@return what the client gets to see} */
    public Problem problem() {
        return problem;
    }

    /** {@return what went wrong; carries the HTTP status} */
    public ErrorKind kind() {
        return problem.kind();
    }
}
