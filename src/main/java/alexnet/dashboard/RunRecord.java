package alexnet.dashboard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.core.storage.Persistable;

/** What the page of error rates shows, one piece at a time, in the library's {@code StatsStorage}. */
public final class RunRecord implements Persistable {
    /** The library's name for the kind of record. */
    public static final String TYPE_ID = "AlexNetRun";

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;
    private static final AtomicLong STAMP = new AtomicLong();

    /** What a record is about. */
    enum Kind {
        /** The run: recipe, provenance, whether it is finished. Static: a later one replaces it. */
        ABOUT,
        /** Where the training stands now. Static. */
        NOW,
        /** One line of {@code metrics.jsonl}. */
        LINE,
        /** The log was cut back: all lines before this are void. */
        RESET,
        /** Kernels and examples of one epoch. */
        PICTURES
    }

    private String session;
    private long stamp;
    private Kind kind;
    private String json;

    /** For the library, which decodes into it. */
    public RunRecord() {}

    /**
     * @param session the run
     * @param kind what it is about
     * @param json its contents
     */
    RunRecord(String session, Kind kind, String json) {
        this.session = session;
        this.stamp = nextStamp();
        this.kind = kind;
        this.json = json;
    }

    /** Milliseconds, each later than the one before: the storage replaces a record of an equal time. */
    private static long nextStamp() {
        return STAMP.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis()));
    }

    Kind kind() {
        return kind;
    }

    String json() {
        return json;
    }

    @Override
    public String getSessionID() {
        return session;
    }

    @Override
    public String getTypeID() {
        return TYPE_ID;
    }

    /** By kind, since static records replace those of the same worker. */
    @Override
    public String getWorkerID() {
        return kind == Kind.NOW ? "now" : "run";
    }

    @Override
    public long getTimeStamp() {
        return stamp;
    }

    @Override
    public int encodingLengthBytes() {
        return encode().length;
    }

    @Override
    public byte[] encode() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            encode(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void encode(ByteBuffer buffer) {
        buffer.put(encode());
    }

    @Override
    public void encode(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        out.writeByte(VERSION);
        out.writeUTF(session);
        out.writeLong(stamp);
        out.writeUTF(kind.name());
        out.writeInt(text.length);
        out.write(text);
        out.flush();
    }

    @Override
    public void decode(byte[] bytes) {
        try {
            decode(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void decode(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        decode(bytes);
    }

    @Override
    public void decode(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("The record has version " + version + ", expected " + VERSION + ".");
        }
        session = in.readUTF();
        stamp = in.readLong();
        kind = Kind.valueOf(in.readUTF());
        json = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
