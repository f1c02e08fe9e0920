package dev.geniehive.bench;

import dev.geniehive.bench.bare.ByteRelay;
import dev.geniehive.bench.report.JsonReport;
import dev.geniehive.bench.report.Report;
import dev.geniehive.bench.upstream.PacedUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
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

    private final PrintWriter out;
    private final PrintWriter err;

    private Main(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** Runs what the words say and ends the process with 0, 1 for a failure, or 2 for words that nobody knows. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = new Main(out, err).run(List.of(arguments));
        out.flush();
        System.exit(code);
    }

    private int run(List<String> words) throws InterruptedException {
        try {
            if (words.contains("--help")) {
                out.print(Options.USAGE);
            } else if (words.size() == 3 && words.getFirst().equals("upstream")) {
                upstream(Integer.parseInt(words.get(1)), Integer.parseInt(words.get(2)));
            } else if (words.size() == 2 && words.getFirst().equals("bare")) {
                bare(Integer.parseInt(words.get(1)));
            } else {
                measure(Options.of(words));
            }
            return OK;
        } catch (IllegalArgumentException wrong) {
            err.println(wrong.getMessage() + "\n\n" + Options.USAGE);
            return USAGE;
        } catch (IOException failed) {
            err.println(failed.getMessage());
            return FAILED;
        }
    }

    private void measure(Options options) throws IOException, InterruptedException {
        Report report = new Bench(options, err::println).run();
        out.print(report.markdown());
        if (options.out().isPresent()) {
            Path file = options.out().get();
            Files.writeString(file, report.markdown());
            Files.writeString(file.resolveSibling(file.getFileName() + ".json"), JsonReport.of(report) + "\n");
        }
    }

    /** Tells the process that started this one. */
    private void listens(List<Integer> ports) {
        out.println("listening " + ports.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    /** Relays until its standard input ends: until the process that started it has ended. */
    private void bare(int upstreamPort) throws IOException {
        try (ByteRelay relay = ByteRelay.to(upstreamPort)) {
            listens(List.of(relay.port()));
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Serves until its standard input ends, which is when the process that started it has ended; then it kills the rest. */
    private void upstream(int ports, int firstPort) throws IOException {
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
