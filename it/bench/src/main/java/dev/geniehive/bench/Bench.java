package dev.geniehive.bench;

import dev.geniehive.bench.load.Load;
import dev.geniehive.bench.load.Tally;
import dev.geniehive.bench.measure.Sample;
import dev.geniehive.bench.report.Report;
import dev.geniehive.bench.report.RowResult;
import dev.geniehive.bench.row.Conditions;
import dev.geniehive.bench.row.Row;
import dev.geniehive.bench.subject.Pins;
import dev.geniehive.bench.subject.Running;
import dev.geniehive.bench.subject.Subject;
import dev.geniehive.bench.subject.UpstreamProcess;
import dev.geniehive.bench.upstream.Steering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** One run: starts who takes part, warms all of them up, and measures row by row, round by round, one after another. */
final class Bench {
    private static final int WARM_CLIENTS = 32;
    private static final int WARM_CHUNKS = 200;
    private static final Duration WARM_LEAST = Duration.ofSeconds(10);

    /** It goes on as long as somebody gets faster by a twentieth, until two in a row do not; but not for ever. */
    private static final double WARM_GAIN = 1.05;

    private static final int WARM_ENOUGH = 2;
    private static final int WARM_MOST = 12;

    private final Options options;
    private final Consumer<String> progress;
    private final List<String> notes = new ArrayList<>();
    private final Map<Subject, Running> running = new LinkedHashMap<>();
    private int started;

    /** @param progress told what happens, a line each */
    Bench(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    Report run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Files.createDirectories(options.work()), "run-");
        boolean pinned = options.pin() && Pins.arePossible();
        if (options.pin() && !pinned) {
            note("nothing is pinned: that needs taskset and two CPUs");
        }
        Pins load = pinned ? Pins.firstHalf() : Pins.NONE;
        load.hold(ProcessHandle.current().pid());
        try (UpstreamProcess upstream = UpstreamProcess.start(
                Main.class, Field.PORTS, options.upstreamPort(), load, folder.resolve("upstream"))) {
            upstream.checkClock();
            note("the upstream's clock is the client's: both read CLOCK_MONOTONIC (checked)");
            Pins measured = pinned ? Pins.secondHalf() : Pins.NONE;
            List<Subject> subjects = new Field(options, folder, measured, upstream, this::note).subjects();
            return measured(subjects, folder, upstream);
        } finally {
            Folders.delete(folder);
        }
    }

    private Report measured(List<Subject> subjects, Path folder, UpstreamProcess upstream)
            throws IOException, InterruptedException {
        try {
            startAll(subjects, folder);
            Conditions conditions =
                    new Conditions(options.time(), options.quick(), warmUp() / 2, Machine.openFiles(), upstream);
            note("half of the capacity is taken to be %,.0f requests per second".formatted(conditions.rate()));
            List<RowResult> results = new ArrayList<>();
            for (Row row : options.rows()) {
                List<Subject> fitting = subjects.stream()
                        .filter(subject -> takesPart(subject, row))
                        .toList();
                if (!fitting.isEmpty()) {
                    results.add(measure(row, fitting, conditions, folder));
                }
            }
            List<String> lines = new ArrayList<>(Machine.lines(options));
            lines.addAll(notes);
            return new Report(lines, List.of(Field.DIRECT, Field.NGINX, Field.BARE, Field.BEFORE), results);
        } finally {
            running.values().forEach(Running::close);
        }
    }

    /** Who does not start takes no part, and the report says why. */
    private void startAll(List<Subject> subjects, Path folder) throws InterruptedException {
        for (Subject subject : subjects) {
            if (subject.onlyStarts()) {
                continue;
            }
            try {
                running.put(subject, start(subject, folder));
            } catch (IOException failed) {
                note("%s is left out: %s"
                        .formatted(subject.name(), Objects.requireNonNullElse(failed.getMessage(), "")));
            }
        }
    }

    private boolean takesPart(Subject subject, Row row) {
        return row.fits(subject) && (subject.onlyStarts() ? row.aboutStarting() : running.containsKey(subject));
    }

    private RowResult measure(Row row, List<Subject> subjects, Conditions conditions, Path folder)
            throws InterruptedException {
        RowResult result = new RowResult(
                row.name(), row.says(), subjects.stream().map(Subject::name).toList());
        if (!row.wantsFresh() && !options.quick()) {
            rehearse(row, subjects, conditions, folder);
        }
        for (int round = 0; round < options.rounds(); round++) {
            for (Subject subject : Rotation.order(subjects, round)) {
                progress.accept(
                        "%s, round %d of %d: %s".formatted(row.name(), round + 1, options.rounds(), subject.name()));
                result.add(subject.name(), sample(row, subject, conditions, folder));
            }
        }
        return result;
    }

    /**
     * Once for each, uncounted: another pattern of requests than the one before has a JVM compile some things anew. What
     * fails now fails in the rounds as well, and is told then.
     */
    private void rehearse(Row row, List<Subject> subjects, Conditions conditions, Path folder)
            throws InterruptedException {
        for (Subject subject : subjects) {
            progress.accept("%s, rehearsal: %s".formatted(row.name(), subject.name()));
            sample(row, subject, conditions, folder);
        }
    }

    private Sample sample(Row row, Subject subject, Conditions conditions, Path folder) throws InterruptedException {
        try {
            if (!row.wantsFresh()) {
                Running there = running.get(subject);
                return there == null ? Sample.failed(new IOException("did not start")) : row.measure(there, conditions);
            }
            try (Running fresh = start(subject, folder)) {
                return row.measure(fresh, conditions);
            }
        } catch (IOException failed) {
            return Sample.failed(failed);
        }
    }

    private Running start(Subject subject, Path folder) throws IOException, InterruptedException {
        started++;
        return subject.start(folder.resolve("%s-%d".formatted(subject.name(), started)));
    }

    /** {@return requests per second of GenieHive, or of the slowest} */
    private double warmUp() throws IOException, InterruptedException {
        Map<String, Double> capacity = new LinkedHashMap<>();
        for (Map.Entry<Subject, Running> entry : running.entrySet()) {
            String name = entry.getKey().name();
            progress.accept("warming up: " + name);
            capacity.put(name, warmUp(name, entry.getValue()));
        }
        return capacity.getOrDefault(
                Field.HIVE, capacity.values().stream().min(Double::compare).orElse(1.0));
    }

    private double warmUp(String name, Running subject) throws IOException, InterruptedException {
        Duration time = options.quick() || options.time().compareTo(WARM_LEAST) > 0 ? options.time() : WARM_LEAST;
        byte[] stream = subject.target().chat(Steering.stream(WARM_CHUNKS, 0, 8), true, 0);
        Load.closedStreams(subject.target(), stream, WARM_CHUNKS, WARM_CLIENTS, time.dividedBy(2));
        int most = options.quick() ? 1 : WARM_MOST;
        double best = 0;
        for (int round = 0, since = 0; round < most && since < WARM_ENOUGH; round++) {
            double now = chatsPerSecond(name, subject, time.dividedBy(2));
            since = now > best * WARM_GAIN ? 0 : since + 1;
            best = Math.max(best, now);
        }
        return best;
    }

    private static double chatsPerSecond(String name, Running subject, Duration time)
            throws IOException, InterruptedException {
        Tally tally = Load.closed(subject.target(), chat(subject), WARM_CLIENTS, time);
        if (!tally.failures().isEmpty()) {
            throw new IOException(
                    "%s does not serve: %s".formatted(name, tally.failures().counts()));
        }
        return tally.perSecond(tally.answers().count());
    }

    private static byte[] chat(Running subject) {
        return subject.target().chat(Steering.whole(64), false, 0);
    }

    private void note(String line) {
        notes.add(line);
        progress.accept(line);
    }
}
