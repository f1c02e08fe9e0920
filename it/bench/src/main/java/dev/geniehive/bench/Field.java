package dev.geniehive.bench;

import dev.geniehive.bench.row.Row;
import dev.geniehive.bench.subject.Bare;
import dev.geniehive.bench.subject.Elsewhere;
import dev.geniehive.bench.subject.HiveLink;
import dev.geniehive.bench.subject.HiveUp;
import dev.geniehive.bench.subject.HiveUpAgain;
import dev.geniehive.bench.subject.Installation;
import dev.geniehive.bench.subject.Jvm;
import dev.geniehive.bench.subject.Nginx;
import dev.geniehive.bench.subject.Pins;
import dev.geniehive.bench.subject.Subject;
import dev.geniehive.bench.subject.Target;
import dev.geniehive.bench.subject.UpstreamProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds who takes part: what was asked for and is there. What is not is said. */
final class Field {
    /** The most that can take part; each has a port of the upstream to itself, the other gateway the first. */
    static final int PORTS = 8;

    static final String DIRECT = "direct";
    static final String NGINX = "nginx";
    static final String BARE = "bare";
    static final String BARE_LINK = "bare-link";
    static final String HIVE = "geniehive";
    static final String BEFORE = "before";
    static final String LINK = "geniehive-link";
    static final String AGAINST = "against";

    private final Options options;
    private final Path folder;
    private final Pins pins;
    private final UpstreamProcess upstream;
    private final Consumer<String> notes;
    private final List<Subject> subjects = new ArrayList<>();

    /** @param notes told who is left out */
    Field(Options options, Path folder, Pins pins, UpstreamProcess upstream, Consumer<String> notes) {
        this.options = options;
        this.folder = folder;
        this.pins = pins;
        this.upstream = upstream;
        this.notes = notes;
    }

    /** {@return at least one} */
    List<Subject> subjects() throws IOException, InterruptedException {
        List<Integer> ports = upstream.ports();
        if (options.wants(DIRECT)) {
            subjects.add(Elsewhere.direct(ports.get(1)));
        }
        if (options.wants(NGINX)) {
            options.nginx()
                    .ifPresentOrElse(
                            binary -> subjects.add(new Nginx(binary, ports.get(2), pins, upstream)),
                            () -> notes.accept(
                                    "nginx is left out: it is not installed (apt install nginx, or --nginx FILE)"));
        }
        if (options.wants(BARE)) {
            subjects.add(new Bare(BARE, Main.class, 1, ports.get(6), pins, upstream));
        }
        if (options.wants(BARE_LINK)) {
            subjects.add(new Bare(BARE_LINK, Main.class, 2, ports.get(7), pins, upstream));
        }
        if (options.wants(HIVE) || options.wants(LINK)) {
            hives(ports.get(3), ports.get(4));
        }
        if (options.before().isPresent() && options.wants(BEFORE)) {
            before(options.before().get(), ports.get(5));
        }
        if (options.against().isPresent() && options.wants(AGAINST)) {
            add(options.against().get());
        }
        if (subjects.isEmpty()) {
            throw new IllegalArgumentException("Nobody is left to be measured of %s".formatted(options.subjects()));
        }
        return List.copyOf(subjects);
    }

    private void hives(int port, int linkPort) throws IOException, InterruptedException {
        Installation installation = unpacked(options.zip(), "zip");
        Jvm jvm = Jvm.of(options.javaOptions());
        if (options.wants(HIVE)) {
            HiveUp up = new HiveUp(HIVE, installation, port, pins, jvm, upstream);
            subjects.add(up);
            again(up, "off", "again");
            again(up, "auto", "aot-auto");
            again(up, "full", "aot-full");
        }
        if (options.wants(LINK)) {
            if (installation.knows("control")) {
                subjects.add(new HiveLink(LINK, installation, linkPort, pins, jvm, upstream));
            } else {
                notes.accept("geniehive-link is left out: this distribution has no `geniehive control`");
            }
        }
    }

    /** How it starts where it ran before; only where starts are measured. */
    private void again(HiveUp up, String mode, String name) {
        if (options.rows().stream().anyMatch(Row::aboutStarting)) {
            subjects.add(HiveUpAgain.keeping(mode, name, up, folder.resolve(name)));
        }
    }

    private void before(Path zip, int port) throws IOException {
        subjects.add(new HiveUp(BEFORE, unpacked(zip, BEFORE), port, pins, Jvm.of(options.javaOptions()), upstream));
    }

    private Installation unpacked(Path zip, String name) throws IOException {
        if (!Files.isRegularFile(zip)) {
            throw new IOException("There is no distribution at %s; it/bench/run builds it.".formatted(zip));
        }
        return Installation.unpack(zip, Files.createDirectories(folder.resolve(name)));
    }

    private void add(Options.Against against) throws IOException {
        URI uri = against.uri();
        Optional<String> key = Optional.ofNullable(System.getenv("BENCH_AGAINST_KEY"));
        subjects.add(new Elsewhere(AGAINST, Target.of(uri, key, against.model()), against.pid()));
    }
}
