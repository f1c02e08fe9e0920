package dev.geniehive.it.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What this checkout is made of.
 *
 * @param modules the folders with main code, all of them compiled
 */
record Reactor(List<Path> modules) {
    private static final List<String> PARTS = List.of("platform-api", "platform-runtime", "plugins");

    /** {@return the checkout that these tests run in; one with a module that was not compiled is an error} */
    static Reactor here() {
        Path checkout = Path.of("..");
        List<Path> modules = PARTS.stream()
                .flatMap(part -> children(checkout.resolve(part)))
                .filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
                .sorted()
                .toList();
        for (Path module : modules) {
            if (!Files.isRegularFile(module.resolve("target/classes/module-info.class"))) {
                throw new IllegalStateException("%s was not compiled: run this with -am".formatted(module));
            }
        }
        return new Reactor(modules);
    }

    /** {@return the classes of all main code} */
    JavaClasses classes() {
        return new ClassFileImporter()
                .importPaths(modules.stream()
                        .map(module -> module.resolve("target/classes"))
                        .toList());
    }

    /** {@return the sources of all main code} */
    List<Path> sources() {
        return modules.stream()
                .flatMap(module -> below(module.resolve("src/main/java")))
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    /** {@return the folders of all packages with main code} */
    List<Path> packages() {
        return sources().stream()
                .filter(file -> !file.endsWith("module-info.java"))
                .map(file -> Objects.requireNonNull(file.getParent()))
                .distinct()
                .toList();
    }

    private static Stream<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
