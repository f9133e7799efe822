package alexnet.cli;

import alexnet.config.UsageException;
import alexnet.data.FolderSource;
import alexnet.data.Preparation;
import alexnet.data.scenes.Scenes;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data set that the program draws itself, made when it is first wanted. */
final class BuiltInScenes {
    private static final long SEED = 2012;
    private static final Path FOLDER = Path.of("data", "scenes");

    private BuiltInScenes() {}

    /** Pictures per class of the whole set, one tenth for validation and one for the test. */
    static Scenes.Size size(int trainPerClass) {
        int tenth = Math.max(1, trainPerClass / 8);
        return new Scenes.Size(trainPerClass, Math.max(1, tenth * 6 / 10), tenth);
    }

    /**
     * @param trainPerClass training pictures of each class
     * @param side side of the prepared squares in pixels
     * @param progress shows drawing and preparation
     * @return the prepared folder, made if absent
     */
    static Path prepared(int trainPerClass, int side, Progress.Factory progress) {
        Path out = FOLDER.resolve("prepared-" + trainPerClass + "x10-" + side);
        if (!Files.exists(out)) {
            prepare(trainPerClass, out, Preparation.Options.of(side), progress);
        }
        return out;
    }

    /** Draws the pictures, unless that was done before, and prepares them. */
    static void prepare(int trainPerClass, Path out, Preparation.Options options, Progress.Factory progress) {
        if (trainPerClass < 1) {
            throw new UsageException("Source scenes has " + trainPerClass
                    + " pictures per class, expected 1 or more. Write scenes:800, for example.");
        }
        Path pictures = pictures(trainPerClass, progress);
        Preparation.run(FolderSource.open(pictures, 0, SEED), out, options, progress);
    }

    /** Draws the pictures, unless that was done before. */
    static Path pictures(int trainPerClass, Progress.Factory progress) {
        Path pictures = FOLDER.resolve("pictures-" + trainPerClass + "x10");
        try {
            if (!Files.isDirectory(pictures)) {
                Scenes.write(pictures, size(trainPerClass), SEED, progress);
            }
        } catch (IOException e) {
            throw new RunException(
                    "Scenes cannot be drawn into " + pictures + " (" + e.getMessage()
                            + "), expected a writable place with free space. Mend that and try again.",
                    e);
        }
        return pictures;
    }
}
