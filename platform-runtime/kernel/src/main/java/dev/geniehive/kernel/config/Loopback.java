package dev.geniehive.kernel.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells by the text alone whether an address is this machine's loopback. Asks no name server. */
public final class Loopback {
    private static final Pattern HOST =
            Pattern.compile("(?i)(localhost|127(?:\\.(?:0|[1-9]\\d{0,2})){3}|\\[::1\\])(?::(\\d{1,5}))?");
    private static final int MAX_OCTET = 255;

    private Loopback() {}

    /** {@return whether a {@code Host} header names loopback: localhost, 127.0.0.0/8 or [::1], with or without a port} */
    public static boolean isHost(String host) {
        Matcher matcher = HOST.matcher(host);
        return matcher.matches() && octetsFit(matcher.group(1));
    }

    private static boolean octetsFit(String name) {
        if (!name.startsWith("127.")) {
            return true;
        }
        for (String octet : name.split("\\.", -1)) {
            if (Integer.parseInt(octet) > MAX_OCTET) {
                return false;
            }
        }
        return true;
    }
}
