package dev.geniehive.it.hive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A socket that a process listens on, as Linux tells.
 *
 * @param address in the kernel's hexadecimal
 */
record Listening(String address, int port) {
    private static final String STATE_LISTEN = "0A";
    private static final Set<String> LOOPBACK =
            Set.of("00000000000000000000000001000000", "0000000000000000FFFF00000100007F");

    /** {@return all sockets that a process of this machine listens on} */
    static List<Listening> of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        Set<String> own = sockets(process.resolve("fd"));
        List<Listening> all = new ArrayList<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            try (Stream<String> lines = Files.lines(process.resolve(table))) {
                lines.skip(1)
                        .map(line -> line.strip().split("\\s+"))
                        .filter(line -> line[3].equals(STATE_LISTEN) && own.contains("socket:[%s]".formatted(line[9])))
                        .map(line -> line[1].split(":"))
                        .forEach(local -> all.add(new Listening(local[0], Integer.parseInt(local[1], 16))));
            }
        }
        return all;
    }

    /** {@return whether nobody on another machine can connect to it} */
    boolean onlyForThisMachine() {
        return LOOPBACK.contains(address) || (address.length() == 8 && address.endsWith("7F"));
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.map(Listening::target).collect(Collectors.toSet());
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
