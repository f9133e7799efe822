package alexnet.features;

import alexnet.run.AtomicFiles;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Features while they are extracted: the rows so far in a file beside the target, and in another, replaced as a whole,
 * how many of them are safe on disk. After a kill the rows are cut back to these.
 */
final class Unfinished implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path rowsFile;
    private final Path stateFile;
    private final FileChannel channel;
    private final int header;
    private State state;

    /**
     * What is safe.
     *
     * @param origin metadata of the features; others begin anew
     * @param dim numbers in a row
     * @param next number of the first picture not yet seen
     * @param skipped pictures that could not be used
     */
    record State(Map<String, String> origin, int dim, int next, List<Skipped> skipped) {
        int rows() {
            return next - skipped.size();
        }
    }

    /**
     * A picture without features.
     *
     * @param picture its number
     * @param reason why it cannot be used
     */
    record Skipped(int picture, String reason) {}

    private Unfinished(Path rowsFile, Path stateFile, FileChannel channel, int header, State state) {
        this.rowsFile = rowsFile;
        this.stateFile = stateFile;
        this.channel = channel;
        this.header = header;
        this.state = state;
    }

    /** Opens what was left of the same work, or begins it. */
    static Unfinished open(Path target, Map<String, String> origin, int dim, int header) throws IOException {
        Path rowsFile = target.resolveSibling("." + target.getFileName() + ".unfinished");
        Path stateFile = target.resolveSibling("." + target.getFileName() + ".unfinished.json");
        AtomicFiles.createFolder(target.toAbsolutePath().getParent());
        State state = new State(origin, dim, 0, new ArrayList<>());
        if (Files.exists(stateFile) && Files.exists(rowsFile)) {
            State left = read(stateFile);
            long needed = left == null ? Long.MAX_VALUE : header + (long) left.rows() * dim * Float.BYTES;
            if (left != null && left.origin().equals(origin) && left.dim() == dim && Files.size(rowsFile) >= needed) {
                state = left;
            }
        }
        FileChannel channel = FileChannel.open(
                rowsFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Unfinished unfinished = new Unfinished(rowsFile, stateFile, channel, header, state);
        channel.truncate(unfinished.end());
        channel.position(unfinished.end());
        return unfinished;
    }

    private static State read(Path file) throws IOException {
        try {
            return JSON.readValue(file.toFile(), State.class);
        } catch (JacksonException e) {
            return null; // of another version of this program
        }
    }

    private long end() {
        return header + (long) state.rows() * state.dim() * Float.BYTES;
    }

    State state() {
        return state;
    }

    /** Adds rows and the pictures that have none. */
    void add(float[][] rows, List<Skipped> skipped) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(rows.length * state.dim() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            for (float value : row) {
                bytes.putFloat(value);
            }
        }
        write(bytes.flip(), end());
        List<Skipped> all = new ArrayList<>(state.skipped());
        all.addAll(skipped);
        state = new State(state.origin(), state.dim(), state.next() + rows.length + skipped.size(), all);
    }

    /** From now on a kill loses nothing of what was added. */
    void checkpoint() throws IOException {
        channel.force(true);
        AtomicFiles.write(stateFile, JSON.writeValueAsString(state));
    }

    /** Rows written before. Not mapped: Windows renames no file that is. */
    ByteBuffer rows(int from, int count) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(count * state.dim() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long begin = header + (long) from * state.dim() * Float.BYTES;
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, begin + bytes.position()) < 0) {
                throw new EOFException(rowsFile + " became shorter");
            }
        }
        return bytes.flip();
    }

    /** Writes what comes before and behind the rows, and moves the whole to its place. */
    void finish(byte[] before, List<ByteBuffer> behind, Path target) throws IOException {
        long at = end();
        for (ByteBuffer part : behind) {
            int length = part.remaining();
            write(part, at);
            at += length;
        }
        write(ByteBuffer.wrap(before), 0);
        channel.force(true);
        channel.close();
        AtomicFiles.move(rowsFile, target);
        Files.deleteIfExists(stateFile);
    }

    private void write(ByteBuffer bytes, long at) throws IOException {
        for (long to = at; bytes.hasRemaining(); ) {
            to += channel.write(bytes, to);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
