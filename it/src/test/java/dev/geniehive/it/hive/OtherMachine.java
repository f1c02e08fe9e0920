package dev.geniehive.it.hive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * As much of another machine as Linux gives away: a network namespace with a loopback of its own, joined to this machine
 * by one cable.
 */
final class OtherMachine implements AutoCloseable {
    /** No network card has this address, so what is sent to it is lost without a word. */
    private static final String NOBODY = "02:00:00:00:00:01";

    private final String name;
    private final String cable;
    private final String here;
    private final String there;

    private OtherMachine(int number) {
        this.name = "gh-it-" + number;
        this.cable = "ghit" + number;
        int net = 4 * (number % 64);
        this.here = "10.213.77.%d".formatted(net + 1);
        this.there = "10.213.77.%d".formatted(net + 2);
    }

    /**
     * {@return one that is up}
     *
     * @throws TestAbortedException if this machine does not allow it
     */
    static OtherMachine up() throws IOException, InterruptedException {
        OtherMachine machine = new OtherMachine((int) (ProcessHandle.current().pid() % 100_000));
        if (!machine.succeeds("netns", "add", machine.name)) {
            throw new TestAbortedException(
                    "this needs Linux, the command ip, and the right to add a network namespace");
        }
        try {
            machine.connect();
            return machine;
        } catch (IOException broken) {
            machine.close();
            throw broken;
        }
    }

    private void connect() throws IOException, InterruptedException {
        ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", name);
        ip("addr", "add", here + "/30", "dev", cable);
        ip("link", "set", cable, "up");
        ip("-n", name, "addr", "add", there + "/30", "dev", "eth0");
        ip("-n", name, "link", "set", "eth0", "up");
        ip("-n", name, "link", "set", "lo", "up");
    }

    /** {@return the command that starts a program there} */
    List<String> command() {
        return List.of("ip", "netns", "exec", name);
    }

    /** {@return the address of this machine, as seen from there} */
    String here() {
        return here;
    }

    /** {@return its address, as seen from here} */
    String there() {
        return there;
    }

    /** Nothing comes through any more in either direction, and nobody is told. */
    void silence() throws IOException, InterruptedException {
        ip("neigh", "replace", there, "lladdr", NOBODY, "dev", cable, "nud", "permanent");
        ip("-n", name, "neigh", "replace", here, "lladdr", NOBODY, "dev", "eth0", "nud", "permanent");
    }

    /** All is well again. */
    void heal() throws IOException, InterruptedException {
        ip("neigh", "del", there, "dev", cable);
        ip("-n", name, "neigh", "del", here, "dev", "eth0");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        succeeds("link", "del", cable);
        succeeds("netns", "del", name);
    }

    private void ip(String... arguments) throws IOException, InterruptedException {
        if (!succeeds(arguments)) {
            throw new IOException("ip %s failed".formatted(String.join(" ", arguments)));
        }
    }

    private boolean succeeds(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(
                Stream.concat(Stream.of("ip"), Stream.of(arguments)).toList());
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
