package dev.geniehive.protocol;

import dev.geniehive.api.model.Json;
import java.util.Set;
import java.util.TreeSet;

/** Directives and their results as JSON. */
final class DirectiveJson {
    private static final String LOOK = "look";

    private DirectiveJson() {}

    static Json.Obj of(Directive directive) {
        Json.Obj json = Json.object().put("id", directive.id());
        return switch (directive) {
            case Directive.Look look ->
                json.put("kind", LOOK).put("services", Json.strings(new TreeSet<>(look.services())));
            case Directive.Unknown unknown -> json.put("kind", unknown.kind());
        };
    }

    static Directive directive(Members from) {
        String id = from.string("id");
        String kind = from.string("kind");
        return kind.equals(LOOK)
                ? new Directive.Look(id, Set.copyOf(from.strings("services", ProtocolJson.MAX_SERVICES)))
                : new Directive.Unknown(id, kind);
    }

    static Json.Obj of(DirectiveResult result) {
        return Json.object().put("id", result.id()).put("done", result.done()).put("message", result.message());
    }

    static DirectiveResult result(Members from) {
        return new DirectiveResult(from.string("id"), from.bool("done", false), from.string("message", ""));
    }
}
