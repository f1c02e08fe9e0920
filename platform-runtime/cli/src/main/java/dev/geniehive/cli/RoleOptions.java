package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What makes a role. Values are judged by the control plane, which names all that it does not like. */
final class RoleOptions {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Its definition as JSON; - for standard input. 'roles show NAME --json' prints one.")
    private @Nullable String file;

    @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
    private @Nullable String description;

    @Option(names = "--operation", paramLabel = "NAME", description = "chat if absent.")
    private @Nullable String operation;

    @Option(
            names = "--model",
            paramLabel = "FAMILY",
            description = "Preferred families or names, the best first; globs; repeatable.")
    private @Nullable List<String> models;

    @Option(names = "--min-context", paramLabel = "TOKENS", description = "Of context at least.")
    private @Nullable Long minContext;

    @Option(names = "--min-memory", paramLabel = "SIZE", description = "Of the host at least, such as 32GiB.")
    private @Nullable String minMemory;

    @Option(names = "--max-size", paramLabel = "SIZE", description = "Of the weights: 40B parameters, or 24GiB.")
    private @Nullable String maxSize;

    @Option(
            names = "--requires",
            paramLabel = "ABILITY",
            description = "tools, images, audio, reasoning, structured-output; repeatable.")
    private @Nullable List<String> requires;

    @Option(names = "--exposure", paramLabel = "NAME", description = "Which services may play it; repeatable.")
    private @Nullable List<String> exposure;

    @Option(
            names = "--fallback",
            paramLabel = "ROLE",
            description = "Whose services play it where no other can; repeatable.")
    private @Nullable List<String> fallback;

    @Option(
            names = "--default",
            paramLabel = "MEMBER=VALUE",
            description = "Filled into requests that do not say it; the value is JSON, or else text; repeatable.")
    private @Nullable Map<String, String> defaults;

    @Option(names = "--system-prompt", paramLabel = "TEXT", description = "Filled into chats that have none.")
    private @Nullable String systemPrompt;

    @Option(names = "--ranking", paramLabel = "POLICY", description = "That of routing.ranking if absent.")
    private @Nullable String ranking;

    @Option(names = "--queue", paramLabel = "NAME", description = "Where its requests wait.")
    private @Nullable String queue;

    /** {@return the definition that file and flags give together} */
    Json.Obj definition() {
        Json.Obj json = file == null ? Json.object() : RoleFile.one(RoleFile.read(file));
        json = text(json, "description", description);
        json = text(json, "operation", operation);
        json = texts(json, "models", models);
        json = json.putIfPresent(
                "min_context", minContext == null ? OptionalLong.empty() : OptionalLong.of(minContext));
        json = text(json, "min_memory", minMemory);
        json = text(json, "max_size", maxSize);
        json = texts(json, "requires", requires);
        json = texts(json, "exposure", exposure);
        json = texts(json, "fallback", fallback);
        json = text(json, "system_prompt", systemPrompt);
        json = text(json, "ranking", ranking);
        json = text(json, "queue", queue);
        return defaults == null ? json : json.put("defaults", filled(json.get("defaults"), defaults));
    }

    private static Json filled(Json before, Map<String, String> more) {
        Map<String, Json> members =
                new LinkedHashMap<>(before instanceof Json.Obj object ? object.members() : Map.of());
        more.forEach((name, value) -> members.put(name, value(value)));
        return new Json.Obj(members);
    }

    private static Json value(String text) {
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonException plain) {
            return Json.of(text);
        }
    }

    private static Json.Obj text(Json.Obj json, String name, @Nullable String value) {
        return value == null ? json : json.put(name, value);
    }

    private static Json.Obj texts(Json.Obj json, String name, @Nullable List<String> values) {
        return values == null ? json : json.put(name, Json.strings(values));
    }
}
