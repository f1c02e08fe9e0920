package dev.geniehive.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Looks whether a folder can carry a SQLite database: its locks do not work over a network. */
final class Ground {
    private static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "afs",
            "afpfs",
            "webdav",
            "davfs",
            "fuse.sshfs",
            "sshfs",
            "9p",
            "glusterfs",
            "fuse.glusterfs",
            "ceph",
            "lustre",
            "gpfs");

    private Ground() {}

    /** @throws IOException if the folder cannot be made, or lies on a network file system */
    static void check(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileStore store = Files.getFileStore(folder);
        refuseNetwork(folder, store.type());
    }

    static void refuseNetwork(Path folder, String type) throws IOException {
        if (NETWORK.contains(type.toLowerCase(Locale.ROOT))) {
            throw new IOException(("%s lies on a network file system (%s), where SQLite's locks do not work."
                            + " Put it on a disk of this machine (--home or store.url).")
                    .formatted(folder, type));
        }
    }
}
