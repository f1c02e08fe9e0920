package dev.geniehive.it.rules;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The arrows and manners of docs/house.md that no module-info and no compiler holds. */
class HouseRulesTest {
    private static final Reactor REACTOR = Reactor.here();
    private static final JavaClasses CLASSES = REACTOR.classes();
    private static final String API = "dev.geniehive.api..";
    private static final String CONTROL = "dev.geniehive.control..";
    private static final String AGENT = "dev.geniehive.agent..";
    private static final String KERNEL = "dev.geniehive.kernel..";
    private static final String PLUGINS = "dev.geniehive.plugin..";

    /** Words of kernel.app that the rooms it puts together speak, too; what starts and stops them is beside these. */
    private static final DescribedPredicate<JavaClass> WORDS_OF_THE_KERNEL = named(
            "dev.geniehive.kernel.app.Access",
            "dev.geniehive.kernel.app.AppRoute",
            "dev.geniehive.kernel.app.Courtesy",
            "dev.geniehive.kernel.app.Routes",
            "dev.geniehive.kernel.app.Ticker");

    /** A reply is implemented by plugins and handed on by the platform, so both halves of the API name it. */
    private static final DescribedPredicate<JavaClass> WORDS_OF_THE_API = named("dev.geniehive.api.spi.Reply");

    @Test
    void looksAtAllThereIs() {
        assertThat(REACTOR.modules())
                .extracting(
                        module -> Objects.requireNonNull(module.getFileName()).toString())
                .contains(
                        "spi",
                        "testkit",
                        "kernel",
                        "protocol",
                        "store",
                        "control",
                        "agent",
                        "cli",
                        "openai",
                        "simulator")
                .hasSizeGreaterThanOrEqualTo(15);
        assertThat(CLASSES.size()).isGreaterThan(400);
    }

    @Test
    void theApiKnowsNothingForeign() {
        hold(classes()
                .that()
                .resideInAPackage(API)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", API));
    }

    @Test
    void pluginsKnowTheApiAndNothingElseOfOurs() {
        hold(classes()
                .that()
                .resideInAPackage(PLUGINS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "org.slf4j..", API, PLUGINS));
        hold(slices().matching("dev.geniehive.plugin.(*)..").should().notDependOnEachOther());
    }

    @Test
    void aLibraryIsKnownInOneRoomOnly() {
        hold(only("dev.geniehive.kernel.http..", "io.helidon.."));
        hold(only("dev.geniehive.kernel.plugin..", "org.pf4j.."));
        hold(only("dev.geniehive.kernel.meter..", "io.micrometer.."));
        hold(only("dev.geniehive.kernel.config..", "org.snakeyaml.."));
        hold(only("dev.geniehive.store..", "org.jdbi.."));
        hold(only("dev.geniehive.store..", "org.sqlite.."));
        hold(only("dev.geniehive.cli..", "picocli.."));
    }

    @Test
    void controlAndAgentShareWordsOnly() {
        hold(noClasses()
                .that()
                .resideInAPackage(CONTROL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(AGENT));
        hold(noClasses()
                .that()
                .resideInAPackage(AGENT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CONTROL));
    }

    @Test
    void theKernelKnowsNoHive() {
        hold(noClasses()
                .that()
                .resideInAPackage(KERNEL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        CONTROL, AGENT, "dev.geniehive.protocol..", "dev.geniehive.store..", "dev.geniehive.cli.."));
        hold(noClasses()
                .that()
                .resideInAPackage("dev.geniehive.store..")
                .should()
                .dependOnClassesThat(in("dev.geniehive..")
                        .and(notIn("dev.geniehive.store.."))
                        .and(notIn(API))));
    }

    @Test
    void theHiveCallsNobodyAndRoutingCallsNoGateway() {
        hold(noClasses()
                .that()
                .resideInAPackage("dev.geniehive.control.hive..")
                .should()
                .dependOnClassesThat(in("dev.geniehive.control..").and(notIn("dev.geniehive.control.hive.."))));
        hold(noClasses()
                .that()
                .resideInAPackage("dev.geniehive.control.routing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.geniehive.control.gateway..", "dev.geniehive.control.operator.."));
    }

    @Test
    void packagesGoRoundInNoCircle() {
        SliceRule rule = slices().matching("dev.geniehive.(**)").should().beFreeOfCycles();
        hold(rule.ignoreDependency(alwaysTrue(), WORDS_OF_THE_KERNEL).ignoreDependency(alwaysTrue(), WORDS_OF_THE_API));
    }

    @Test
    void onlyTheCommandWritesToTheTerminal() {
        hold(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.geniehive.cli.Main")
                .should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void nothingIsSynchronizedAndNoStaticFieldChanges() throws IOException {
        Pattern keyword = Pattern.compile("\\bsynchronized\\b");

        hold(methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED));
        hold(fields().that().areStatic().should().beFinal());
        for (Path source : REACTOR.sources()) {
            assertThat(keyword.matcher(Files.readString(source)).find())
                    .as("%s says synchronized; use a ReentrantLock", source)
                    .isFalse();
        }
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        assertThat(REACTOR.packages())
                .isNotEmpty()
                .allSatisfy(folder ->
                        assertThat(folder.resolve("package-info.java")).exists());
    }

    @Test
    void nobodyMocks() {
        hold(noClasses().should().dependOnClassesThat().resideInAnyPackage("org.mockito..", "org.easymock.."));
    }

    private static void hold(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static ArchRule only(String room, String library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static DescribedPredicate<JavaClass> in(String name) {
        return JavaClass.Predicates.resideInAPackage(name);
    }

    private static DescribedPredicate<JavaClass> notIn(String name) {
        return JavaClass.Predicates.resideOutsideOfPackage(name);
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        List<String> all = List.of(names);
        return DescribedPredicate.describe(
                "be one of " + all,
                type -> all.stream()
                        .anyMatch(name ->
                                type.getName().equals(name) || type.getName().startsWith(name + "$")));
    }
}
