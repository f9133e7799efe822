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

/**
 * One split of a {@link PackedFolder}. Reads are positional and share nothing but the open file; a mapped file would
 * end the whole program at a read error. A thread that is interrupted while it reads closes the file for all: readers
 * must be ended by other means.
 */
final class PackedSplit implements ImageSplit {
    private final String name;
    private final int side;
    private final Store store;
    private final Path file;
    private final SplitIndex index;
    private final FileChannel channel;

    private PackedSplit(String name, int side, Store store, Path file, SplitIndex index) throws IOException {
        this.name = name;
        this.side = side;
        this.store = store;
        this.file = file;
        this.index = index;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    /** Opens a split; the exception's message is a reason. */
    static PackedSplit open(Path folder, String name, Manifest manifest) throws IOException {
        Path file = folder.resolve(Names.records(name));
        long count = manifest.splits().get(name).images();
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw new IOException(Names.MANIFEST + " says that " + name + " has " + count + " pictures");
        }
        SplitIndex index = SplitIndex.read(
                folder.resolve(Names.index(name)),
                (int) count,
                manifest.classes().size());
        if (!Files.isRegularFile(file)) {
            throw new IOException("the file " + file.getFileName() + " is missing");
        }
        if (Files.size(file) != index.bytes()) {
            throw new IOException("the file " + file.getFileName() + " has " + Files.size(file) + " bytes, expected "
                    + index.bytes());
        }
        return new PackedSplit(name, manifest.size(), manifest.store(), file, index);
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
    public void read(int i, byte[] rgb) {
        try {
            int pixels = 3 * side * side;
            if (store == Store.RAW && (index.length(i) != pixels || rgb.length != pixels)) {
                throw new IOException(
                        "it has " + index.length(i) + " bytes for " + rgb.length + ", expected " + pixels);
            }
            byte[] record = store == Store.RAW ? rgb : new byte[index.length(i)];
            ByteBuffer buffer = ByteBuffer.wrap(record);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, index.offset(i) + buffer.position()) < 0) {
                    throw new EOFException("the file ends early");
                }
            }
            if (SplitPacker.checksum(record) != index.checksum(i)) {
                throw new IOException("its checksum differs from the index");
            }
            if (store == Store.JPEG) {
                StoredJpeg.decode(record, side, rgb);
            }
        } catch (IOException | BadImageException e) {
            throw new RunException(
                    "The picture " + key(i) + " (record " + i + " of " + file + ") cannot be read: " + e.getMessage()
                            + ". The file has changed since it was made or the disk fails: prepare the pictures again.",
                    e);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new RunException("Closing " + file + " failed: " + e + ". Check the disk.", e);
        }
    }
}
