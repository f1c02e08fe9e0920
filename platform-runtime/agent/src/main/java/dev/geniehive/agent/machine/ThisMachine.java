package dev.geniehive.agent.machine;

import com.sun.management.OperatingSystemMXBean;
import dev.geniehive.protocol.Platform;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** What machine this is, as far as the run-time environment tells. */
public final class ThisMachine {
    private ThisMachine() {}

    static Platform platform() {
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
        return new Platform(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                memory);
    }

    /** {@return the host's name without its domain, in characters that a service id may hold} */
    public static String hostName() {
        String name;
        try {
            name = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            name = "localhost";
        }
        String plain = name.replaceFirst("\\..*", "").replaceAll("[^A-Za-z0-9_-]", "-");
        return plain.matches("[A-Za-z0-9].*") ? plain : "localhost";
    }
}
