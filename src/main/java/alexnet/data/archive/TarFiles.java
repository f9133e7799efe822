package alexnet.data.archive;

import alexnet.image.BadImageException;
import alexnet.run.RunException;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The files of a tar, one after the other. What no collection of pictures holds is refused by name: absolute names or
 * names with {@code ..}, links and devices, the same name twice, files longer than what is left of the archive. So is an
 * archive that was cut off.
 */
final class TarFiles implements Closeable {
    private final String archive;
    private final long length;
    private final Counting bytes;
    private final Tar tar;
    private final ArchiveStream file; // null for a tar within a tar
    private final Set<String> names = new HashSet<>();
    private TarArchiveEntry entry;
    private String digest;

    private TarFiles(String archive, InputStream in, long length, ArchiveStream file) {
        this.archive = archive;
        this.length = length;
        this.bytes = new Counting(in);
        this.tar = new Tar(bytes);
        this.file = file;
    }

    /**
     * @param archive a tar, perhaps zipped
     * @throws RunException if it cannot be read
     */
    static TarFiles open(Path archive) {
        try {
            ArchiveStream file = ArchiveStream.open(archive);
            return new TarFiles(archive.getFileName().toString(), file, file.size(), file);
        } catch (IOException e) {
            throw new RunException(
                    "The archive " + archive + " cannot be read (" + e + "). Correct the path or the rights.", e);
        }
    }

    /** The current file, which is a tar itself; to be read to its end before {@link #next} is called again. */
    TarFiles inside() {
        return new TarFiles(archive + "/" + name(), tar, entry.getSize(), null);
    }

    /**
     * @return whether there is a next file, which is the current one now
     * @throws RunException if it is refused or cannot be read; the message names archive and entry
     */
    boolean next() {
        String before = entry == null ? "its beginning" : "the entry '" + printable(entry.getName()) + "'";
        try {
            do {
                entry = tar.getNextEntry();
                if (entry == null) {
                    end();
                    return false;
                }
                check();
            } while (entry.isDirectory());
            return true;
        } catch (IOException | IllegalArgumentException e) {
            throw damaged("behind " + before, e);
        }
    }

    private void end() throws IOException {
        if (!tar.ended) {
            throw new IOException("the mark of a tar's end is missing");
        }
        digest = file == null ? null : file.finish();
    }

    private void check() {
        String name = entry.getName();
        if (name.startsWith("/") || name.matches("[A-Za-z]:.*") || name.contains("\\")) {
            throw refused("has an absolute name or a backslash in it");
        }
        if (Arrays.asList(name.split("/")).contains("..")) {
            throw refused("leads out of its folder");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw refused("has control characters in its name");
        }
        if (!isPlain()) {
            throw refused("is a link, a device or sparse");
        }
        if (entry.getSize() > length - bytes.count) {
            throw refused(
                    "declares " + entry.getSize() + " bytes, but " + Math.max(0, length - bytes.count) + " are left");
        }
        if (!entry.isDirectory() && !names.add(name())) {
            throw refused("occurs twice");
        }
    }

    private boolean isPlain() {
        boolean link = entry.isLink() || entry.isSymbolicLink();
        boolean device = entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO();
        return !link && !device && !entry.isSparse() && (entry.isDirectory() || entry.isFile());
    }

    private RunException refused(String why) {
        return new RunException("The archive " + archive + " holds '" + printable(entry.getName()) + "', which " + why
                + ". Expected plain files with relative names, each once. Get the archive again from its source.");
    }

    private RunException damaged(String where, Exception e) {
        return new RunException(
                "The archive " + archive + " is damaged or cut off " + where + ": " + e.getMessage()
                        + ". Compare its size and digest with its source's, and get it again.",
                e);
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    /** The current file's name, without {@code ./} in front. */
    String name() {
        return entry.getName().replaceFirst("^(\\./)+", "");
    }

    long size() {
        return entry.getSize();
    }

    /**
     * @param most bytes wanted; a longer file is not read
     * @return the current file's bytes
     */
    byte[] read(long most) throws BadImageException {
        if (size() > most) {
            throw new BadImageException("the file has " + size() + " bytes, at most " + most + " are accepted");
        }
        try {
            byte[] all = tar.readNBytes((int) size());
            if (all.length < size()) {
                throw new IOException(all.length + " of " + size() + " bytes are there");
            }
            return all;
        } catch (IOException e) {
            throw damaged("in '" + printable(name()) + "'", e);
        }
    }

    /** The current file as a stream; not to be closed. */
    InputStream body() {
        return tar;
    }

    /** SHA-256 of the archive file, once {@link #next} has given false. */
    String digest() {
        return digest;
    }

    @Override
    public void close() {
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            throw new RunException("Closing " + archive + " failed: " + e + ". Check the disk.", e);
        }
    }

    /** Knows whether the mark of the end was seen. */
    private static final class Tar extends TarArchiveInputStream {
        private boolean ended;

        Tar(InputStream in) {
            super(in);
        }

        @Override
        protected boolean isEOFRecord(byte[] record) {
            boolean end = record != null && super.isEOFRecord(record);
            ended |= end;
            return record == null || end;
        }
    }

    /** Counts, and skips by reading. */
    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] buffer, int from, int most) throws IOException {
            int read = in.read(buffer, from, most);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long most) throws IOException {
            long skipped = in.skip(most);
            count += skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false; // what is read again would be counted and digested twice
        }
    }
}
