package alexnet.experiments;

import alexnet.config.UsageException;
import alexnet.run.MetricsLog;
import alexnet.run.RunException;
import alexnet.run.RunFolder;
import alexnet.training.Checkpoint;
import alexnet.training.TrainingRun;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How far the training of one net is.
 *
 * @param state what is to be done next
 * @param epochs that are over
 * @param seconds that they took
 */
public record Stage(State state, int epochs, double seconds) {
    /** What a folder shows. */
    public enum State {
        /** Nothing is there, or nothing that can be gone on with. */
        NEW("not begun"),
        /** There is a checkpoint. */
        BEGUN("begun"),
        /** The model is there, not all of its errors are. */
        TRAINED("not measured"),
        /** All is there. */
        FINISHED("finished"),
        /** The loss or the weights stopped being numbers. */
        DIVERGED("diverged");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** @return for tables */
        public String words() {
            return words;
        }
    }

    /** @return whether nothing is left to be done */
    public boolean isOver() {
        return state == State.FINISHED || state == State.DIVERGED;
    }

    /**
     * @param net which one
     * @param runs the folder of experiments' folders
     * @return how far it is there
     * @throws UsageException if what lies there was trained with another recipe
     */
    public static Stage of(Net net, Path runs) {
        RunFolder run = new RunFolder(net.folder(runs));
        if (!Files.isRegularFile(run.recipeFile())) {
            return new Stage(State.NEW, 0, 0);
        }
        checkRecipe(net, run);
        List<JsonNode> log = log(run);
        List<JsonNode> epochs = log.stream()
                .filter(line -> line.path("event").asText().equals("epoch"))
                .toList();
        double seconds = epochs.isEmpty()
                ? 0
                : epochs.get(epochs.size() - 1).path("trainingSeconds").asDouble();
        return new Stage(state(net, run, log), epochs.size(), seconds);
    }

    private static State state(Net net, RunFolder run, List<JsonNode> log) {
        if (net.variant().pretrain() ? Files.exists(run.model()) : isMeasured(net, run.path())) {
            return State.FINISHED;
        }
        if (log.stream().anyMatch(line -> line.path("event").asText().equals(TrainingRun.DIVERGED))) {
            return State.DIVERGED;
        }
        if (Files.exists(run.model())) {
            return State.TRAINED;
        }
        return Files.isDirectory(run.checkpoints())
                        && Checkpoint.newest(run.checkpoints()).isPresent()
                ? State.BEGUN
                : State.NEW;
    }

    private static boolean isMeasured(Net net, Path folder) {
        return net.home().views().stream().allMatch(views -> Files.exists(evaluation(net.home(), folder, views)));
    }

    /** The report of one evaluation of a net or an average. */
    static Path evaluation(Experiment experiment, Path folder, int views) {
        return folder.resolve("evaluation-" + experiment.data().split() + "-" + views + ".json");
    }

    private static void checkRecipe(Net net, RunFolder run) {
        List<String> differences = net.differences(run.recipe());
        if (!differences.isEmpty()) {
            throw new UsageException("Folder " + run.path() + " was trained with another recipe than experiment "
                    + net.home().name() + " defines: " + String.join("; ", differences)
                    + " (defined → trained). Expected the same. Move the folder away, or change the definition back.");
        }
    }

    private static List<JsonNode> log(RunFolder run) {
        try {
            return Files.exists(run.metrics()) ? MetricsLog.read(run.metrics()) : List.of();
        } catch (IOException e) {
            throw new RunException(
                    "Metrics " + run.metrics() + " cannot be read (" + e + "), expected a readable file. Mend that.",
                    e);
        }
    }
}
