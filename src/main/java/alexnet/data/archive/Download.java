package alexnet.data.archive;

import alexnet.run.AtomicFiles;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Fetches an archive. What has come so far lies beside the target under a hidden name and is kept, whatever happens: the
 * next attempt asks for the rest. The file gets its name when its length and digest are right.
 */
public final class Download {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = HttpURLConnection.HTTP_OK;
    private static final int PARTIAL = HttpURLConnection.HTTP_PARTIAL;
    private static final int BUFFER = 1 << 16;
    private static final int ATTEMPTS = 5;
    private static final int MEGABYTE = 1 << 20;

    private final Downloads.Published wanted;
    private final URI address;
    private final Path target;
    private final Path part;
    private final Duration pause;
    private final Duration patience;

    /**
     * @param pause between two attempts
     * @param patience how long to wait for an answer or for the next bytes
     */
    Download(Downloads.Published wanted, URI address, Path folder, Duration pause, Duration patience) {
        this.wanted = wanted;
        this.address = address;
        this.target = folder.resolve(wanted.file());
        this.part = folder.resolve("." + wanted.file() + ".download");
        this.pause = pause;
        this.patience = patience;
    }

    /**
     * @param wanted what to fetch
     * @param mirror from where, or null for where it is published
     * @param folder where it goes; made if absent
     * @param progress shows megabytes
     * @return the file; it is whole
     * @throws RunException if it cannot be had; what has come is kept, except when it is the wrong file
     */
    public static Path run(Downloads.Published wanted, URI mirror, Path folder, Progress.Factory progress) {
        URI address = mirror == null ? wanted.address() : mirror;
        return new Download(wanted, address, folder, PAUSE, PATIENCE).fetch(progress);
    }

    Path fetch(Progress.Factory progress) {
        try {
            if (Files.exists(target)) {
                requireDigest(target);
                return target;
            }
            AtomicFiles.createFolder(target.toAbsolutePath().getParent());
            try (Progress bar = progress.start("download", wanted.bytes() / MEGABYTE, "MB")) {
                fetchAll(bar);
            }
            requireDigest(part);
            AtomicFiles.move(part, target);
            return target;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException("The download was interrupted. Start it again: it goes on.", e);
        } catch (IOException e) {
            throw new RunException(
                    "Writing " + target + " failed (" + e + "). Make room or choose another place, then start again:"
                            + " it goes on.",
                    e);
        }
    }

    private void fetchAll(Progress bar) throws IOException, InterruptedException {
        String failure = "";
        for (int attempt = 0; attempt < ATTEMPTS && size() < wanted.bytes(); ) {
            long before = size();
            try {
                fetchRest(before, bar);
                failure = "the connection ended early";
            } catch (Broken e) {
                failure = e.getMessage();
            }
            attempt = size() > before ? 0 : attempt + 1; // one that brought something is no failure
            if (size() < wanted.bytes()) {
                Thread.sleep(pause.toMillis());
            }
        }
        if (size() < wanted.bytes()) {
            throw new RunException("Fetching " + address + " ended at " + size() + " of " + wanted.bytes() + " bytes: "
                    + failure + ". What has come is kept. Start it again later, or name a mirror with --mirror.");
        }
    }

    private long size() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    /** The other side failed, not the disk. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message);
        }
    }

    private void fetchRest(long from, Progress bar) throws IOException, InterruptedException, Broken {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout((int) patience.toMillis());
        connection.setReadTimeout((int) patience.toMillis());
        connection.setRequestProperty("Range", "bytes=" + from + "-");
        int status;
        InputStream body;
        try {
            status = connection.getResponseCode();
            body = status == OK || status == PARTIAL ? connection.getInputStream() : InputStream.nullInputStream();
        } catch (IOException e) {
            throw new Broken("" + e);
        }
        try {
            if (status != OK && status != PARTIAL) {
                throw new Broken("the server answered " + status);
            }
            String range = connection.getHeaderField("Content-Range");
            if (status == PARTIAL && (range == null || !range.startsWith("bytes " + from + "-"))) {
                throw new Broken("the server sent the range '" + range + "' where " + from + " was asked for");
            }
            append(body, status == PARTIAL ? from : 0, bar);
        } finally {
            connection.disconnect(); // closing the body would read what is left of it
        }
    }

    private void append(InputStream body, long from, Progress bar) throws IOException, Broken {
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            file.truncate(from).position(from);
            byte[] buffer = new byte[BUFFER];
            long at = from;
            while (true) {
                int read;
                try {
                    read = body.read(buffer);
                } catch (IOException e) { // broken off; what came is written
                    file.force(true);
                    throw new Broken("" + e);
                }
                if (read < 0) {
                    break;
                }
                if (at + read > wanted.bytes()) {
                    file.truncate(0);
                    throw new RunException("The file at " + address + " is longer than the " + wanted.bytes()
                            + " bytes of " + wanted.file() + ": it is another file. Nothing of it is kept. Name the"
                            + " right address with --mirror.");
                }
                file.write(ByteBuffer.wrap(buffer, 0, read));
                bar.advance((at + read) / MEGABYTE - at / MEGABYTE);
                at += read;
            }
            file.force(true);
        }
    }

    private void requireDigest(Path file) throws IOException {
        MessageDigest sha256 = ArchiveStream.newSha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
        String found = HexFormat.of().formatHex(sha256.digest());
        if (found.equals(wanted.sha256())) {
            return;
        }
        if (file.equals(part)) {
            Files.delete(part); // going on with it would never help
            throw new RunException("The file from " + address + " has the SHA-256 " + found + ", expected "
                    + wanted.sha256() + ": it is damaged or another file, and was removed. Start again, or name a"
                    + " mirror with --mirror.");
        }
        throw new RunException("The file " + file + " has the SHA-256 " + found + ", expected " + wanted.sha256()
                + ". It is damaged or another file. Remove it, then start again.");
    }
}
