package dev.geniehive.kernel.access;

import dev.geniehive.kernel.config.ConfigException;
import dev.geniehive.kernel.config.ConfigProblem;
import dev.geniehive.kernel.config.Origin;
import dev.geniehive.kernel.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The operator's key of this home folder.
 *
 * @param key what the operator sends
 * @param created whether it was made just now and is to be shown, once
 * @param notices what the operator should know, one sentence each
 */
public record AdminKey(Secret key, boolean created, List<String> notices) {
    /** The environment variable that gives the key at the first start. */
    public static final String VARIABLE = "GENIEHIVE_ADMIN_KEY";

    private static final int RANDOM_BYTES = 32;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~+/=-]{16,512}");

    public AdminKey {
        notices = List.copyOf(notices);
    }

    /**
     * {@return the key in {@code credentials} of the home folder; at the first start the one of the environment, or a
     * new one}
     *
     * @throws ConfigException if the file or the variable holds no key
     * @throws UncheckedIOException if the file cannot be read or made
     */
    public static AdminKey open(Path home, Map<String, String> environment) {
        CredentialsFile file = new CredentialsFile(home.resolve("credentials"));
        String given = environment.getOrDefault(VARIABLE, "");
        if (!given.isEmpty() && !KEY.matcher(given).matches()) {
            throw refused(
                    new Origin.Environment(VARIABLE), "must be 16 to 512 letters, digits or any of . _ ~ + / = -");
        }
        try {
            Optional<AdminKey> known = read(file, given);
            if (known.isPresent()) {
                return known.get();
            }
            String key = given.isEmpty() ? random() : given;
            return file.create(key)
                    ? new AdminKey(new Secret(key), given.isEmpty(), List.of())
                    : read(file, given).orElseThrow(() -> new IOException(file.path() + " comes and goes"));
        } catch (IOException e) {
            throw new UncheckedIOException("The operator's key cannot be kept in " + file.path() + ": " + e, e);
        }
    }

    /** {@return the operator, known by this key} */
    public Keys keys() {
        return Keys.of(Map.of(KeyHash.of(key.reveal()), new Principal("admin", Principal.Kind.ADMIN)));
    }

    private static Optional<AdminKey> read(CredentialsFile file, String given) throws IOException {
        List<String> notices = new ArrayList<>();
        Optional<String> key = file.read(notices);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        if (!KEY.matcher(key.get()).matches()) {
            throw refused(
                    new Origin.File(file.path(), 1, 1),
                    "must hold a line 'admin-key: KEY'; remove the file to have a new key made");
        }
        if (!given.isEmpty() && !given.equals(key.get())) {
            notices.add("%s differs from the key in %s and is not used; it counts at the first start only"
                    .formatted(VARIABLE, file.path()));
        }
        return Optional.of(new AdminKey(new Secret(key.get()), false, notices));
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return "gh-admin-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static ConfigException refused(Origin origin, String why) {
        return new ConfigException(List.of(new ConfigProblem(origin, "", why)));
    }
}
