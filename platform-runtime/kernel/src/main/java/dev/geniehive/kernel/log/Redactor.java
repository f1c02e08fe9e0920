package dev.geniehive.kernel.log;

import java.util.regex.Pattern;

/** The last safety net: masks what looks like a key. Code must not log keys in the first place. */
final class Redactor {
    private static final String MASK = "***";
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{6,}");
    private static final Pattern KEY = Pattern.compile("\\b(sk-|gh-|hf_|ghp_|xox[abp]-)[A-Za-z0-9_-]{8,}");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)\\b((?:x-)?api[-_]?key|admin[-_]key|password|passwd|secret|token)(\"?\\s*[=:]\\s*\"?)[^\\s\"',;&]{6,}");
    private static final Pattern LOGIN = Pattern.compile("(://[^/@\\s:]*):[^/@\\s]+@");

    private Redactor() {}

    /** {@return the text without anything that looks like a key} */
    static String redact(String text) {
        String bearer = BEARER.matcher(text).replaceAll("$1 " + MASK);
        String keys = KEY.matcher(bearer).replaceAll("$1" + MASK);
        String named = NAMED.matcher(keys).replaceAll("$1$2" + MASK);
        return LOGIN.matcher(named).replaceAll("$1:" + MASK + "@");
    }
}
