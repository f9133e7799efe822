package alexnet.data;

import alexnet.image.BadImageException;
import alexnet.image.ColourSums;
import alexnet.image.ImageDecoder;
import alexnet.image.Resize;
import alexnet.image.RgbImage;
import alexnet.image.StoredJpeg;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that turn encoded pictures into what is written of them. */
final class PictureWorkers implements AutoCloseable {
    private final Preparation.Options options;
    private final ShardFormat format;
    private final ImageDecoder decoder;
    private final ExecutorService threads;
    private final Queue<ColourSums> sums = new ConcurrentLinkedQueue<>();

    /**
     * A picture that is done.
     *
     * @param entry what it was
     * @param digest SHA-256 of its encoded bytes
     * @param record what is written to a shard; null if it cannot be used
     * @param length of the prepared picture within the record
     * @param checksum of the prepared picture
     * @param reason why it cannot be used, or null
     */
    record Packed(ImageSource.Entry entry, byte[] digest, byte[] record, int length, int checksum, String reason) {}

    PictureWorkers(Preparation.Options options) {
        this.options = options;
        this.format = new ShardFormat(options.kept(), options.size());
        this.decoder = new ImageDecoder(options.limits(), true);
        this.threads = Executors.newFixedThreadPool(options.workers(), task -> {
            Thread thread = new Thread(task, "prepare");
            thread.setDaemon(true);
            return thread;
        });
    }

    Preparation.Options options() {
        return options;
    }

    /**
     * @param number of the picture in its source's split
     * @param counted whether its pixels are added to the sums
     */
    Future<Packed> submit(long number, ImageSource.Entry entry, boolean counted) {
        return threads.submit(() -> work(number, entry, counted));
    }

    /** Moves the sums of all pictures that are done into {@code all}; none may be under way. */
    void collect(ColourSums all) {
        for (ColourSums part = sums.poll(); part != null; part = sums.poll()) {
            all.add(part);
        }
    }

    /** The digest of a picture's encoded bytes, or of the reason why it cannot be read. */
    byte[] digest(ImageSource.Entry entry) {
        try {
            return Manifest.newSha256()
                    .digest(entry.bytes().read(options.limits().bytes()));
        } catch (BadImageException | IOException e) {
            return digest(e);
        }
    }

    private static byte[] digest(Exception e) {
        return Manifest.newSha256().digest(("" + e.getMessage()).getBytes(StandardCharsets.UTF_8));
    }

    private Packed work(long number, ImageSource.Entry entry, boolean counted) {
        byte[] digest = null;
        try {
            byte[] encoded = entry.bytes().read(options.limits().bytes());
            digest = Manifest.newSha256().digest(encoded);
            if (entry.key().chars().anyMatch(Character::isISOControl)) {
                throw new BadImageException("its name has control characters");
            }
            byte[] rgb;
            try (RgbImage image = decoder.decode(encoded, options.size())) {
                rgb = Resize.square(image, options.size());
            }
            byte[] picture = options.kept() == Store.RAW ? rgb : StoredJpeg.encode(rgb, options.size());
            if (counted) {
                add(rgb);
            }
            byte[] record = format.encode(number, entry.key(), entry.label(), picture);
            return new Packed(entry, digest, record, picture.length, ShardFormat.checksum(picture), null);
        } catch (BadImageException e) {
            return new Packed(entry, digest == null ? digest(e) : digest, null, 0, 0, e.getMessage());
        } catch (IOException e) {
            return new Packed(entry, digest(e), null, 0, 0, "it cannot be read: " + e);
        } catch (Throwable e) {
            throw new RunException(
                    "Preparing " + entry.key() + " failed: " + e
                            + ". Remove this picture and prepare again, and report it.",
                    e);
        }
    }

    private void add(byte[] rgb) {
        ColourSums part = sums.poll();
        part = part == null ? new ColourSums(options.size()) : part;
        part.add(rgb);
        sums.add(part);
    }

    /** Ends the threads; pictures under way are dropped. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
