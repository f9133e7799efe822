package alexnet.data;

import alexnet.config.UsageException;
import alexnet.run.AtomicFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The hidden folder in which a prepared folder grows, {@code .NAME.part} beside it, held by one program at a time. It is
 * found again after a kill, and gets its name when it is whole.
 */
final class Unfinished implements Closeable {
    private final Path target;
    private final Path folder;
    private final Path lockFile;
    private final FileChannel lock;

    private Unfinished(Path target, Path folder, Path lockFile, FileChannel lock) {
        this.target = target;
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * @param out the folder to make
     * @throws UsageException if it cannot be made, or another program makes it now
     */
    static Unfinished open(Path out) {
        Path target = out.toAbsolutePath().normalize();
        Path folder = target.resolveSibling("." + target.getFileName() + ".part");
        Path lockFile = target.resolveSibling("." + target.getFileName() + ".lock");
        try {
            AtomicFiles.createFolder(target.getParent());
            FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            try {
                if (!held(lock)) {
                    throw new UsageException("Another program is preparing " + out + " now, expected one at a time."
                            + " Wait for it, or choose another folder.");
                }
                AtomicFiles.createFolder(folder);
                AtomicFiles.removeUnfinished(folder);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
            return new Unfinished(target, folder, lockFile, lock);
        } catch (IOException e) {
            throw new UsageException(
                    "The folder " + out + " cannot be made (" + e + "). Choose a place where this user may write.", e);
        }
    }

    private static boolean held(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) { // another thread of this program
            return false;
        }
    }

    Path folder() {
        return folder;
    }

    /** Whether it was whole when its program ended, but for its name. */
    boolean isWhole() {
        return Files.exists(folder.resolve(Names.MANIFEST));
    }

    boolean isBegun() {
        return Files.exists(folder.resolve(PackingState.FILE));
    }

    /** Gives the whole folder its name. */
    void publish() throws IOException {
        Files.deleteIfExists(folder.resolve(PackingState.FILE));
        Files.deleteIfExists(target); // an empty folder
        AtomicFiles.move(folder, target);
    }

    /** Removes all that is in it. */
    void clear() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> inside = all.filter(path -> !path.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path path : inside) {
                Files.delete(path);
            }
        }
    }

    /** Removes it. */
    void discard() throws IOException {
        clear();
        Files.delete(folder);
    }

    /** Lets go of it; nothing is removed but the lock. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(lockFile);
        lock.close();
    }
}
