package alexnet.data.archive;

import alexnet.data.ImageSource;
import alexnet.image.BadImageException;
import java.util.Map;
import java.util.NoSuchElementException;

/** Pictures out of a tar, each read into memory when it is its turn. */
abstract class TarEntries implements ImageSource.Entries {
    private final TarFiles archive;
    private final long mostBytes;
    private ImageSource.Entry next;
    private boolean ended;

    TarEntries(TarFiles archive, long mostBytes) {
        this.archive = archive;
        this.mostBytes = mostBytes;
    }

    /** The next picture, made by {@link #entry}; null at the end. */
    abstract ImageSource.Entry advance();

    /** The current file of {@code files}, unless another picture was published in its place. */
    ImageSource.Entry entry(TarFiles files, String key, int label, Map<String, byte[]> patches) {
        byte[] patch = patches.get(key.substring(key.lastIndexOf('/') + 1));
        if (patch != null) {
            return new ImageSource.Entry(key, label, most -> patch);
        }
        try {
            byte[] bytes = files.read(mostBytes);
            return new ImageSource.Entry(key, label, most -> limited(bytes, most), bytes.length);
        } catch (BadImageException e) {
            return new ImageSource.Entry(key, label, most -> {
                throw e;
            });
        }
    }

    private static byte[] limited(byte[] bytes, long most) throws BadImageException {
        if (bytes.length > most) {
            throw new BadImageException("the file has " + bytes.length + " bytes, at most " + most + " are accepted");
        }
        return bytes;
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            next = advance();
            ended = next == null;
        }
        return next != null;
    }

    @Override
    public ImageSource.Entry next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The archive has no more pictures.");
        }
        ImageSource.Entry result = next;
        next = null;
        return result;
    }

    @Override
    public void close() {
        archive.close();
    }
}
