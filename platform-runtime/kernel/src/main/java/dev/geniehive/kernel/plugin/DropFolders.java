package dev.geniehive.kernel.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lies in the folders, and what was read from it. Used by one thread. */
final class DropFolders {
    private final List<Path> folders;
    private final ArchiveReader reader;
    private final Map<Path, Drop> read = new HashMap<>();

    DropFolders(List<Path> folders, ArchiveReader reader) {
        this.folders = folders;
        this.reader = reader;
    }

    /**
     * A plugin's file, read or not readable.
     *
     * @param id whose file it is, or was when it could last be read
     */
    record Drop(
            Path file, Stamp stamp, Optional<String> id, Optional<Archive> archive, Optional<PluginProblem> problem) {
        /** {@return which of the folders it lies in; of two the higher one wins} */
        int folder() {
            return stamp.folder();
        }
    }

    /** Changes whenever a file does. */
    record Stamp(
            int folder,
            long size,
            FileTime modified,
            @Nullable Object key) {}

    /** {@return the plugin files that are there now, in order of their names} */
    Map<Path, Stamp> look() throws IOException {
        Map<Path, Stamp> found = new LinkedHashMap<>();
        for (int i = 0; i < folders.size(); i++) {
            for (Path file : files(folders.get(i))) {
                Optional<Stamp> stamp = stamp(i, file);
                stamp.ifPresent(s -> found.putIfAbsent(file, s));
            }
        }
        return found;
    }

    /** {@return what these files hold; a file that has not changed since is not read again} */
    List<Drop> read(Map<Path, Stamp> files) {
        read.keySet().retainAll(files.keySet());
        files.forEach((file, stamp) -> read.compute(
                file, (path, last) -> last != null && last.stamp().equals(stamp) ? last : readOne(path, stamp, last)));
        return files.keySet().stream().map(read::get).filter(Objects::nonNull).toList();
    }

    private Drop readOne(Path file, Stamp stamp, @Nullable Drop last) {
        try {
            Archive archive = reader.read(file);
            return new Drop(file, stamp, Optional.of(archive.id()), Optional.of(archive), Optional.empty());
        } catch (Refused e) {
            Optional<String> id = last == null ? Optional.empty() : last.id();
            return new Drop(file, stamp, id, Optional.empty(), Optional.of(e.problem()));
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(DropFolders::isPlugin).sorted().toList();
        }
    }

    private static boolean isPlugin(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".jar") || name.endsWith(".zip")) && Files.isRegularFile(file);
    }

    private static Optional<Stamp> stamp(int folder, Path file) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(folder, now.size(), now.lastModifiedTime(), now.fileKey()));
        } catch (NoSuchFileException e) { // gone between the listing and the look
            return Optional.empty();
        }
    }
}
