package alexnet.data;

import alexnet.image.BadImageException;
import alexnet.image.ColourSums;
import alexnet.image.ImageDecoder;
import alexnet.image.Resize;
import alexnet.image.RgbImage;
import alexnet.image.StoredJpeg;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;

/**
 * Packs splits with a pool of workers: they read, decode, resize and encode; this thread writes the results in the
 * source's order. At most {@link #WINDOW} pictures per worker are under way, so that memory is bounded.
 */
final class SplitPacker implements AutoCloseable {
    private static final int WINDOW = 4;

    private final Preparation.Options options;
    private final int classes;
    private final Progress bar;
    private final StringBuilder quarantine;
    private final ImageDecoder decoder;
    private final ExecutorService workers;

    /** A picture that is done: its record, or why it has none. */
    private record Packed(ImageSource.Entry entry, byte[] record, int checksum, String reason) {}

    SplitPacker(Preparation.Options options, int classes, Progress bar, StringBuilder quarantine) {
        this.options = options;
        this.classes = classes;
        this.bar = bar;
        this.quarantine = quarantine;
        this.decoder = new ImageDecoder(options.limits(), true);
        this.workers = Executors.newFixedThreadPool(options.workers(), task -> {
            Thread thread = new Thread(task, "prepare");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Packs one split; adds its pictures to {@code sums} unless that is null. */
    Manifest.Split pack(String split, Iterator<ImageSource.Entry> entries, OutputFolder folder, ColourSums sums)
            throws IOException {
        Queue<ColourSums> spare = new ConcurrentLinkedQueue<>();
        ArrayDeque<Future<Packed>> window = new ArrayDeque<>();
        Tally tally = new Tally(split);
        try (OutputStream records = folder.create(Names.records(split));
                OutputStream index = folder.create(Names.index(split))) {
            while (entries.hasNext() || !window.isEmpty()) {
                if (entries.hasNext() && window.size() < WINDOW * options.workers()) {
                    ImageSource.Entry entry = entries.next();
                    window.add(workers.submit(() -> work(entry, sums == null ? null : spare)));
                } else {
                    tally.write(await(window.remove()), records, index);
                }
            }
        }
        spare.forEach(part -> sums.add(part));
        return new Manifest.Split(tally.images, tally.quarantined, tally.perClassList());
    }

    private Packed work(ImageSource.Entry entry, Queue<ColourSums> spare) {
        try {
            if (entry.key().chars().anyMatch(Character::isISOControl)) {
                throw new BadImageException("its name has control characters");
            }
            byte[] rgb;
            try (RgbImage image =
                    decoder.decode(entry.bytes().read(options.limits().bytes()))) {
                rgb = Resize.square(image, options.size());
            }
            if (spare != null) {
                ColourSums sums = spare.poll();
                sums = sums == null ? new ColourSums(options.size()) : sums;
                sums.add(rgb);
                spare.add(sums);
            }
            boolean raw = options.store().resolve(options.size()) == Store.RAW;
            byte[] record = raw ? rgb : StoredJpeg.encode(rgb, options.size());
            return new Packed(entry, record, checksum(record), null);
        } catch (BadImageException e) {
            return new Packed(entry, null, 0, e.getMessage());
        } catch (IOException e) {
            return new Packed(entry, null, 0, "it cannot be read: " + e);
        } catch (Throwable e) {
            throw new RunException(
                    "Preparing " + entry.key() + " failed: " + e
                            + ". Remove this picture and prepare again, and report it.",
                    e);
        }
    }

    private static Packed await(Future<Packed> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException("The preparation was interrupted. Start it again.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RunException failed ? failed : new RunException("" + e.getCause(), e);
        }
    }

    static int checksum(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record, 0, record.length);
        return (int) crc.getValue();
    }

    /** Ends the workers; pictures under way are dropped. */
    @Override
    public void close() {
        workers.shutdownNow();
    }

    /** What has been written of one split. */
    private final class Tally {
        final String split;
        final long[] perClass = new long[classes];
        long images;
        long quarantined;
        long offset;

        Tally(String split) {
            this.split = split;
        }

        void write(Packed packed, OutputStream records, OutputStream index) throws IOException {
            ImageSource.Entry entry = packed.entry();
            bar.advance(1);
            if (packed.reason() != null) {
                quarantined++;
                quarantine.append(split + "\t" + plain(entry.key()) + "\t" + plain(packed.reason()) + "\n");
                bar.message(quarantined + " quarantined");
                return;
            }
            records.write(packed.record());
            String line =
                    SplitIndex.line(entry.key(), entry.label(), offset, packed.record().length, packed.checksum());
            index.write(line.getBytes(StandardCharsets.UTF_8));
            offset += packed.record().length;
            perClass[entry.label()]++;
            images++;
        }

        List<Long> perClassList() {
            return new ArrayList<>(Arrays.stream(perClass).boxed().toList());
        }

        private static String plain(String text) {
            return text.replaceAll("\\p{Cntrl}", " ");
        }
    }
}
