package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Definitions of roles in files. */
final class RoleFile {
    private static final int MAX_BYTES = 1024 * 1024;

    private RoleFile() {}

    /** {@return what a file holds; a dash is standard input} */
    static Json read(String file) {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            return Json.parse(in.readNBytes(MAX_BYTES));
        } catch (JsonException broken) {
            throw new CommandFailure(ExitCode.FAILURE, "%s is no JSON: %s".formatted(file, broken.getMessage()));
        } catch (IOException broken) {
            throw new CommandFailure(ExitCode.FAILURE, "%s cannot be read: %s".formatted(file, broken));
        }
    }

    /** {@return the definition of one role} */
    static Json.Obj one(Json json) {
        if (json instanceof Json.Obj object) {
            return object;
        }
        throw new CommandFailure(
                ExitCode.FAILURE, "The file holds no role; expected an object such as {\"models\": [\"qwen3-*\"]}.");
    }

    /** {@return the definitions of several roles by name: an object of them, or a list as the API shows it} */
    static Map<String, Json> roles(Json json) {
        Map<String, Json> roles = new LinkedHashMap<>();
        if (json.get("data") instanceof Json.Arr list) {
            for (Json role : list.values()) {
                boolean changeable = !role.get("source").equals(Json.of("file"));
                role.get("name").asString().filter(name -> changeable).ifPresent(name -> roles.put(name, role));
            }
        } else {
            roles.putAll(one(json).members());
        }
        return roles;
    }
}
