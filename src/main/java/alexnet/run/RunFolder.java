package alexnet.run;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.config.UsageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Supplier;

/**
 * The folder of one run: {@code recipe.yaml}, {@code provenance.json}, {@code data.txt}, {@code metrics.jsonl},
 * {@code checkpoints/} and, at the end, {@code model.zip}.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {
    private static final String RECIPE = "recipe.yaml";
    private static final String PROVENANCE = "provenance.json";
    private static final String DATA = "data.txt";
    private static final String LOCK = ".lock";

    /**
     * @param path the folder of a run to be
     * @throws UsageException if there is something of that name already
     */
    public static void requireFree(Path path) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException("Run folder " + path + " exists, expected a new name. Choose another with --run,"
                    + " or go on with --resume " + path + ".");
        }
    }

    /**
     * @param path the folder to make; its parents are made too
     * @param recipe the resolved recipe
     * @param provenance where the run comes from
     * @param data the folder of prepared data, noted relative to the run's
     * @return the new folder
     * @throws UsageException if there is such a folder already or it cannot be made
     */
    public static RunFolder create(Path path, Recipe recipe, Provenance provenance, Path data) {
        requireFree(path);
        RunFolder folder = new RunFolder(path);
        try {
            AtomicFiles.createFolder(path.toAbsolutePath().getParent());
            Files.createDirectory(path);
        } catch (IOException e) {
            throw new UsageException(
                    "Run folder " + path + " cannot be made (" + e + "), expected a writable place. Choose another with"
                            + " --runs.",
                    e);
        }
        try {
            Files.createDirectory(folder.checkpoints());
            AtomicFiles.write(path.resolve(RECIPE), Recipes.toYaml(recipe));
            AtomicFiles.write(path.resolve(PROVENANCE), provenance.toJson());
            AtomicFiles.write(path.resolve(DATA), folder.relative(data) + "\n");
        } catch (IOException e) {
            folder.discard();
            throw new RunException(
                    "Run folder " + path + " cannot be filled (" + e + "), expected a writable place with free space."
                            + " Nothing is left of it. Mend that, then start the run again.",
                    e);
        }
        return folder;
    }

    private void discard() {
        for (String name : List.of("checkpoints", RECIPE, PROVENANCE, DATA, "")) {
            try {
                Files.deleteIfExists(path.resolve(name));
            } catch (IOException e) {
                throw new RunException("Unfinished run folder " + path + " cannot be removed (" + e + ").", e);
            }
        }
    }

    /**
     * @param path a folder that {@link #create} made
     * @return it
     * @throws UsageException if it is not a run's folder
     */
    public static RunFolder open(Path path) {
        RunFolder folder = new RunFolder(path);
        if (!Files.isRegularFile(path.resolve(RECIPE)) || !Files.isDirectory(folder.checkpoints())) {
            throw new UsageException("Folder " + path
                    + " holds no recipe.yaml and checkpoints, expected a run's folder. Name one under runs/.");
        }
        return folder;
    }

    /**
     * Does something while no other program may do so in this folder, having removed what a killed one left unfinished.
     * The system lifts the lock if this program is killed.
     *
     * @param <T> what it results in
     * @param work what to do
     * @return the result
     * @throws UsageException if another program is at it
     */
    public <T> T hold(Supplier<T> work) {
        try (FileChannel channel =
                FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!locked(channel)) {
                throw new UsageException("Run folder " + path + " is in use, expected that no other program trains in"
                        + " it. Wait for that one or end it.");
            }
            AtomicFiles.removeUnfinished(path);
            AtomicFiles.removeUnfinished(checkpoints());
            return work.get();
        } catch (IOException e) {
            throw new RunException(
                    "Run folder " + path + " cannot be locked (" + e + "), expected a writable folder. Mend that, then"
                            + " try again.",
                    e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) { // held by this very program
            return false;
        }
    }

    /** @return the recipe that the run goes by: that of its start, with the changes made on resuming */
    public Recipe recipe() {
        Path file = recipeFile();
        try {
            return Recipes.parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new RunException(
                    "Recipe " + file + " cannot be read (" + e + "), expected a readable file. Mend that.", e);
        }
    }

    /** @param changed what the run goes by from now on */
    public void replaceRecipe(Recipe changed) {
        try {
            AtomicFiles.write(recipeFile(), Recipes.toYaml(changed));
        } catch (IOException e) {
            throw new RunException(
                    "Recipe " + recipeFile() + " cannot be replaced (" + e + "), expected a writable place with free"
                            + " space. Mend that, then try again.",
                    e);
        }
    }

    /** @return the file that {@link #recipe()} reads */
    public Path recipeFile() {
        return path.resolve(RECIPE);
    }

    /** @return the folder of prepared data that the run was started with, wherever the program runs now */
    public Path data() {
        Path file = path.resolve(DATA);
        try {
            return path.toRealPath().resolve(Files.readString(file).strip()).normalize();
        } catch (IOException e) {
            throw new UsageException(
                    "File " + file + " cannot be read (" + e + "), expected the place of the run's data. Name the data"
                            + " with --data.",
                    e);
        }
    }

    /** Relative, so that runs and data may be moved together. */
    private Path relative(Path data) throws IOException {
        Path from = path.toRealPath();
        Path to = data.toRealPath();
        return from.getRoot().equals(to.getRoot()) ? from.relativize(to) : to;
    }

    /** @return the folder of checkpoints */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** @return the log of measurements */
    public Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    /** @return where the run comes from, as JSON */
    public Path provenance() {
        return path.resolve(PROVENANCE);
    }

    /** @return the exported model */
    public Path model() {
        return path.resolve("model.zip");
    }
}
