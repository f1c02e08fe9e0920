package dev.geniehive.control.roles;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.kernel.body.Filling;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one role, from the file or from the API. What is not acceptable is rejected in the view, with its place. */
final class RoleReader {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
    private static final int MOST_ITEMS = 64;
    private static final int LONGEST_PROMPT = 65_536;
    private static final int LARGEST_CONTEXT = 100_000_000;
    private static final String OVERFLOW = "overflow";

    /** What the platform itself reads or writes, so that nobody can say it for the client. */
    private static final Set<String> NOT_FOR_DEFAULTS =
            Set.of("model", "messages", "prompt", "input", "query", "documents", "stream", "stream_options", "n");

    /** Bodies of these are uploads, into which nothing can be filled. */
    private static final Set<Operation> UPLOADS = EnumSet.of(Operation.TRANSCRIPTION, Operation.TRANSLATION);

    private final ConfigView view;

    private RoleReader(ConfigView view) {
        this.view = view;
    }

    static boolean isName(String name) {
        return name.matches(NAME);
    }

    static Role read(String name, ConfigView view) {
        return new RoleReader(view).role(name);
    }

    private Role role(String name) {
        Operation operation = operation();
        Role.Casting casting = casting(operation);
        Filling filling = filling(operation);
        checkRoom(casting, filling);
        return new Role(
                name, view.string("description").orElse(""), operation, casting, filling, handling(), fallback(name));
    }

    private Operation operation() {
        String name = view.string("operation").orElse(Operation.CHAT.wireName());
        return Operation.named(name).orElseGet(() -> {
            view.reject("operation", "'%s' is no operation. There are: %s".formatted(name, operations()));
            return Operation.CHAT;
        });
    }

    private static String operations() {
        return Arrays.stream(Operation.values()).map(Operation::wireName).collect(Collectors.joining(", "));
    }

    private Role.Casting casting(Operation operation) {
        return new Role.Casting(
                items("models").stream().map(ModelPattern::of).toList(),
                minContext(),
                minMemory(),
                maxSize(),
                requires(operation),
                exposure());
    }

    private OptionalInt minContext() {
        OptionalInt tokens = view.integer("min-context");
        if (tokens.isPresent() && (tokens.getAsInt() < 1 || tokens.getAsInt() > LARGEST_CONTEXT)) {
            view.reject(
                    "min-context",
                    "must be between 1 and %d tokens, was %d".formatted(LARGEST_CONTEXT, tokens.getAsInt()));
        }
        return tokens;
    }

    private OptionalLong minMemory() {
        OptionalLong bytes = view.bytes("min-memory");
        if (bytes.isPresent() && bytes.getAsLong() < 1) {
            view.reject("min-memory", "must be more than nothing");
        }
        return bytes;
    }

    private Optional<MaxSize> maxSize() {
        Optional<String> text = view.string("max-size");
        Optional<MaxSize> size = text.flatMap(MaxSize::of);
        if (text.isPresent() && size.isEmpty()) {
            view.reject(
                    "max-size",
                    "must be a number of parameters such as 40B or of bytes such as 24GiB, was '%s'"
                            .formatted(text.get()));
        }
        return size;
    }

    private Set<Ability> requires(Operation operation) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        for (String name : items("requires")) {
            Ability.named(name)
                    .ifPresentOrElse(
                            abilities::add,
                            () -> view.reject(
                                    "requires", "'%s' is no ability. There are: %s".formatted(name, abilities())));
        }
        if (!abilities.isEmpty() && operation != Operation.CHAT) {
            view.reject("requires", "only chat has abilities, and the operation is " + operation.wireName());
        }
        return abilities;
    }

    private static String abilities() {
        return Arrays.stream(Ability.values()).map(Ability::wireName).collect(Collectors.joining(", "));
    }

    private Set<String> exposure() {
        List<String> names = items("exposure");
        if (names.contains(OVERFLOW)) {
            view.reject("exposure", "'overflow' is not for every request; see overflow.allow");
        }
        names.stream()
                .filter(name -> !isName(name))
                .forEach(
                        name -> view.reject("exposure", "'%s' is no exposure that a service can have".formatted(name)));
        return new HashSet<>(names);
    }

    private Filling filling(Operation operation) {
        Json given = view.json("defaults");
        Json.Obj defaults = given instanceof Json.Obj object ? object : Json.object();
        if (!given.equals(Json.nothing()) && !(given instanceof Json.Obj)) {
            view.reject("defaults", "expected members of a request, for example { temperature: 0.2 }");
        }
        if (!defaults.members().isEmpty() && UPLOADS.contains(operation)) {
            view.reject(
                    "defaults",
                    "a request for %s is an upload, into which nothing is filled".formatted(operation.wireName()));
        }
        defaults.members().keySet().stream()
                .filter(NOT_FOR_DEFAULTS::contains)
                .forEach(name -> view.reject("defaults", "'%s' is for the client alone to say".formatted(name)));
        return new Filling(defaults, systemPrompt(operation));
    }

    private String systemPrompt(Operation operation) {
        String prompt = view.string("system-prompt").orElse("");
        if (!prompt.isEmpty() && operation != Operation.CHAT) {
            view.reject("system-prompt", "only chat has messages, and the operation is " + operation.wireName());
        }
        if (prompt.length() > LONGEST_PROMPT) {
            view.reject("system-prompt", "must be at most %d characters".formatted(LONGEST_PROMPT));
        }
        return prompt;
    }

    /** Whoever just has the context that is asked for could not serve a single request otherwise. */
    private void checkRoom(Role.Casting casting, Filling filling) {
        long answer = Math.max(
                filling.members().get("max_tokens").asLong().orElse(0),
                filling.members().get("max_completion_tokens").asLong().orElse(0));
        if (casting.minContext().isPresent() && answer >= casting.minContext().getAsInt()) {
            view.reject(
                    "min-context",
                    "leaves no room for a prompt: the defaults ask for %d tokens of answer, and it is %d"
                            .formatted(answer, casting.minContext().getAsInt()));
        }
    }

    private Role.Handling handling() {
        ConfigView overflow = view.section("overflow");
        boolean allow = overflow.bool("allow").orElse(false);
        Optional<Duration> deadline = overflow.duration("queue-deadline");
        if (deadline.isPresent() && !deadline.get().isPositive()) {
            overflow.reject("queue-deadline", "must be longer than 0");
        }
        return new Role.Handling(name("ranking"), name("queue"), new Role.Overflow(allow, deadline));
    }

    private Optional<String> name(String key) {
        Optional<String> name = view.string(key);
        if (name.isPresent() && !isName(name.get())) {
            view.reject(key, "'%s' is no name".formatted(name.get()));
        }
        return name;
    }

    private List<String> fallback(String name) {
        List<String> roles = items("fallback");
        if (roles.contains(name)) {
            view.reject("fallback", "'%s' cannot fall back to itself".formatted(name));
        }
        return roles;
    }

    private List<String> items(String key) {
        List<String> items = view.strings(key);
        if (items.stream().anyMatch(String::isBlank)) {
            view.reject(key, "holds an empty entry");
        }
        if (items.size() > MOST_ITEMS || new HashSet<>(items).size() < items.size()) {
            view.reject(key, "must be at most %d entries, each once".formatted(MOST_ITEMS));
        }
        return items.stream().filter(item -> !item.isBlank()).distinct().toList();
    }
}
