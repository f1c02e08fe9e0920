package dev.geniehive.kernel.plugin;

import static dev.geniehive.kernel.plugin.PluginProblem.Code.API_VERSION;
import static dev.geniehive.kernel.plugin.PluginProblem.Code.BAD_DEPENDENCY;
import static dev.geniehive.kernel.plugin.PluginProblem.Code.BAD_VERSION;

import org.pf4j.DefaultVersionManager;
import org.pf4j.PluginDependency;
import org.pf4j.VersionManager;

/** Semantic versions and ranges, in PF4J's words. */
final class Versions {
    private final VersionManager manager = new DefaultVersionManager();
    private final String api;

    Versions(String api) {
        this.api = api;
        if (!isVersion(api)) {
            throw new IllegalArgumentException("the platform API's version must be SemVer, was '%s'".formatted(api));
        }
    }

    boolean isVersion(String text) {
        try {
            manager.compareVersions(text, text);
            return true;
        } catch (RuntimeException e) { // PF4J leaks the exceptions of its SemVer library, whose types are not ours
            return false;
        }
    }

    /** {@return whether a version lies in a range, both known to be valid} */
    boolean fits(String version, String range) {
        return manager.checkVersionConstraint(version, atLeast(range));
    }

    int compare(String one, String other) {
        return manager.compareVersions(one, other);
    }

    /** Refuses what names a version that is none, or needs an API that is not here. */
    void check(Archive archive) throws Refused {
        if (!isVersion(archive.version())) {
            throw new Refused(
                    BAD_VERSION,
                    "Plugin-Version '%s' is not a semantic version such as 1.2.0".formatted(archive.version()));
        }
        String range = archive.requires().orElse("*");
        checkRange("Plugin-Requires", range);
        if (!fits(api, range)) {
            throw new Refused(API_VERSION, "needs platform API %s, this platform offers %s".formatted(range, api));
        }
        for (PluginDependency dependency : archive.descriptor().getDependencies()) {
            if (dependency.isOptional()) {
                throw new Refused(
                        BAD_DEPENDENCY,
                        "depends on '%s' optionally, which is not supported".formatted(dependency.getPluginId()));
            }
            checkRange("Plugin-Dependencies", dependency.getPluginVersionSupport());
        }
    }

    private void checkRange(String attribute, String range) throws Refused {
        try {
            fits(api, range);
        } catch (RuntimeException e) {
            throw new Refused(
                    BAD_VERSION,
                    "%s has '%s', which is not a range such as >=1.2.0 & <2.0.0".formatted(attribute, range));
        }
    }

    /** As everywhere in PF4J, a bare version means that one or a newer one. */
    private static String atLeast(String range) {
        return range.matches("\\d+\\.\\d+\\.\\d+") ? ">=" + range : range;
    }
}
