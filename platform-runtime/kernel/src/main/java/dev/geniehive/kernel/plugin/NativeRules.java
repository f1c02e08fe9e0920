package dev.geniehive.kernel.plugin;

import static dev.geniehive.kernel.plugin.PluginProblem.Code.BAD_ARCHIVE;
import static dev.geniehive.kernel.plugin.PluginProblem.Code.NATIVE_ACCESS;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.ModuleEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses a plugin with native code whose manifest does not ask for native access.
 *
 * <p>The JVM could deny such calls itself, but then links no classes ahead of time. So the classes that a plugin carries
 * are read for native methods, for calls of the JDK's restricted methods and for JNA: once for each content, which a
 * file beside the private copy remembers. A guard rail, not a wall: what goes by reflection is not seen, and the JVM
 * warns of it.
 */
final class NativeRules {
    private static final Logger log = LoggerFactory.getLogger(NativeRules.class);

    /** The number changes with the rules. */
    private static final String SEEN = "no-native-code-1";

    private static final String JNA = "com.sun.jna";

    /** What the JDK restricts, by the class that has it. */
    private static final Map<String, Set<String>> RESTRICTED = Map.of(
            "java/lang/System", Set.of("load", "loadLibrary"),
            "java/lang/Runtime", Set.of("load", "loadLibrary"),
            "java/lang/ModuleLayer$Controller", Set.of("enableNativeAccess"),
            "java/lang/foreign/Linker", Set.of("downcallHandle", "upcallStub"),
            "java/lang/foreign/SymbolLookup", Set.of("libraryLookup"),
            "java/lang/foreign/MemorySegment", Set.of("reinterpret"),
            "java/lang/foreign/AddressLayout", Set.of("withTargetLayout"));

    private NativeRules() {}

    static void check(Archive archive) throws Refused {
        Path seen = archive.jars().getFirst().resolveSibling(SEEN);
        if (archive.nativeAccess() || Files.exists(seen)) {
            return;
        }
        try {
            for (Path jar : archive.jars()) {
                check(jar);
            }
        } catch (IOException e) {
            throw new Refused(BAD_ARCHIVE, "%s: %s".formatted(archive.file(), e.getMessage()));
        }
        remember(seen);
    }

    private static void check(Path jar) throws IOException, Refused {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            List<JarEntry> classes = file.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .toList();
            for (JarEntry entry : classes) {
                Optional<String> found = nativeCode(read(file, entry));
                if (found.isPresent()) {
                    throw new Refused(
                            NATIVE_ACCESS,
                            "%s in %s %s, and its manifest does not ask for that. If it should, add 'Plugin-Native-Access: true'"
                                    .formatted(entry.getName(), jar.getFileName(), found.get()));
                }
            }
        }
    }

    private static byte[] read(JarFile file, JarEntry entry) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** {@return what it does with native code, as the middle of a sentence} */
    private static Optional<String> nativeCode(byte[] bytes) {
        try {
            ClassModel model = ClassFile.of().parse(bytes);
            if (model.methods().stream().anyMatch(method -> method.flags().has(AccessFlag.NATIVE))) {
                return Optional.of("has native methods");
            }
            for (PoolEntry entry : model.constantPool()) {
                Optional<String> found = nativeCode(entry);
                if (found.isPresent()) {
                    return found;
                }
            }
        } catch (IllegalArgumentException broken) {
            log.debug("Not a class that could run", broken);
        }
        return Optional.empty();
    }

    private static Optional<String> nativeCode(PoolEntry entry) {
        if (entry instanceof MemberRefEntry called) {
            String owner = called.owner().asInternalName();
            String name = called.name().stringValue();
            return RESTRICTED.getOrDefault(owner, Set.of()).contains(name)
                    ? Optional.of(
                            "calls %s.%s".formatted(owner.replace('/', '.').replace('$', '.'), name))
                    : Optional.empty();
        }
        if (entry instanceof ModuleEntry module) {
            String name = module.name().stringValue();
            return name.equals(JNA) || name.startsWith(JNA + ".") ? Optional.of("requires " + name) : Optional.empty();
        }
        return Optional.empty();
    }

    private static void remember(Path seen) {
        try {
            Files.createFile(seen);
        } catch (IOException unwritable) {
            log.debug("It will be read again at the next start: {}", unwritable.toString());
        }
    }
}
