package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What {@code it/real-engines/set_up.py} has got ready: engines, a Python with OpenAI's SDK, a model.
 *
 * @param scripts the folder of the scripts
 * @param folder what the scripts made
 */
record RealEngines(Path scripts, Path folder) {
    /** Gets everything ready that is not; the first time that takes minutes and wants a network. */
    static RealEngines ready() throws IOException, InterruptedException {
        Path checkout = Path.of(Objects.requireNonNull(System.getProperty("geniehive.checkout")))
                .toAbsolutePath()
                .normalize();
        RealEngines engines =
                new RealEngines(checkout.resolve("it/real-engines"), checkout.resolve("it/target/real-engines"));
        String python = Objects.requireNonNullElse(System.getenv("PYTHON"), "python3");
        Process setUp;
        try {
            setUp = new ProcessBuilder(
                            python,
                            engines.scripts().resolve("set_up.py").toString(),
                            "--into",
                            engines.folder().toString())
                    .inheritIO()
                    .start();
        } catch (IOException missing) {
            throw new IOException(
                    "'%s' cannot be started. Install Python 3.9 or newer, or name one in PYTHON.".formatted(python),
                    missing);
        }
        assertThat(setUp.waitFor()).as("set_up.py says above what is missing").isZero();
        return engines;
    }

    Path model() {
        return folder.resolve("tiny.gguf");
    }

    Path python() {
        Path unix = folder.resolve("venv/bin/python");
        return Files.exists(unix) ? unix : folder.resolve("venv/Scripts/python.exe");
    }

    Path llamaServer() {
        String own = System.getenv("LLAMA_SERVER");
        return own == null ? libraries().resolve("llama-server") : Path.of(own);
    }

    /** {@return where the libraries of llama.cpp are} */
    Path libraries() {
        return folder.resolve("engine/bin");
    }

    boolean hasLlamaCppPython() {
        return Files.exists(folder.resolve("llama-cpp-python.installed"));
    }

    /** Runs the script that uses OpenAI's SDK, which prints what it measured. {@return its exit code} */
    int useOpenAiSdk(Launched hive, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(python().toString(), scripts.resolve("openai_sdk.py").toString(), hive.url() + "/v1"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
