package alexnet.training;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.data.PreparedData;
import alexnet.run.MetricsLog;
import alexnet.run.Provenance;
import alexnet.run.RunException;
import alexnet.run.RunFolder;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A training from its first step to its exported model in one call, for nets that are small enough to wait for. What is
 * learned follows from recipe and data, so that a run that is there already is not made again.
 *
 * @param folder the run's folder; its name holds a digest of recipe and data
 * @param diverged whether the loss or the weights stopped being numbers; then there is no model
 */
public record ShortRun(RunFolder folder, boolean diverged) {
    private static final int DIGITS = 8;

    /**
     * Trains on one device, unless that was done before. The folder appears when the training is over.
     *
     * @param recipe what to train
     * @param data a folder of prepared data
     * @param runs where the runs' folders are kept
     * @return the run, at its end
     * @throws alexnet.config.UsageException if the recipe does not fit the data
     * @throws RunException if the folder cannot be written
     */
    public static ShortRun of(Recipe recipe, Path data, Path runs) {
        try (PreparedData prepared = PreparedData.open(data)) {
            TrainingRun.checkFits(recipe, prepared);
            String name = recipe.name() + "-"
                    + digest(Recipes.toYaml(recipe) + prepared.manifest().digest());
            Path done = runs.resolve(name);
            if (!Files.isDirectory(done)) {
                Path unfinished = runs.resolve("." + name + "-" + UUID.randomUUID());
                train(recipe, prepared, data, unfinished);
                publish(unfinished, done);
            }
            RunFolder folder = RunFolder.open(done);
            return new ShortRun(folder, !Files.exists(folder.model()));
        }
    }

    private static String digest(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, DIGITS);
    }

    private static void train(Recipe recipe, PreparedData prepared, Path data, Path path) {
        Provenance provenance = Provenance.now(
                recipe.name(),
                recipe.training().seed(),
                prepared.manifest().digest(),
                Nd4j.getBackend().getClass().getSimpleName());
        RunFolder folder = RunFolder.create(path, recipe, provenance, data);
        int workers = Runtime.getRuntime().availableProcessors();
        TrainingRun run = TrainingRun.begin(
                folder,
                recipe,
                prepared,
                new TrainingRun.Settings(workers, Integer.MAX_VALUE, SingleTrainer::new),
                null);
        try {
            run.train(List.of(), () -> false);
            run.export();
        } catch (RunException e) {
            if (!(e.getCause() instanceof Diverged)) {
                throw e;
            }
        } finally {
            run.graph().close();
        }
    }

    /** Another program may have been faster: its run is the same. */
    private static void publish(Path unfinished, Path done) {
        try {
            Files.move(unfinished, done);
        } catch (IOException e) {
            if (!Files.isDirectory(done)) {
                throw new RunException(
                        "Run folder " + done + " cannot be made (" + e.getMessage()
                                + "), expected a writable place. Mend that, then start again.",
                        e);
            }
        }
    }

    /**
     * @return the exported model
     * @throws RunException if the training diverged
     */
    public Path model() {
        if (diverged) {
            throw new RunException("The training in " + folder.path()
                    + " diverged and has no model, expected one that learned. Train with a lower rate.");
        }
        return folder.model();
    }

    /**
     * @param epochs how many of the first
     * @return the loss on the training batches in nats, means over ten steps: {@code {epochs…}, {loss…}}
     */
    public double[][] trainingLoss(int epochs) {
        return curve(
                "step",
                line -> line.path("epoch").asInt()
                        - 1
                        + line.path("step").asDouble() / line.path("steps").asInt(),
                "trainLoss",
                epochs);
    }

    /** @return the top-1 error on the training pictures of each epoch, as they were learned from: {@code {epochs…}, {shares…}} */
    public double[][] trainingError() {
        return ofEpochs("trainTop1Error");
    }

    /** @return the top-1 error on the validation pictures after each epoch: {@code {epochs…}, {shares…}} */
    public double[][] validationError() {
        return ofEpochs("validationTop1Error");
    }

    /**
     * @param epoch counted from 1
     * @return the top-1 error on the validation pictures after it
     */
    public double validationError(int epoch) {
        return validationError()[1][epoch - 1];
    }

    private double[][] ofEpochs(String value) {
        return curve("epoch", line -> line.path("epoch").asInt(), value, Integer.MAX_VALUE);
    }

    private double[][] curve(String event, ToDoubleFunction<JsonNode> place, String value, int epochs) {
        try {
            List<JsonNode> lines = MetricsLog.read(folder.metrics()).stream()
                    .filter(line -> line.path("event").asText().equals(event)
                            && line.path("epoch").asInt() <= epochs)
                    .toList();
            return new double[][] {
                lines.stream().mapToDouble(place).toArray(),
                lines.stream().mapToDouble(line -> line.path(value).asDouble()).toArray()
            };
        } catch (IOException e) {
            throw new RunException(
                    "Metrics " + folder.metrics() + " cannot be read (" + e.getMessage()
                            + "), expected a run's log. Remove the run's folder and train again.",
                    e);
        }
    }
}
