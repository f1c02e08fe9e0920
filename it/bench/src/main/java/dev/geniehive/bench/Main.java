package dev.geniehive.bench;

import dev.geniehive.bench.bare.ByteRelay;
import dev.geniehive.bench.report.JsonReport;
import dev.geniehive.bench.report.Report;
import dev.geniehive.bench.upstream.PacedUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Measures, or is the upstream or the bare relay that is measured with. */
public final class Main {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    /** Runs what the words say and ends the process with 0, 1 for a failure, or 2 for words that nobody knows. */
    public static void main(String[] arguments) throws InterruptedException {
        List<String> words = List.of(arguments);
        int code = OK;
        try {
            if (words.contains("--help")) {
                System.out.print(Options.USAGE);
            } else if (words.size() == 3 && words.getFirst().equals("upstream")) {
                upstream(Integer.parseInt(words.get(1)), Integer.parseInt(words.get(2)));
            } else if (words.size() == 2 && words.getFirst().equals("bare")) {
                bare(Integer.parseInt(words.get(1)));
            } else {
                measure(Options.of(words));
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + "\n\n" + Options.USAGE);
            code = USAGE;
        } catch (IOException failed) {
            System.err.println(failed.getMessage());
            code = FAILED;
        }
        System.exit(code);
    }

    private static void measure(Options options) throws IOException, InterruptedException {
        Report report = new Bench(options, System.err::println).run();
        System.out.print(report.markdown());
        if (options.out().isPresent()) {
            Path out = options.out().get();
            Files.writeString(out, report.markdown());
            Files.writeString(out.resolveSibling(out.getFileName() + ".json"), JsonReport.of(report) + "\n");
        }
    }

    /** Tells the process that started this one. */
    private static void listens(List<Integer> ports) {
        System.out.println("listening " + ports.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    /** Relays until its standard input ends: until the process that started it has ended. */
    private static void bare(int upstreamPort) throws IOException {
        try (ByteRelay relay = ByteRelay.to(upstreamPort)) {
            listens(List.of(relay.port()));
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Serves until its standard input ends, which is when the process that started it has ended; then it kills the rest. */
    private static void upstream(int ports, int firstPort) throws IOException {
        List<Long> minded = new ArrayList<>();
        try (PacedUpstream upstream = PacedUpstream.listening(ports, firstPort);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            listens(upstream.ports());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                minded.add(Long.parseLong(line));
            }
        } finally {
            minded.stream().flatMap(pid -> ProcessHandle.of(pid).stream()).forEach(process -> {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            });
        }
    }
}
