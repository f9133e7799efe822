package alexnet.data;

import alexnet.config.UsageException;
import alexnet.image.ColourSums;
import alexnet.image.ImageLimits;
import alexnet.image.MeanImage;
import alexnet.image.NpyFiles;
import alexnet.run.AtomicFiles;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.bytedeco.opencv.global.opencv_core;

/**
 * Makes a prepared folder: each picture's shorter side to {@code size} and the central square of that ({@code §2}),
 * and the training split's mean image and colour statistics.
 *
 * <p>The files' bytes depend on source and options only, not on the number of workers. Damaged pictures are listed in
 * {@code quarantine.tsv} and left out. The folder appears whole at the end, or not at all.
 */
public final class Preparation {
    /**
     * What is wanted.
     *
     * @param size side of the squares in pixels; the paper's 256
     * @param store how they are kept
     * @param workers threads
     * @param limits how large a picture may be
     */
    public record Options(int size, Store store, int workers, ImageLimits limits) {
        /** Checks the ranges. */
        public Options {
            if (size < 8 || size > 2048 || workers < 1) {
                throw new UsageException("Preparation has size " + size + " and " + workers
                        + " workers, expected a size of 8 to 2048 and 1 worker or more. Correct them.");
            }
        }

        /**
         * @param size side of the squares in pixels
         * @return a worker for each core, the store that suits the size, the limits for one's own collections
         */
        public static Options of(int size) {
            int cores = Runtime.getRuntime().availableProcessors();
            return new Options(size, Store.AUTO, cores, ImageLimits.COLLECTION);
        }
    }

    private final ImageSource source;
    private final Options options;
    private final Progress.Factory progress;
    private final OutputFolder.Opener opener;

    Preparation(ImageSource source, Options options, Progress.Factory progress, OutputFolder.Opener opener) {
        this.source = source;
        this.options = options;
        this.progress = progress;
        this.opener = opener;
    }

    /**
     * Prepares a collection.
     *
     * @param source the collection
     * @param out the folder to make; must be absent or empty
     * @param options what is wanted
     * @param progress shows pictures per second
     * @return the new folder's manifest
     * @throws UsageException if {@code out} is not empty or cannot be made
     * @throws RunException if writing fails, or a class is left without a picture to learn from; no folder is left
     */
    public static Manifest run(ImageSource source, Path out, Options options, Progress.Factory progress) {
        return new Preparation(source, options, progress, OutputFolder.Opener.DISK).into(out);
    }

    Manifest into(Path out) {
        requireFree(out);
        Path target = out.toAbsolutePath().normalize();
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new UsageException(
                    "The folder " + out + " cannot be made (" + e + "). Choose a place where this user may write.", e);
        }
        try {
            Manifest manifest = fill(new OutputFolder(temporary, opener));
            Files.deleteIfExists(target); // an empty folder
            AtomicFiles.move(temporary, target);
            return manifest;
        } catch (IOException e) {
            throw new RunException(
                    "Writing the prepared data for " + out + " failed: " + e.getMessage() + " (" + free(target)
                            + "). Nothing is left of it. Make room or choose another place, then prepare again.",
                    e);
        } finally {
            discard(temporary);
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

    private Manifest fill(OutputFolder folder) throws IOException {
        Store store = options.store().resolve(options.size());
        StringBuilder quarantine = new StringBuilder("split\tpath\treason\n");
        ColourSums sums = new ColourSums(options.size());
        Map<String, Manifest.Split> splits = new LinkedHashMap<>();
        long total = source.splits().stream().mapToLong(source::count).sum();
        try (Progress bar = progress.start("prepare", total, "img");
                SplitPacker packer = new SplitPacker(options, source.classes().size(), bar, quarantine)) {
            for (String split : source.splits()) {
                boolean train = split.equals(ImageSource.TRAIN);
                splits.put(split, packer.pack(split, source.entries(split), folder, train ? sums : null));
                if (train) {
                    requireAllClasses(splits.get(split));
                }
            }
        }
        folder.write(Names.CLASSES, String.join("\n", source.classes()) + "\n");
        folder.write(Names.QUARANTINE, quarantine.toString());
        folder.write(Names.COLOUR, Names.writer().writeValueAsString(sums.statistics()) + "\n");
        writeMean(folder, sums.mean());
        Map<String, String> versions = new TreeMap<>();
        versions.put("java", System.getProperty("java.version"));
        versions.put("opencv", opencv_core.CV_VERSION);
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                options.size(),
                store,
                source.description(),
                source.seed(),
                source.classes(),
                splits,
                source.ignored(),
                folder.sha256(),
                versions);
        folder.write(Names.MANIFEST, Names.writer().writeValueAsString(manifest) + "\n");
        return manifest;
    }

    private void requireAllClasses(Manifest.Split train) {
        for (int label = 0; label < source.classes().size(); label++) {
            if (train.perClass().get(label) == 0) {
                throw new RunException("The class " + source.classes().get(label) + " of " + source.description()
                        + " has no usable picture to learn from: all are damaged, expected one at least."
                        + " Replace them or remove the class, then prepare again.");
            }
        }
    }

    private static void writeMean(OutputFolder folder, MeanImage mean) throws IOException {
        try (OutputStream out = folder.create(Names.MEAN)) {
            NpyFiles.write(out, new int[] {3, mean.size(), mean.size()}, mean.planes());
        }
    }

    private static String free(Path target) {
        try {
            return (Files.getFileStore(target.getParent()).getUsableSpace() >> 20) + " MB are free there";
        } catch (IOException e) {
            return "how much is free there is not known";
        }
    }

    private static void discard(Path temporary) {
        try {
            OutputFolder.delete(temporary);
        } catch (IOException e) {
            throw new RunException(
                    "The unfinished folder " + temporary + " cannot be removed (" + e + "). Remove it by hand.", e);
        }
    }
}
