package dev.geniehive.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

/** Finds out who has a port of this machine. */
record PortProbe(Web web) {
    private static final int CONNECT_MILLIS = 1000;
    private static final int PRIVILEGED = 1024;

    /** Who has a port. */
    enum Owner {
        FREE,
        /** Answers as GenieHive does. */
        OURS,
        SOMEBODY_ELSE,
        /** Speaks TLS, and shows a certificate that nobody here trusts. */
        UNTRUSTED,
        /** The address is none of this machine's. */
        NOT_OUR_ADDRESS;

        /** {@return why a process could not listen there, and the next step} */
        String whyNotFree(String host, int port) {
            return switch (this) {
                case OURS ->
                    "GenieHive answers there already. Stop that one first, or choose another port with --port N (0 for any).";
                case SOMEBODY_ELSE, UNTRUSTED ->
                    "Another program listens there; `ss -ltnp 'sport = :%d'` tells which. Stop it, or choose another port with --port N (0 for any)."
                            .formatted(port);
                case NOT_OUR_ADDRESS ->
                    "This machine has no address %s; `ip address` tells its addresses, and 0.0.0.0 stands for all of them."
                            .formatted(host);
                case FREE ->
                    port > 0 && port < PRIVILEGED
                            ? "Ports below 1024 need a permission that this user may lack. Choose another one with --port N."
                            : "Nobody answers there, so it may be a matter of permission, or of another program that is just going. Try again, or choose another port with --port N (0 for any).";
            };
        }
    }

    static PortProbe overSockets() {
        return new PortProbe(new Web());
    }

    Owner look(String host, int port) throws InterruptedException {
        InetAddress address;
        try {
            InetAddress named = InetAddress.getByName(host);
            address = named.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : named;
            if (!address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null) {
                return Owner.NOT_OUR_ADDRESS;
            }
        } catch (UnknownHostException unknown) {
            return Owner.NOT_OUR_ADDRESS;
        } catch (IOException nobodyKnows) {
            return Owner.FREE;
        }
        return listens(address, port) ? who(address, port) : Owner.FREE;
    }

    private static boolean listens(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private Owner who(InetAddress address, int port) throws InterruptedException {
        String at = address.getHostAddress();
        String literal = at.contains(":") ? "[" + at + "]" : at;
        for (String scheme : new String[] {"http", "https"}) {
            Web.Outcome outcome =
                    web.get("%s://%s:%d/livez".formatted(scheme, literal, port), "", Duration.ofSeconds(2));
            if (outcome.isGenieHive()) {
                return Owner.OURS;
            }
            if (outcome.trouble() == Web.Trouble.TLS && outcome.detail().contains("certificat")) {
                return Owner.UNTRUSTED;
            }
        }
        return Owner.SOMEBODY_ELSE;
    }
}
