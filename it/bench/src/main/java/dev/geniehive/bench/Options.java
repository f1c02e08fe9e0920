package dev.geniehive.bench;

import dev.geniehive.bench.row.Row;
import dev.geniehive.bench.row.Rows;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is to be measured.
 *
 * @param rows all that were asked for
 * @param rounds how often, at least one
 * @param time about how long one subject has in one round
 * @param subjects names of those to measure; empty for all that there are
 * @param against the address of a gateway that somebody started, without {@code /v1}
 * @param nginx where it is installed, if it is
 * @param upstreamPort the first port of the upstream; 0 for any
 * @param before another distribution, to compare this one with
 * @param out gets the results as Markdown, and beside it as JSON; standard output has them in any case
 */
record Options(
        List<Row> rows,
        int rounds,
        Duration time,
        List<String> subjects,
        Optional<Against> against,
        Optional<Path> nginx,
        boolean pin,
        boolean quick,
        int upstreamPort,
        String javaOptions,
        Path zip,
        Path work,
        Optional<Path> before,
        Optional<Path> out) {
    static final String USAGE = """
            Usage: it/bench/run [options]
              --rows A,B            only these rows
              --subjects A,B        only these of: direct, nginx, bare, bare-link, geniehive,
                                    before, geniehive-link, against
              --rounds N            rounds of each row, 5 if absent
              --seconds N           about how long a subject has in a round, 5 if absent
              --against URL         another gateway in front of the upstream (see --upstream-port)
              --against-model NAME  what it calls the model, bench if absent
              --against-pid PID     its process, to count its CPU time and memory
              --nginx FILE          nginx's binary, if it is not in the usual places
              --upstream-port N     the first port of the upstream; the other gateway has it to itself
              --java-opts OPTIONS   for GenieHive's JVMs
              --pin                 load on the first half of the CPUs, what is measured on the second
              --quick               one short round of few rows and small sizes: whether it works, no figures
              --zip FILE            the distribution to measure
              --before FILE         another distribution, measured as 'before' beside it
              --work DIRECTORY      for files of the run
              --out FILE            also write the report there, and FILE.json
            The key of the other gateway is read from the environment variable BENCH_AGAINST_KEY.
            """;

    private static final List<String> USUAL =
            List.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx");

    /** Another gateway, as it was named. */
    record Against(URI uri, String model, Optional<Long> pid) {}

    /** {@return what the words say} @throws IllegalArgumentException with what is wrong with them */
    static Options of(List<String> words) {
        Words given = Words.of(words);
        boolean quick = given.flag("--quick");
        Options options = new Options(
                given.text("--rows").map(Rows::named).orElseGet(quick ? Rows::quick : Rows::all),
                given.number("--rounds", quick ? 1 : 5, 1),
                Duration.ofSeconds(given.number("--seconds", quick ? 1 : 5, 1)),
                given.list("--subjects"),
                against(given),
                nginx(given.text("--nginx")),
                given.flag("--pin"),
                quick,
                given.number("--upstream-port", 0, 0),
                given.text("--java-opts").orElse(""),
                Path.of(given.text("--zip").orElse("distribution/single/target/geniehive-0.1.0.zip")),
                Path.of(given.text("--work").orElse("it/bench/target/runs")).toAbsolutePath(),
                given.text("--before").map(Path::of),
                given.text("--out").map(Path::of));
        given.refuseTheRest();
        return options;
    }

    /** {@return whether a subject is to be measured} */
    boolean wants(String subject) {
        return subjects.isEmpty() || subjects.contains(subject);
    }

    private static Optional<Against> against(Words given) {
        String model = given.text("--against-model").orElse("bench");
        Optional<Long> pid = given.text("--against-pid").map(Long::valueOf);
        return given.text("--against").map(url -> {
            URI uri = URI.create(url.replaceFirst("/+(v1/*)?$", ""));
            if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
                throw new IllegalArgumentException(
                        "--against wants an address like http://127.0.0.1:4000, was '%s'".formatted(url));
            }
            return new Against(uri, model, pid);
        });
    }

    private static Optional<Path> nginx(Optional<String> given) {
        Optional<Path> named = given.map(Path::of);
        if (named.isPresent() && !Files.isExecutable(named.get())) {
            throw new IllegalArgumentException("--nginx: %s is no program".formatted(named.get()));
        }
        return named.isPresent()
                ? named
                : USUAL.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }
}
