package alexnet.data.archive;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** An archive file's bytes, unzipped if it is zipped, and the SHA-256 of the file. */
final class ArchiveStream extends FilterInputStream {
    private static final int BUFFER = 1 << 18;

    private final DigestInputStream file;
    private final long size;

    private ArchiveStream(InputStream bytes, DigestInputStream file, long size) {
        super(bytes);
        this.file = file;
        this.size = size;
    }

    static ArchiveStream open(Path path) throws IOException {
        DigestInputStream file =
                new DigestInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER), newSha256());
        try {
            if (!isZipped(path)) {
                return new ArchiveStream(file, file, Files.size(path));
            }
            InputStream unzipped = new BufferedInputStream(new GZIPInputStream(file, BUFFER), BUFFER);
            return new ArchiveStream(unzipped, file, Long.MAX_VALUE);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static boolean isZipped(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    /** Length of the unzipped bytes; {@link Long#MAX_VALUE} where that is not known. */
    long size() {
        return size;
    }

    /** Reads over the bytes: the digest must see all of them. */
    @Override
    public long skip(long count) throws IOException {
        byte[] over = new byte[(int) Math.max(0, Math.min(BUFFER, count))];
        return Math.max(0, read(over, 0, over.length));
    }

    /** Reads what is left and gives the whole file's digest. */
    String finish() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
        file.transferTo(OutputStream.nullOutputStream()); // bytes behind the zipped ones
        return HexFormat.of().formatHex(file.getMessageDigest().digest());
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
