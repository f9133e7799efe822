package alexnet.data;

import alexnet.image.ColourSums;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Packs one split: workers read, decode, resize and encode; this thread writes the results in the source's order. At
 * most {@link #WINDOW} pictures per worker are under way, so that memory is bounded. Now and then it waits for all of
 * them and notes how far it is.
 */
final class SplitPacker implements Closeable {
    private static final int WINDOW = 4;

    /** Encoded pictures of an archive that wait in memory, at most; one larger than this waits alone. */
    private static final long MOST_HELD = 128L << 20;

    private final String split;
    private final Preparation.Options options;
    private final PictureWorkers workers;
    private final Progress bar;
    private final ArrayDeque<Future<PictureWorkers.Packed>> window = new ArrayDeque<>();
    private final ArrayDeque<Long> heldEach = new ArrayDeque<>();
    private final GrowingFile quarantine;
    private final SplitShards shards;
    private final long[] perClass;
    private byte[] contents;
    private long held;
    private long submitted;
    private long written;
    private long quarantined;

    /** Notes how far the split is. */
    @FunctionalInterface
    interface Saving {
        void save(SplitPacker packer) throws IOException;
    }

    SplitPacker(Path folder, PackingState start, SplitShards shards, PictureWorkers workers, Progress bar)
            throws IOException {
        this.split = start.split();
        this.options = workers.options();
        this.workers = workers;
        this.bar = bar;
        this.shards = shards;
        this.perClass = start.perClass().stream().mapToLong(Long::longValue).toArray();
        this.contents = HexFormat.of().parseHex(start.contents());
        this.written = start.entries();
        this.quarantined = start.quarantined();
        this.quarantine = new GrowingFile(folder.resolve(Names.QUARANTINE), start.quarantineBytes());
    }

    /** Packs what is left of a split; adds its pictures to {@code sums} unless that is null. */
    Manifest.Split pack(ImageSource source, ColourSums sums, Saving saving) throws IOException {
        try (ImageSource.Entries entries = source.entries(split)) {
            skip(entries);
            while (entries.hasNext() || !window.isEmpty()) {
                boolean pause = submitted - written > 0 && submitted % options.checkpointEvery() == 0;
                if (entries.hasNext() && !pause && hasRoom()) {
                    submit(entries.next(), sums != null);
                } else {
                    write(await(window.remove()));
                    if (window.isEmpty() && pause) {
                        checkpoint(sums, saving);
                    }
                }
            }
        }
        checkpoint(sums, saving);
        return new Manifest.Split(
                written - quarantined, quarantined, 0, HexFormat.of().formatHex(contents), perClass(), shards.finish());
    }

    /** Goes over what was dealt with before, and sees that it is still the same. */
    private void skip(ImageSource.Entries entries) throws IOException {
        byte[] found = new byte[contents.length];
        for (submitted = 0; submitted < written && entries.hasNext(); submitted++) {
            ImageSource.Entry entry = entries.next();
            found = chain(found, entry, workers.digest(entry));
            bar.advance(1);
        }
        if (submitted < written || (written > 0 && !MessageDigest.isEqual(found, contents))) {
            throw new RunException("The first " + written + " pictures of " + split
                    + " are not those with which the preparation was begun: the source has changed since. Put it back"
                    + " as it was, or remove the unfinished folder to begin afresh.");
        }
    }

    private boolean hasRoom() {
        return window.size() < WINDOW * options.workers() && (held < MOST_HELD || window.isEmpty());
    }

    private void submit(ImageSource.Entry entry, boolean counted) {
        long number = submitted++;
        held += entry.held();
        heldEach.add(entry.held());
        window.add(workers.submit(number, entry, counted));
    }

    private PictureWorkers.Packed await(Future<PictureWorkers.Packed> future) {
        held -= heldEach.remove();
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException("The preparation was interrupted. Start it again: it goes on.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RunException failed ? failed : new RunException("" + e.getCause(), e);
        }
    }

    private void write(PictureWorkers.Packed packed) throws IOException {
        ImageSource.Entry entry = packed.entry();
        contents = chain(contents, entry, packed.digest());
        long number = written++;
        if (packed.reason() != null) {
            quarantined++;
            String line = split + "\t" + plain(entry.key()) + "\t" + plain(packed.reason()) + "\n";
            quarantine.append(line.getBytes(StandardCharsets.UTF_8));
            bar.message(quarantined + " quarantined");
        } else {
            shards.append(number, packed);
            if (entry.label() >= 0) {
                perClass[entry.label()]++;
            }
        }
        bar.advance(1);
    }

    private static byte[] chain(byte[] before, ImageSource.Entry entry, byte[] digest) {
        MessageDigest sha256 = Manifest.newSha256();
        sha256.update(before);
        sha256.update((entry.key() + "\n" + entry.label() + "\n").getBytes(StandardCharsets.UTF_8));
        return sha256.digest(digest);
    }

    private void checkpoint(ColourSums sums, Saving saving) throws IOException {
        if (sums != null) {
            workers.collect(sums);
        }
        quarantine.sync();
        saving.save(this);
    }

    /** How far it is; all of it is on disk. */
    PackingState state(PackingState before) throws IOException {
        return new PackingState(
                before.begun(),
                before.done(),
                before.archives(),
                split,
                written,
                quarantined,
                perClass(),
                HexFormat.of().formatHex(contents),
                quarantine.length(),
                before.missingBytes(),
                shards.sync());
    }

    private List<Long> perClass() {
        List<Long> list = new ArrayList<>();
        for (long count : perClass) {
            list.add(count);
        }
        return list;
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** Pictures under way are waited for: they read from files that are about to be closed. */
    @Override
    public void close() throws IOException {
        window.forEach(future -> future.cancel(false));
        try (quarantine) {
            shards.close();
        }
    }
}
