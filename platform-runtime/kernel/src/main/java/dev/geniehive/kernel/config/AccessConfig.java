package dev.geniehive.kernel.config;

import dev.geniehive.api.host.ConfigView;

/**
 * Who must show a key, from the section {@code access}.
 *
 * @param requireKeys for the client API; the operator's and the nodes' always need one
 */
public record AccessConfig(RequireKeys requireKeys) {
    /** When clients need a key. */
    public enum RequireKeys {
        /** As soon as anything but loopback is bound. */
        AUTO,
        /** Always. */
        ALWAYS,
        /** Not on this machine. Others always need one. */
        NEVER
    }

    /** {@return what the configuration says; what is not acceptable is reported there and reads as {@code auto}} */
    public static AccessConfig from(Configuration configuration) {
        ConfigView view = configuration.section("access");
        return new AccessConfig(
                switch (view.string("require-keys").orElse("auto")) {
                    case "auto" -> RequireKeys.AUTO;
                    case "true" -> RequireKeys.ALWAYS;
                    case "false" -> RequireKeys.NEVER;
                    case String other -> {
                        view.reject("require-keys", "expected auto, true or false, was '%s'".formatted(other));
                        yield RequireKeys.AUTO;
                    }
                });
    }
}
