package alexnet.training;

import alexnet.bundle.ModelBundle;
import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.config.Training;
import alexnet.config.UsageException;
import alexnet.data.ImageSplit;
import alexnet.data.PreparedData;
import alexnet.model.TowerGraph;
import alexnet.pipeline.AugmentationPipeline;
import alexnet.pipeline.ImageBatches;
import alexnet.run.MetricsLog;
import alexnet.run.RunException;
import alexnet.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/** One run from its folder and data to an exported model; begins anew or goes on from the newest checkpoint. */
public final class TrainingRun {
    /** The event that a log ends with if the loss or the weights stopped being numbers. */
    public static final String DIVERGED = "diverged";

    private final RunFolder folder;
    private final Recipe recipe;
    private final PreparedData data;
    private final Settings settings;
    private final ComputationGraph graph;
    private final TrainingState start;

    /**
     * What does not change the result.
     *
     * @param workers threads that make batches
     * @param checkpointSteps steps between checkpoints within an epoch
     * @param trainer one device or several
     */
    public record Settings(int workers, int checkpointSteps, Trainer.Factory trainer) {}

    private TrainingRun(RunFolder folder, Recipe recipe, PreparedData data, Settings settings, Path resumeFrom) {
        this.folder = folder;
        this.recipe = recipe;
        this.data = data;
        this.settings = settings;
        int classes = data.classes().size();
        this.graph = TowerGraph.build(
                recipe.network(),
                recipe.training(),
                classes,
                recipe.augmentation().crop(),
                DataType.FLOAT);
        this.start = resumeFrom == null
                ? TrainingState.START
                : goal(Checkpoint.restore(resumeFrom, graph, data.manifest().digest(), Recipes.architecture(recipe))
                        .state());
    }

    /** A run that has reached its goal is at its end, unless it is resumed with another. */
    private TrainingState goal(TrainingState reached) {
        boolean same = Objects.equals(
                folder.recipe().training().stopAt(), recipe.training().stopAt());
        return same ? reached : reached.open();
    }

    /**
     * @param folder a new run's folder
     * @param recipe what to train
     * @param data what to train on
     * @param settings threads and checkpoints
     * @param initial weights to begin with, or null for random ones
     * @return a run at its start
     */
    public static TrainingRun begin(
            RunFolder folder, Recipe recipe, PreparedData data, Settings settings, InitialWeights initial) {
        TrainingRun run = new TrainingRun(folder, recipe, data, settings, null);
        if (initial != null) {
            initial.give(run.graph, recipe, data.classes());
        }
        return run;
    }

    /**
     * @param folder a run's folder with a checkpoint
     * @param recipe the run's recipe; its schedule may have been changed
     * @param data the data that the run began with
     * @param settings threads and checkpoints
     * @return the run at its newest checkpoint, its log cut back to there
     */
    public static TrainingRun resume(RunFolder folder, Recipe recipe, PreparedData data, Settings settings) {
        Path checkpoint = Checkpoint.newest(folder.checkpoints())
                .orElseThrow(
                        () -> new UsageException("Run " + folder.path() + " has no checkpoint yet, expected one in "
                                + folder.checkpoints() + ". Remove the folder and start the run again."));
        TrainingRun run = new TrainingRun(folder, recipe, data, settings, checkpoint);
        run.checkPosition(folder.recipe().training());
        try {
            MetricsLog.retain(folder.metrics(), line -> line.path("iteration").asLong(0) <= run.start.iteration());
        } catch (IOException e) {
            throw new RunException(
                    "Metrics " + folder.metrics() + " cannot be cut back (" + e
                            + "), expected a readable and writable file. Mend that, then --resume again.",
                    e);
        }
        return run;
    }

    /**
     * @param recipe a recipe
     * @param data prepared data
     * @throws UsageException if the one needs another size than the other has, a schedule names no layer of the network,
     *     or there is nothing to learn from or to measure on
     */
    public static void checkFits(Recipe recipe, PreparedData data) {
        data.requireSize(recipe.size(), "recipe " + recipe.name());
        new RateSchedule(recipe.training(), recipe.network());
        for (String split : List.of("train", "val")) {
            if (data.split(split).size() == 0) {
                throw new UsageException("The split " + split + " has no pictures, expected one at least. See"
                        + " quarantine.tsv and prepare the pictures again.");
            }
        }
    }

    /** @return where the run stands before {@link #train} */
    public TrainingState start() {
        return start;
    }

    /** @return whether {@link #train} has nothing to do: its last epoch is done, or its rule has ended it */
    public boolean isOver() {
        return start.isOver(recipe.training().epochs());
    }

    /** @return the graph in training */
    public ComputationGraph graph() {
        return graph;
    }

    /** @return pictures still to be seen before the recipe's last epoch ends */
    public long images() {
        long perEpoch = data.split("train").size();
        long seen = Math.min(perEpoch, (long) start.batch() * recipe.training().batch());
        return Math.max(0, (recipe.training().epochs() - start.epoch() + 1) * perEpoch - seen);
    }

    /**
     * Trains, writing metrics and checkpoints.
     *
     * @param listeners told besides
     * @param stop asked after each step; true ends the training with a checkpoint
     * @return where it ended
     */
    public TrainingState train(List<RunListener> listeners, BooleanSupplier stop) {
        AugmentationPipeline pipeline = AugmentationPipeline.training(recipe.augmentation(), data);
        AugmentationPipeline centre = AugmentationPipeline.evaluation(recipe.augmentation(), data);
        try (MetricsLog log = new MetricsLog(folder.metrics());
                Trainer trainer = settings.trainer().on(graph, recipe.training().precision());
                ImageBatches training = batches("train", pipeline, true);
                ImageBatches validation = batches("val", centre, false)) {
            List<RunListener> all = new ArrayList<>(List.of(
                    new MetricsListener(log),
                    new CheckpointListener(
                            folder.checkpoints(),
                            graph,
                            data.manifest().digest(),
                            Recipes.architecture(recipe),
                            settings.checkpointSteps())));
            all.addAll(listeners);
            return new TrainingLoop(
                            recipe.training(),
                            new RateSchedule(recipe.training(), recipe.network()),
                            trainer,
                            new PipelineBatches(pipeline, training),
                            new Validation(validation),
                            all,
                            start)
                    .run(stop);
        } catch (Diverged e) {
            // A later iteration than any checkpoint's: resuming takes the line away.
            MetricsLog.append(
                    folder.metrics(),
                    DIVERGED,
                    Map.of("iteration", graph.getIterationCount() + 1L, "message", e.getMessage()));
            throw new RunException(e.getMessage() + lastGood(), e);
        } catch (IOException e) {
            throw new RunException(
                    "Metrics " + folder.metrics() + " cannot be opened (" + e
                            + "), expected a readable and writable file. Mend that, then go on with --resume.",
                    e);
        }
    }

    /**
     * Writes the run's {@code model.zip}.
     *
     * @return the file
     */
    public Path export() {
        try {
            String provenance = Files.readString(folder.provenance());
            ModelBundle.of(graph, recipe, data.classes(), data.mean(), provenance)
                    .write(folder.model());
            return folder.model();
        } catch (IOException e) {
            throw new RunException(
                    "Model " + folder.model() + " cannot be written (" + e.getMessage()
                            + "), expected a writable place with free space. Mend that, then --resume exports it.",
                    e);
        }
    }

    private ImageBatches batches(String split, AugmentationPipeline pipeline, boolean training) {
        ImageSplit images = data.split(split);
        int batch = recipe.training().batch();
        ImageBatches.Settings made = training
                ? ImageBatches.Settings.training(batch, recipe.training().seed())
                : ImageBatches.Settings.evaluation(batch);
        return new ImageBatches(
                images,
                pipeline,
                data.classes(),
                new ImageBatches.Settings(
                        made.batch(),
                        made.seed(),
                        settings.workers(),
                        made.shuffle(),
                        made.prefetch(),
                        recipe.training().shuffle()));
    }

    /** Within an epoch, batch size and order decide which pictures are still to come. */
    private void checkPosition(Training before) {
        Training now = recipe.training();
        if (start.batch() > 0 && (before.batch() != now.batch() || before.seed() != now.seed())) {
            throw new UsageException("Run " + folder.path() + " stands in the middle of epoch " + start.epoch()
                    + ", found batch " + now.batch() + " and seed " + now.seed() + ", expected batch " + before.batch()
                    + " and seed " + before.seed()
                    + " of its start until the epoch ends. Resume without changes to them.");
        }
    }

    private String lowerRate() {
        Training.Plateau plateau = recipe.training().plateau();
        if (plateau != null) {
            return "--set training.plateau.rate=" + tenth(plateau.rate()) + " --set training.plateau.biasRate="
                    + tenth(plateau.biasRate());
        }
        List<Training.Entry> table = recipe.training().table();
        int first = 0;
        while (table.get(first).rate() == null) { // epoch 1 has rates: there is one
            first++;
        }
        return "--set training.table." + first + ".rate="
                + tenth(table.get(first).rate());
    }

    private static float tenth(double rate) {
        return (float) (rate / 10); // without the last digits of the quotient
    }

    private String lastGood() {
        String lower = lowerRate();
        return Checkpoint.newest(folder.checkpoints())
                .map(file -> " The last good checkpoint is " + file + ". Go on from there with a lower rate: --resume "
                        + folder.path() + " " + lower)
                .orElse(" There is no checkpoint yet. Start again with a lower rate, such as " + lower);
    }
}
