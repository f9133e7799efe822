package alexnet.data.scenes;

import alexnet.data.FolderSource;
import alexnet.data.Preparation;
import alexnet.data.PreparedData;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Drawn scenes, ready for training, made when they are first wanted. */
public final class PreparedScenes {
    /** Of the drawing, and of the order of the prepared pictures. */
    private static final long SEED = 2012;

    private PreparedScenes() {}

    /**
     * Opens prepared scenes, after drawing and preparing them if that was not done before. Folders appear whole or not
     * at all, so that what is there can be used.
     *
     * @param folder where scenes of all sizes are kept
     * @param perClass pictures of each of the ten classes, as {@link Scenes#write} counts them
     * @param size side of the prepared squares in pixels
     * @return the opened collection, to be closed
     * @throws RunException if a scene cannot be drawn or preparing fails
     */
    public static PreparedData open(Path folder, Scenes.Size perClass, int size) {
        return PreparedData.open(folder(folder, perClass, size));
    }

    /**
     * As {@link #open}, for what reads the folder itself.
     *
     * @param folder where scenes of all sizes are kept
     * @param perClass pictures of each of the ten classes
     * @param size side of the prepared squares in pixels
     * @return the prepared folder, made if absent
     * @throws RunException if a scene cannot be drawn or preparing fails
     */
    public static Path folder(Path folder, Scenes.Size perClass, int size) {
        return folder(folder, perClass, size, Progress.SILENT);
    }

    /**
     * As {@link #open}, for what reads the folder itself and wants to be told how far it is.
     *
     * @param folder where scenes of all sizes are kept
     * @param perClass pictures of each of the ten classes
     * @param size side of the prepared squares in pixels
     * @param progress shows drawing and preparation
     * @return the prepared folder, made if absent
     * @throws RunException if a scene cannot be drawn or preparing fails
     */
    public static Path folder(Path folder, Scenes.Size perClass, int size, Progress.Factory progress) {
        Path prepared = folder.resolve("prepared-" + name(perClass) + "-" + size);
        if (!Files.exists(prepared)) {
            Preparation.run(source(folder, perClass, progress), prepared, Preparation.Options.of(size), progress);
        }
        return prepared;
    }

    /**
     * @param folder where scenes of all sizes are kept
     * @param perClass pictures of each of the ten classes
     * @param progress shows the drawing
     * @return the drawn pictures to be prepared, made if absent
     * @throws RunException if a scene cannot be drawn
     */
    public static FolderSource source(Path folder, Scenes.Size perClass, Progress.Factory progress) {
        return FolderSource.open(pictures(folder, perClass, progress), 0, SEED);
    }

    /**
     * @param folder where scenes of all sizes are kept
     * @param perClass pictures of each of the ten classes
     * @param progress shows the drawing
     * @return the folder of drawn pictures, made if absent
     * @throws RunException if a scene cannot be drawn
     */
    public static Path pictures(Path folder, Scenes.Size perClass, Progress.Factory progress) {
        Path pictures = folder.resolve("pictures-" + name(perClass));
        try {
            if (!Files.isDirectory(pictures)) {
                Scenes.write(pictures, perClass, SEED, progress);
            }
        } catch (IOException e) {
            throw new RunException(
                    "Scenes cannot be drawn into " + pictures + " (" + e.getMessage()
                            + "), expected a writable place with free space. Mend that and try again.",
                    e);
        }
        return pictures;
    }

    private static String name(Scenes.Size perClass) {
        return perClass.train() + "-" + perClass.val() + "-" + perClass.test();
    }
}
