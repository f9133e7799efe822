package alexnet.data;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A file that grows at its end, and its SHA-256. */
final class GrowingFile implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final MessageDigest digest = Manifest.newSha256();
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private long length;
    private long synced = -1;

    /** Opens or makes a file and cuts it to {@code length}, which it must have. */
    GrowingFile(Path file, long length) throws IOException {
        this.length = length;
        this.channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            if (channel.size() < length) {
                throw new IOException(file.getFileName() + " has " + channel.size() + " bytes, expected the " + length
                        + " that were written before");
            }
            channel.truncate(length);
            digestPrefix();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void digestPrefix() throws IOException {
        ByteBuffer part = ByteBuffer.allocate(BUFFER);
        channel.position(0);
        while (channel.read(part.clear()) >= 0) {
            digest.update(part.flip());
        }
    }

    long length() {
        return length;
    }

    void append(byte[] bytes) throws IOException {
        buffer.writeBytes(bytes);
        length += bytes.length;
        if (buffer.size() >= BUFFER) {
            flush();
        }
    }

    private void flush() throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(buffer.toByteArray());
        digest.update(rest.duplicate());
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        buffer.reset();
    }

    /** Forces all to disk. */
    void sync() throws IOException {
        if (length != synced) {
            flush();
            channel.force(true);
            synced = length;
        }
    }

    /** The digest of all bytes; nothing may be appended after. */
    String sha256() throws IOException {
        flush();
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
