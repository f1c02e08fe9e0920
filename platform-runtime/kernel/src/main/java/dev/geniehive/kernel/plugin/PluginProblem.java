package dev.geniehive.kernel.plugin;

/**
 * What is wrong with a plugin.
 *
 * @param code stable, for programs
 * @param sentence for a person: what was found and, where there is one, the next step
 */
public record PluginProblem(Code code, String sentence) {
    /** The kinds of problem. Names are stable. */
    public enum Code {
        /** Needs another version of the platform API. */
        API_VERSION,
        /** Not a readable jar or zip of the right shape. */
        BAD_ARCHIVE,
        /** A dependency in the manifest that cannot be read. */
        BAD_DEPENDENCY,
        /** A version that is not SemVer, or a range that is none. */
        BAD_VERSION,
        /** The new version starts, and a plugin that runs now would not start with it. */
        BREAKS_DEPENDENT,
        /** The plugin's class could not be made. */
        CONSTRUCTOR,
        /** Another plugin was first to offer an extension under this name. */
        DUPLICATE_EXTENSION,
        /** {@code extensions()} threw, or returned something unusable. */
        EXTENSIONS,
        /** Requires a module that is internal to the platform. */
        FORBIDDEN_REQUIRES,
        /** Provides more than one plugin class. */
        MANY_PROVIDERS,
        /** A module that it requires is nowhere. */
        MISSING_MODULE,
        /** A plugin that it depends on is absent, too old, too new, failed, or part of a cycle. */
        MISSING_PLUGIN,
        /** Calls native code, and its manifest does not ask for it. */
        NATIVE_ACCESS,
        /** No module-info, or a module whose name is not the plugin's id. */
        NOT_A_MODULE,
        /** Says nothing about itself in the manifest. */
        NO_DESCRIPTOR,
        /** Its module provides no plugin class. */
        NO_PROVIDER,
        /** Carries a module that the platform provides. */
        RESERVED_MODULE,
        /** Two of its modules have the same package. */
        SPLIT_PACKAGE,
        /** Its modules do not fit together in some other way. */
        UNRESOLVABLE
    }

    @Override
    public String toString() {
        return "%s: %s".formatted(code, sentence);
    }
}
