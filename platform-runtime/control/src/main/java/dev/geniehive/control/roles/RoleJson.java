package dev.geniehive.control.roles;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Problem;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** A role as JSON: in the API, in the store, in files of the command. What was not said is not there. */
public final class RoleJson {
    /** What answers say beside the definition; taken and passed over, so that an answer can be sent back. */
    private static final Set<String> SHOWN_ONLY =
            Set.of("name", "source", "notes", "resolves_to", "eligible", "candidates", "unavailable", "object");

    private RoleJson() {}

    /** {@return the definition of a role} */
    public static Json.Obj of(Role role) {
        Role.Casting casting = role.casting();
        Json.Obj json = Json.object()
                .put("name", role.name())
                .put("operation", role.operation().wireName());
        json = text(json, "description", role.description());
        json = list(
                json,
                "models",
                casting.models().stream().map(ModelPattern::text).toList());
        if (casting.minContext().isPresent()) {
            json = json.put("min_context", casting.minContext().getAsInt());
        }
        if (casting.minMemoryBytes().isPresent()) {
            json = json.put("min_memory", bytes(casting.minMemoryBytes()));
        }
        json = json.putIfPresent("max_size", casting.maxSize().map(MaxSize::text));
        json = list(
                json,
                "requires",
                casting.requires().stream().sorted().map(Ability::wireName).toList());
        json = list(json, "exposure", casting.exposure().stream().sorted().toList());
        json = list(json, "fallback", role.fallback());
        if (!role.filling().members().members().isEmpty()) {
            json = json.put("defaults", role.filling().members());
        }
        json = text(json, "system_prompt", role.filling().systemPrompt());
        return handling(json, role.handling());
    }

    private static Json.Obj handling(Json.Obj role, Role.Handling handling) {
        Json.Obj json = role.putIfPresent("ranking", handling.ranking()).putIfPresent("queue", handling.queue());
        if (handling.overflow().equals(Role.Overflow.NONE)) {
            return json;
        }
        Json.Obj overflow = Json.object().put("allow", handling.overflow().allow());
        return json.put(
                "overflow",
                overflow.putIfPresent(
                        "queue_deadline",
                        handling.overflow().queueDeadline().map(deadline -> deadline.toMillis() + "ms")));
    }

    /**
     * {@return the role that a definition means}
     *
     * @param name what it is called; a name within the definition has to be the same
     * @throws GenieException of kind {@code INVALID_REQUEST} that names everything that is not acceptable
     */
    public static Role read(String name, Json definition) {
        if (!(definition instanceof Json.Obj object)) {
            throw invalid(name, "expected an object such as {\"operation\": \"chat\", \"models\": [\"qwen3-*\"]}", "");
        }
        JsonView view = JsonView.of(object, SHOWN_ONLY);
        if (!RoleReader.isName(name)) {
            view.reject("name", "a role is called by letters, digits, dots, dashes and underscores, up to 63");
        }
        object.get("name")
                .asString()
                .filter(other -> !other.equals(name))
                .ifPresent(other -> view.reject("name", "is '%s' here and '%s' in the address".formatted(other, name)));
        Role role = RoleReader.read(name, view);
        List<JsonView.Fault> faults = view.faults();
        if (!faults.isEmpty()) {
            throw invalid(
                    name,
                    faults.stream().map(JsonView.Fault::toString).collect(Collectors.joining("; ")),
                    faults.getFirst().path());
        }
        return role;
    }

    private static GenieException invalid(String name, String what, String param) {
        Problem problem = new Problem(
                ErrorKind.INVALID_REQUEST, "invalid_role", "The role '%s' was not taken. %s.".formatted(name, what));
        return new GenieException(param.isEmpty() ? problem : problem.about(param));
    }

    private static Json.Obj text(Json.Obj json, String name, String text) {
        return text.isEmpty() ? json : json.put(name, text);
    }

    private static Json.Obj list(Json.Obj json, String name, List<String> items) {
        return items.isEmpty() ? json : json.put(name, Json.strings(items));
    }

    private static String bytes(OptionalLong bytes) {
        long number = bytes.orElseThrow();
        long gibibyte = 1L << 30;
        return number % gibibyte == 0 ? number / gibibyte + "GiB" : number + "B";
    }
}
