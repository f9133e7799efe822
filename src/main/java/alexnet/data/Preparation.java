package alexnet.data;

import alexnet.config.UsageException;
import alexnet.image.ColourSums;
import alexnet.image.ImageLimits;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes a prepared folder: each picture's shorter side to {@code size} and the central square of that ({@code §2}),
 * spread over tar shards, and the training split's mean image and colour statistics.
 *
 * <p>The files' bytes depend on source and options only: not on the number of workers, and not on how often the program
 * was killed and started again, which goes on where it was. Damaged pictures are listed in {@code quarantine.tsv} and
 * left out. The folder gets its name when it is whole.
 */
public final class Preparation {
    /**
     * What is wanted.
     *
     * @param size side of the squares in pixels; the paper's 256
     * @param store how they are kept
     * @param workers threads
     * @param limits how large a picture may be
     * @param perShard pictures in a shard, about
     * @param checkpointEvery pictures between the points from which a killed preparation goes on
     * @param allowPartial whether pictures that the source should have may be missing
     */
    public record Options(
            int size,
            Store store,
            int workers,
            ImageLimits limits,
            int perShard,
            int checkpointEvery,
            boolean allowPartial) {
        /** Pictures in a shard unless another number is asked for: 300 MB of JPEG at 256 pixels. */
        public static final int PER_SHARD = 8192;

        /** Pictures between two checkpoints unless another number is asked for. */
        public static final int CHECKPOINT_EVERY = 8192;

        /** Checks the ranges. */
        public Options {
            if (size < 8 || size > 2048 || workers < 1) {
                throw new UsageException("Preparation has size " + size + " and " + workers
                        + " workers, expected a size of 8 to 2048 and 1 worker or more. Correct them.");
            }
            if (perShard < 1 || checkpointEvery < 1) {
                throw new UsageException("Preparation has " + perShard + " pictures per shard and a checkpoint every "
                        + checkpointEvery + ", expected 1 or more of each. Correct them.");
            }
        }

        /**
         * @param size side of the squares in pixels
         * @param store how they are kept
         * @param workers threads
         * @param limits how large a picture may be
         */
        public Options(int size, Store store, int workers, ImageLimits limits) {
            this(size, store, workers, limits, PER_SHARD, CHECKPOINT_EVERY, false);
        }

        /**
         * @param size side of the squares in pixels
         * @return a worker for each core, the store that suits the size, the limits for one's own collections
         */
        public static Options of(int size) {
            int cores = Runtime.getRuntime().availableProcessors();
            return new Options(size, Store.AUTO, cores, ImageLimits.COLLECTION);
        }

        /** The store that was meant. */
        Store kept() {
            return store.resolve(size);
        }
    }

    private final ImageSource source;
    private final Options options;
    private final Progress.Factory progress;

    private Preparation(ImageSource source, Options options, Progress.Factory progress) {
        this.source = source;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Prepares a collection, or goes on with it.
     *
     * @param source the collection
     * @param out the folder to make; must be absent or empty
     * @param options what is wanted
     * @param progress shows pictures per second
     * @return the new folder's manifest
     * @throws UsageException if {@code out} is not empty or cannot be made, or was begun with other pictures or options
     * @throws RunException if writing fails, pictures are missing, or a class is left without a picture to learn from
     */
    public static Manifest run(ImageSource source, Path out, Options options, Progress.Factory progress) {
        requireFree(out);
        try (Unfinished unfinished = Unfinished.open(out)) {
            if (!unfinished.isWhole()) {
                new Preparation(source, options, progress).fill(unfinished);
            }
            unfinished.publish();
            return PreparedFolder.manifest(out);
        } catch (IOException e) {
            throw new RunException(
                    "Writing the prepared data for " + out + " failed: " + e.getMessage() + " (" + free(out)
                            + "). Make room or mend what is wrong, then start the same command again: it goes on from"
                            + " its last checkpoint.",
                    e);
        }
    }

    private static void requireFree(Path out) {
        try {
            if (Files.isDirectory(out)) {
                try (Stream<Path> found = Files.list(out)) {
                    if (found.findAny().isEmpty()) {
                        return;
                    }
                }
            } else if (!Files.exists(out)) {
                return;
            }
        } catch (IOException e) {
            throw new UsageException("The folder " + out + " cannot be read (" + e + "). Choose another one.", e);
        }
        throw new UsageException("There is something at " + out
                + " already, expected no such folder or an empty one. Choose another one or remove it.");
    }

    private static String free(Path out) {
        try {
            Path parent = out.toAbsolutePath().normalize().getParent();
            return (Files.getFileStore(parent).getUsableSpace() >> 20) + " MB are free there";
        } catch (IOException e) {
            return "how much is free there is not known";
        }
    }

    private void fill(Unfinished unfinished) throws IOException {
        PackingState state = null;
        ColourSums sums = new ColourSums(options.size());
        if (unfinished.isBegun()) {
            PackingState.Saved saved = PackingState.load(unfinished.folder(), options.size());
            state = saved.state();
            requireSame(state.begun(), unfinished.folder());
            sums = saved.sums();
        } else {
            unfinished.clear();
        }
        PackingState end = packAll(unfinished, state, sums);
        requireComplete(end, unfinished);
        requireAllClasses(end, unfinished);
        new PreparedFiles(unfinished.folder(), source, options).write(end, sums);
    }

    /** Going on with other options would mix two things in one folder. */
    private void requireSame(Map<String, String> begun, Path folder) {
        Map<String, String> now = begun();
        List<String> changes = new ArrayList<>();
        begun.forEach((key, before) -> {
            if (!before.equals(now.get(key))) {
                changes.add(key + " was " + before + " and is " + now.get(key));
            }
        });
        if (!changes.isEmpty()) {
            throw new UsageException("The unfinished preparation in " + folder + " was begun otherwise: "
                    + String.join("; ", changes) + ". Expected the same, to go on with it. Repeat the command as it"
                    + " was, or remove that folder to begin afresh.");
        }
    }

    private Map<String, String> begun() {
        Map<String, String> begun = new LinkedHashMap<>();
        begun.put("size", "" + options.size());
        begun.put("store", "" + options.kept());
        begun.put("pictures per shard", "" + options.perShard());
        begun.put("source", source.description());
        begun.put("seed", "" + source.seed());
        begun.put(
                "classes",
                source.classes().size() + " with hash " + source.classes().hashCode());
        source.splits().forEach(split -> begun.put(split, source.count(split) + " pictures"));
        begun.putAll(PreparedFiles.versions());
        return begun;
    }

    private PackingState packAll(Unfinished unfinished, PackingState start, ColourSums sums) throws IOException {
        long total = source.splits().stream().mapToLong(source::count).sum();
        PackingState state = start;
        try (Progress bar = progress.start("prepare", total, "img");
                PictureWorkers workers = new PictureWorkers(options)) {
            for (String split : source.splits()) {
                if (state != null && state.done().containsKey(split)) {
                    bar.advance(source.count(split));
                    continue;
                }
                if (state == null || !state.split().equals(split)) {
                    state = beginning(state, split);
                }
                state = pack(unfinished.folder(), state, workers, bar, sums);
                state.save(unfinished.folder(), sums);
            }
        }
        return state;
    }

    private PackingState beginning(PackingState before, String split) {
        int shards = SplitShards.count(source.count(split), options.perShard());
        return new PackingState(
                before == null ? begun() : before.begun(),
                before == null ? Map.of() : before.done(),
                before == null ? Map.of() : before.archives(),
                split,
                0,
                0,
                Collections.nCopies(source.classes().size(), 0L),
                "00".repeat(Manifest.newSha256().getDigestLength()),
                before == null ? 0 : before.quarantineBytes(),
                before == null ? 0 : before.missingBytes(),
                Collections.nCopies(shards, ShardWriter.Extent.NONE));
    }

    /** Packs what is left of a split; the result says that it is done. */
    private PackingState pack(Path folder, PackingState start, PictureWorkers workers, Progress bar, ColourSums sums)
            throws IOException {
        ColourSums counted = start.split().equals(ImageSource.TRAIN) ? sums : null;
        ShardFormat format = new ShardFormat(options.kept(), options.size());
        try (SplitShards shards = new SplitShards(folder, start, format, source.seed());
                SplitPacker packer = new SplitPacker(folder, start, shards, workers, bar)) {
            PackingState[] last = {start};
            Manifest.Split done = packer.pack(source, counted, saving -> {
                last[0] = saving.state(start);
                last[0].save(folder, sums);
            });
            return Differences.note(folder, last[0], done, source);
        }
    }

    private void requireComplete(PackingState end, Unfinished unfinished) throws IOException {
        if (!options.allowPartial()) {
            Differences.requireNone(unfinished.folder(), end, source.description());
        }
    }

    private void requireAllClasses(PackingState end, Unfinished unfinished) throws IOException {
        List<Long> perClass = end.done().get(ImageSource.TRAIN).perClass();
        for (int label = 0; label < source.classes().size(); label++) {
            if (perClass.get(label) == 0) {
                unfinished.discard();
                throw new RunException("The class " + source.classes().get(label) + " of " + source.description()
                        + " has no usable picture to learn from: all are damaged or missing, expected one at least."
                        + " Replace them or remove the class, then prepare again.");
            }
        }
    }

    /** The same map with one more entry. */
    static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }
}
