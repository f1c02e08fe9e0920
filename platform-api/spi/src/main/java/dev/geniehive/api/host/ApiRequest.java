package dev.geniehive.api.host;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import java.util.Optional;

/** A request of a client, past authentication and limits. Used by one thread. */
public interface ApiRequest {
    String method();

    /** {@return the decoded path without query and trailing slash} */
    String path();

    /** {@return the value of a {@code {name}} of the route's pattern, decoded once} */
    String param(String name);

    /** {@return the first value of a query parameter, decoded} */
    Optional<String> query(String name);

    Headers headers();

    Caller caller();

    /**
     * {@return the body, read and checked as strict JSON in UTF-8, its facts at hand}
     *
     * @throws dev.geniehive.api.model.GenieException if it is missing, too large, of another type or not valid
     */
    Body json();

    /**
     * {@return the body, read and checked as a form ({@code multipart/form-data}), its parts and facts at hand}
     *
     * <p>Large forms lie on disk until the request has ended. The fields {@code model} and {@code stream} are the facts.
     *
     * @throws dev.geniehive.api.model.GenieException if it is missing, too large, of another type or not valid
     */
    default Body form() {
        throw new GenieException(ErrorKind.UNSUPPORTED_MEDIA_TYPE, "'%s' takes no forms.".formatted(path()));
    }
}
