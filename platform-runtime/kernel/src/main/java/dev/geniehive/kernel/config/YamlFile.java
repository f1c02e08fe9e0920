package dev.geniehive.kernel.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a configuration file. What is wrong with it becomes a problem with its place, never a stack trace.
 *
 * @param root what it says; empty where it cannot be read
 * @param hash of the bytes that were read, to notice a change
 */
record YamlFile(Node.Mapping root, String hash) {
    static final int MAX_BYTES = 1 << 20;

    static YamlFile read(Path file, List<ConfigProblem> problems) {
        byte[] bytes;
        try {
            bytes = bytes(file);
        } catch (AccessDeniedException _) {
            return refused(file, "the file must be readable, and this user may not read it", problems);
        } catch (IOException e) {
            return refused(file, "the file cannot be read: " + e.getMessage(), problems);
        }
        if (bytes.length > MAX_BYTES) {
            return refused(file, "the file is larger than 1 MiB", problems);
        }
        return new YamlFile(parse(file, bytes, problems), sha256(bytes));
    }

    /** {@return the same without some of its sections} */
    YamlFile without(Set<String> sections) {
        return new YamlFile(root.without(sections), hash);
    }

    /** {@return the hash that {@link #read} would give, or a word that is none if the file cannot be read} */
    static String hash(Path file) {
        try {
            return sha256(bytes(file));
        } catch (IOException _) {
            return "unreadable";
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }

    private static Node.Mapping parse(Path file, byte[] bytes, List<ConfigProblem> problems) {
        Origin start = new Origin.File(file, 1, 1);
        try {
            return new YamlTree(file, decode(bytes), problems).root();
        } catch (CharacterCodingException _) {
            problems.add(new ConfigProblem(start, "", "the file is not valid UTF-8"));
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        } catch (MarkedYamlEngineException e) {
            Origin at = e.getProblemMark().map(mark -> YamlTree.at(file, mark)).orElse(start);
            problems.add(new ConfigProblem(at, "", "not valid YAML: " + sentence(e)));
        } catch (YamlEngineException e) {
            problems.add(new ConfigProblem(start, "", "not valid YAML: " + firstLine(String.valueOf(e.getMessage()))));
        }
        return Node.Mapping.empty(start);
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String sentence(MarkedYamlEngineException e) {
        String problem = firstLine(e.getProblem());
        if (problem.contains("TAB")) {
            return "a tab cannot indent; use spaces";
        }
        return e.getContext() == null ? problem : firstLine(e.getContext()) + ", " + problem;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static YamlFile refused(Path file, String why, List<ConfigProblem> problems) {
        problems.add(new ConfigProblem(new Origin.File(file, 1, 1), "", why));
        return new YamlFile(Node.Mapping.empty(new Origin.File(file, 1, 1)), hash(file));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
