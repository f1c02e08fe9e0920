package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks for engines of this machine that answer other machines without a key. */
record Exposure(Web web, List<String> addresses, List<Usual> engines) {
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final int CONNECT_MILLIS = 500;

    /** Where an engine usually listens, and how to make it listen on loopback only. */
    record Usual(String engine, int port, String remedy) {}

    /** An engine that everyone can use. */
    record Open(String engine, String address, int port, String remedy) {}

    /** {@return the look at the usual ports on all addresses of this machine but loopback} */
    static Exposure ofThisMachine() {
        return new Exposure(new Web(), publicAddresses(), usual());
    }

    static List<Usual> usual() {
        String llama = "Start llama-server with --host 127.0.0.1, or with --api-key.";
        String vllm = "Start vLLM with --host 127.0.0.1, or with --api-key.";
        return List.of(
                new Usual("llama.cpp", 8080, llama),
                new Usual("llama.cpp", 8081, llama),
                new Usual("vLLM", 8000, vllm),
                new Usual("vLLM", 8001, vllm),
                new Usual("Ollama", 11434, "Set OLLAMA_HOST=127.0.0.1:11434 for it (systemctl edit ollama)."),
                new Usual("LM Studio", 1234, "Turn off 'Serve on Local Network' in LM Studio's server settings."),
                new Usual(
                        "TabbyAPI or text-generation-webui",
                        5000,
                        "Start TabbyAPI with --host 127.0.0.1 or with its keys on, the other without --listen."),
                new Usual("KoboldCpp", 5001, "Start KoboldCpp with --host 127.0.0.1."),
                new Usual("SGLang", 30000, "Start SGLang with --host 127.0.0.1, or with --api-key."),
                new Usual("TEI", 3000, "Start text-embeddings-router with --hostname 127.0.0.1, or with --api-key."),
                new Usual("Infinity", 7997, "Start infinity_emb with --host 127.0.0.1, or with --api-key."),
                new Usual("Lemonade", 13305, "Start lemond with --host localhost, or set LEMONADE_API_KEY for it."));
    }

    List<Open> find() throws InterruptedException {
        List<Open> found = new ArrayList<>();
        for (String address : addresses) {
            for (Usual engine : engines) {
                if (listens(address, engine.port()) && answers(address, engine.port())) {
                    found.add(new Open(engine.engine(), address, engine.port(), engine.remedy()));
                }
            }
        }
        return found;
    }

    private boolean answers(String address, int port) throws InterruptedException {
        for (String path : List.of("/v1/models", "/api/tags", "/models", "/info")) {
            Web.Outcome outcome = web.get("http://%s:%d%s".formatted(literal(address), port, path), "", DEADLINE);
            if (outcome.status() == 200 && isAnEngines(outcome)) {
                return true;
            }
        }
        return false;
    }

    /** Other programs answer 200 to anything; engines answer with a list of models, or TEI with its only one. */
    private static boolean isAnEngines(Web.Outcome outcome) {
        return outcome.json() instanceof Json.Obj object
                && (object.members().containsKey("data")
                        || object.members().containsKey("models")
                        || object.members().containsKey("model_id"));
    }

    private static boolean listens(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(address), port), CONNECT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static String literal(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private static List<String> publicAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !isLinkLocal(address))
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (SocketException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static boolean isLinkLocal(InetAddress address) {
        return address instanceof Inet6Address && address.isLinkLocalAddress();
    }
}
