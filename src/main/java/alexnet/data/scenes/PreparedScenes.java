package alexnet.data.scenes;

import alexnet.data.FolderSource;
import alexnet.data.Preparation;
import alexnet.data.PreparedData;
import alexnet.run.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Drawn scenes, ready for training, made when they are first wanted. */
public final class PreparedScenes {
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
     * @throws IOException if a scene cannot be drawn
     * @throws alexnet.run.RunException if preparing fails
     */
    public static PreparedData open(Path folder, Scenes.Size perClass, int size) throws IOException {
        return PreparedData.open(folder(folder, perClass, size));
    }

    /**
     * As {@link #open}, for what reads the folder itself.
     *
     * @param folder where scenes of all sizes are kept
     * @param perClass pictures of each of the ten classes
     * @param size side of the prepared squares in pixels
     * @return the prepared folder, made if absent
     * @throws IOException if a scene cannot be drawn
     * @throws alexnet.run.RunException if preparing fails
     */
    public static Path folder(Path folder, Scenes.Size perClass, int size) throws IOException {
        String name = perClass.train() + "-" + perClass.val() + "-" + perClass.test();
        Path prepared = folder.resolve("prepared-" + name + "-" + size);
        if (!Files.exists(prepared)) {
            Path pictures = folder.resolve("pictures-" + name);
            if (!Files.isDirectory(pictures)) {
                Scenes.write(pictures, perClass, SEED, Progress.SILENT);
            }
            FolderSource source = FolderSource.open(pictures, 0, SEED);
            Preparation.run(source, prepared, Preparation.Options.of(size), Progress.SILENT);
        }
        return prepared;
    }
}
