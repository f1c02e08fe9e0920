package dev.geniehive.kernel.http;

import dev.geniehive.api.host.ApiRequest;
import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.Headers;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that found its route and was let in. */
final class EdgeRequest implements ApiRequest {
    private final Incoming incoming;
    private final RequestPath path;
    private final Map<String, String> params;
    private final Headers headers;
    private final Caller caller;
    private @Nullable Body body;

    EdgeRequest(Incoming incoming, RequestPath path, Map<String, String> params, Headers headers, Caller caller) {
        this.incoming = incoming;
        this.path = path;
        this.params = params;
        this.headers = headers;
        this.caller = caller;
    }

    @Override
    public String method() {
        return incoming.method();
    }

    @Override
    public String path() {
        return path.text();
    }

    @Override
    public String param(String name) {
        String value = params.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route's pattern has no {%s}".formatted(name));
        }
        return value;
    }

    @Override
    public Optional<String> query(String name) {
        for (String pair : incoming.rawQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (!key.isEmpty() && PercentCoding.decode(key, true).equals(name)) {
                return Optional.of(equals < 0 ? "" : PercentCoding.decode(pair.substring(equals + 1), true));
            }
        }
        return Optional.empty();
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public Body json() {
        Body read = body == null ? incoming.json() : body;
        body = read;
        return read;
    }

    @Override
    public Body form() {
        Body read = body == null ? incoming.form() : body;
        body = read;
        return read;
    }

    /** Lets go of the body, if one was read. */
    void release() throws Exception {
        if (body instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
