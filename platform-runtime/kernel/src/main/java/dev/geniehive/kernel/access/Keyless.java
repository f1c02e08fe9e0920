package dev.geniehive.kernel.access;

import dev.geniehive.api.model.Headers;
import dev.geniehive.kernel.config.Loopback;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out whether a request without a key certainly comes from a program on this machine. */
final class Keyless {
    private static final Pattern ORIGIN = Pattern.compile("(?i)https?://([^/@]+)");
    private static final Set<String> FORWARDING = Set.of(
            "forwarded",
            "via",
            "x-real-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "x-original-forwarded-for",
            "x-original-host",
            "true-client-ip",
            "fastly-client-ip",
            "fly-client-ip",
            "cdn-loop");
    private static final List<String> FORWARDING_PREFIXES = List.of("x-forwarded-", "cf-", "x-envoy-");

    private Keyless() {}

    /** {@return what speaks against it, as the end of a sentence; empty if nothing does} */
    static Optional<String> objection(RequestFacts facts) {
        if (!facts.peer().isLoopbackAddress()) {
            return Optional.of("this one comes from another machine");
        }
        Headers headers = facts.headers();
        return forwarding(headers).or(() -> host(headers)).or(() -> origin(headers));
    }

    private static Optional<String> forwarding(Headers headers) {
        return headers.entries().stream()
                .map(entry -> entry.name().toLowerCase(Locale.ROOT))
                .filter(name -> FORWARDING.contains(name)
                        || FORWARDING_PREFIXES.stream().anyMatch(name::startsWith))
                .findFirst()
                .map("this one came through a proxy (header '%s')"::formatted);
    }

    private static Optional<String> host(Headers headers) {
        List<String> hosts = headers.all("host");
        if (hosts.size() != 1) {
            return Optional.of(hosts.isEmpty() ? "this one has no Host header" : "this one has several Host headers");
        }
        return Loopback.isHost(hosts.getFirst())
                ? Optional.empty()
                : Optional.of("the Host header of this one is not localhost, 127.0.0.1 or [::1]");
    }

    private static Optional<String> origin(Headers headers) {
        List<String> origins = headers.all("origin");
        if (!origins.stream().allMatch(Keyless::isLoopbackOrigin)) {
            return Optional.of("this one comes from a web page elsewhere (header 'Origin')");
        }
        boolean crossSite = headers.all("sec-fetch-site").stream().anyMatch("cross-site"::equalsIgnoreCase);
        return origins.isEmpty() && crossSite
                ? Optional.of("this one comes from a web page elsewhere (header 'Sec-Fetch-Site')")
                : Optional.empty();
    }

    private static boolean isLoopbackOrigin(String origin) {
        Matcher matcher = ORIGIN.matcher(origin);
        return matcher.matches() && Loopback.isHost(matcher.group(1));
    }
}
