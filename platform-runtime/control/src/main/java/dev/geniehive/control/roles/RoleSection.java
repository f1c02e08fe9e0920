package dev.geniehive.control.roles;

import dev.geniehive.api.host.ConfigView;
import java.util.LinkedHashMap;
import java.util.Map;

/** Section {@code roles} of the configuration. Its roles fall back to each other, and to no role made elsewhere. */
public final class RoleSection {
    private RoleSection() {}

    /** {@return the roles by name; what is not acceptable is rejected in the section with its place} */
    public static Map<String, Role> read(ConfigView section) {
        Map<String, Role> roles = new LinkedHashMap<>();
        for (String name : section.keys()) {
            ConfigView one = section.section(name);
            if (!RoleReader.isName(name)) {
                section.reject(name, "a role is called by letters, digits, dots, dashes and underscores, up to 63");
            }
            roles.put(name, RoleReader.read(name, one));
        }
        RoleBook book = RoleBook.of(roles.values());
        roles.forEach((name, role) ->
                book.faults(role).forEach(fault -> section.section(name).reject("fallback", fault)));
        return roles;
    }
}
