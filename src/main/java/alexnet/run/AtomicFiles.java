package alexnet.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file so that a reader sees the old one or the whole new one, whatever happens in between. */
public final class AtomicFiles {
    /** Writes the contents of one file. */
    @FunctionalInterface
    public interface Body {
        /**
         * @param out where to write; closed by the caller
         * @throws IOException if writing fails; the target is then left as it was
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFiles() {}

    /**
     * Writes to a temporary name beside the target, forces it to disk, then renames.
     *
     * @param target the file to make or replace; its folder is made if absent
     * @param body writes the contents
     * @throws IOException if anything fails; no half-written file is left
     */
    public static void write(Path target, Body body) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        createFolder(folder);
        Path temporary = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                body.writeTo(out);
                out.flush();
                channel.force(true);
            }
            move(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * As {@link #write(Path, Body)}, for a text in UTF-8.
     *
     * @param target the file to make or replace
     * @param text its whole contents
     * @throws IOException if anything fails; no half-written file is left
     */
    public static void write(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Renames a finished file or folder to its place in one step and forces the entry to disk.
     *
     * @param from the finished file or folder
     * @param to its place, on the same file system
     * @throws IOException if the rename fails
     */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(to.toAbsolutePath().getParent());
    }

    /**
     * Makes a folder and those above it; one that is there already, a symbolic link to one included, is left as it is.
     *
     * @param folder the folder wanted
     * @throws IOException if it cannot be made
     */
    public static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) { // the library's own method refuses a link, until Java 20
            Files.createDirectories(folder);
        }
    }

    /**
     * Removes what a killed program left unfinished.
     *
     * @param folder where it wrote; nothing else may be writing there now
     * @throws IOException if a file cannot be removed
     */
    public static void removeUnfinished(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.part")) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void syncFolder(Path folder) throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return; // Windows opens no folder as a channel; its rename is durable by itself
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
