package dev.geniehive.kernel.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>${env:NAME}</code>, <code>${file:PATH}</code> and <code>${home}</code> in values, once: what comes out
 * is not looked at again. Other words without a colon are left for their reader (<code>${port}</code> of an engine's
 * command); <code>$${</code> stands for <code>${</code>.
 *
 * @param home the home folder
 * @param base what relative paths are relative to
 * @param environment the environment variables
 */
record Placeholders(Path home, Path base, Map<String, String> environment) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\$\\{|\\$\\{([^{}]*)\\}");
    private static final int MAX_FILE_BYTES = 64 * 1024;

    /**
     * {@return the value with everything replaced}
     *
     * @throws IllegalArgumentException if something is not there; the message holds no value
     */
    String replace(String text) {
        if (!text.contains("${")) {
            return text;
        }
        Matcher matcher = PLACEHOLDER.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(value(found.group(), found.group(1))));
    }

    /** {@return nothing of the environment, which may hold secrets} */
    @Override
    public String toString() {
        return "placeholders";
    }

    private String value(String placeholder, @Nullable String name) {
        if (name == null) {
            return "${";
        }
        if (name.equals("home")) {
            return home.toString();
        }
        if (name.startsWith("env:")) {
            return variable(placeholder, name.substring("env:".length()));
        }
        if (name.startsWith("file:")) {
            return content(placeholder, name.substring("file:".length()));
        }
        if (name.contains(":")) {
            throw new IllegalArgumentException(
                    "'%s' is none of ${env:NAME}, ${file:PATH} and ${home}; write $${ for a literal ${"
                            .formatted(placeholder));
        }
        return placeholder;
    }

    private String variable(String placeholder, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException("'%s': the environment variable is not set".formatted(placeholder));
        }
        return value;
    }

    private String content(String placeholder, String name) {
        try (InputStream in = Files.newInputStream(base.resolve(name))) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw new IllegalArgumentException("'%s': the file is larger than 64 KiB".formatted(placeholder));
            }
            return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new IllegalArgumentException("'%s': the file cannot be read".formatted(placeholder), e);
        }
    }
}
