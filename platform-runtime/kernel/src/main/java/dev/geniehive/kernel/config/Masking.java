package dev.geniehive.kernel.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Keeps secrets out of what people get to see of the configuration. */
final class Masking {
    static final String MASK = "***";

    private static final Set<String> SECRET_WORDS =
            Set.of("key", "apikey", "token", "password", "passwd", "passphrase", "secret", "credential", "credentials");
    private static final Set<String> SECRET_NAMES =
            Set.of("api-keys", "tokens", "passwords", "secrets", "authorization");
    private static final Pattern DOT_OR_INDEX = Pattern.compile("\\.|\\[\\d+\\]");
    private static final Pattern LOGIN = Pattern.compile("(//[^/@\\s:]*):[^/@\\s]*@");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)([?&;][^=&;]*(?:password|token|secret|key)=)[^&;\\s]*");

    private Masking() {}

    /** {@return whether the value of a key is never shown, for example {@code agent.services[0].api-key}} */
    static boolean isSecret(String path) {
        String keys = path.toLowerCase(Locale.ROOT).replace('_', '-');
        return DOT_OR_INDEX
                .splitAsStream(keys)
                .anyMatch(key ->
                        SECRET_NAMES.contains(key) || SECRET_WORDS.contains(key.substring(key.lastIndexOf('-') + 1)));
    }

    /** {@return a value as it may be shown; placeholders must not have been replaced in it} */
    static String shown(String path, String text) {
        if (isSecret(path)) {
            return MASK;
        }
        String withoutLogin = LOGIN.matcher(text).replaceAll("$1:" + MASK + "@");
        return PARAMETER.matcher(withoutLogin).replaceAll("$1" + MASK);
    }
}
