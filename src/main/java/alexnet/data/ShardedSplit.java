package alexnet.data;

import alexnet.image.BadImageException;
import alexnet.image.StoredJpeg;
import alexnet.run.RunException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * One split of a {@link PreparedFolder}. Reads are positional and share nothing but the open files; a mapped file would
 * end the whole program at a read error. A thread that is interrupted while it reads closes the file for all: readers
 * must be ended by other means.
 */
final class ShardedSplit implements ImageSplit {
    private static final int FETCH_BYTES = 1 << 20;

    private final String name;
    private final int side;
    private final Store store;
    private final SplitIndex index;
    private final List<Path> files = new ArrayList<>();
    private final List<FileChannel> channels = new ArrayList<>();

    private ShardedSplit(String name, int side, Store store, SplitIndex index) {
        this.name = name;
        this.side = side;
        this.store = store;
        this.index = index;
    }

    /** Opens a split; the exception's message is a reason. */
    static ShardedSplit open(Path folder, String name, Manifest manifest) throws IOException {
        List<Manifest.Shard> shards = manifest.splits().get(name).shards();
        ShardFormat format = new ShardFormat(manifest.store(), manifest.size());
        SplitIndex index = SplitIndex.read(folder, shards, manifest.classes().size(), format);
        if (index.size() != manifest.splits().get(name).images()) {
            throw new IOException(Names.MANIFEST + " says that " + name + " has "
                    + manifest.splits().get(name).images() + " pictures, its shards have " + index.size());
        }
        ShardedSplit split = new ShardedSplit(name, manifest.size(), manifest.store(), index);
        try {
            for (Manifest.Shard shard : shards) {
                split.add(folder.resolve(shard.file()), shard.bytes());
            }
        } catch (IOException e) {
            split.close();
            throw e;
        }
        return split;
    }

    private void add(Path file, long bytes) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("the file " + file.getFileName() + " is missing");
        }
        if (Files.size(file) != bytes) {
            throw new IOException(
                    "the file " + file.getFileName() + " has " + Files.size(file) + " bytes, expected " + bytes);
        }
        files.add(file);
        channels.add(FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return index.size();
    }

    @Override
    public int side() {
        return side;
    }

    @Override
    public int label(int i) {
        return index.label(i);
    }

    @Override
    public String key(int i) {
        return index.key(i);
    }

    @Override
    public int[] shardEnds() {
        return index.shardEnds();
    }

    @Override
    public void read(int i, byte[] rgb) {
        try {
            int pixels = 3 * side * side;
            if (store == Store.RAW && (index.length(i) != pixels || rgb.length != pixels)) {
                throw new IOException(
                        "it has " + index.length(i) + " bytes for " + rgb.length + ", expected " + pixels);
            }
            byte[] picture = store == Store.RAW ? rgb : new byte[index.length(i)];
            ByteBuffer buffer = ByteBuffer.wrap(picture);
            FileChannel channel = channels.get(index.shard(i));
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, index.offset(i) + buffer.position()) < 0) {
                    throw new EOFException("the file ends early");
                }
            }
            if (ShardFormat.checksum(picture) != index.checksum(i)) {
                throw new IOException("its checksum differs from the index");
            }
            if (store == Store.JPEG) {
                StoredJpeg.decode(picture, side, rgb);
            }
        } catch (IOException | BadImageException e) {
            throw new RunException(
                    "The picture " + key(i) + " (" + files.get(index.shard(i)) + " at byte " + index.offset(i)
                            + ") cannot be read: " + e.getMessage() + ". The file has changed since it was made or"
                            + " the disk fails: prepare the pictures again.",
                    e);
        }
    }

    @Override
    public void fetch(int shard) {
        ByteBuffer part = ByteBuffer.allocateDirect(FETCH_BYTES);
        FileChannel channel = channels.get(shard);
        try {
            long at = 0;
            for (int read = channel.read(part, at); read >= 0; read = channel.read(part.clear(), at)) {
                at += read;
            }
        } catch (IOException e) {
            throw new RunException("The shard " + files.get(shard) + " cannot be read: " + e + ". Check the disk.", e);
        }
    }

    void close() {
        for (int i = 0; i < channels.size(); i++) {
            try {
                channels.get(i).close();
            } catch (IOException e) {
                throw new RunException("Closing " + files.get(i) + " failed: " + e + ". Check the disk.", e);
            }
        }
    }
}
