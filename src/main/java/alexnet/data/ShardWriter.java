package alexnet.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One shard under construction and its index; both grow at their ends only, and can be cut back to an earlier length. */
final class ShardWriter implements Closeable {
    /**
     * How far a shard has come.
     *
     * @param images pictures in it
     * @param bytes length of the tar, without its end
     * @param indexBytes length of the index
     */
    record Extent(long images, long bytes, long indexBytes) {
        static final Extent NONE = new Extent(0, 0, 0);
    }

    private final String name;
    private final GrowingFile tar;
    private final GrowingFile index;
    private long images;

    /** Opens a shard and forgets what lies behind {@code extent}. */
    ShardWriter(Path folder, String name, Extent extent) throws IOException {
        this.name = name;
        this.images = extent.images();
        this.tar = new GrowingFile(folder.resolve(name), extent.bytes());
        try {
            this.index = new GrowingFile(folder.resolve(Names.index(name)), extent.indexBytes());
        } catch (IOException e) {
            tar.close();
            throw e;
        }
    }

    /** Appends what {@link ShardFormat#encode} gave. */
    void append(ShardFormat format, String key, int label, int length, int checksum, byte[] record) throws IOException {
        String line = SplitIndex.line(key, label, tar.length() + format.pictureOffset(), length, checksum);
        tar.append(record);
        index.append(line.getBytes(StandardCharsets.UTF_8));
        images++;
    }

    /** Forces all to disk. */
    Extent sync() throws IOException {
        tar.sync();
        index.sync();
        return new Extent(images, tar.length(), index.length());
    }

    /** Ends the tar and forces all to disk. */
    Manifest.Shard finish() throws IOException {
        tar.append(ShardFormat.end());
        sync();
        return new Manifest.Shard(name, images, tar.length(), tar.sha256(), index.sha256());
    }

    @Override
    public void close() throws IOException {
        try (tar) {
            index.close();
        }
    }
}
