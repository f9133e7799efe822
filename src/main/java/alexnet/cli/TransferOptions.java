package alexnet.cli;

import alexnet.bundle.BundleReader;
import alexnet.config.Recipe;
import alexnet.config.UsageException;
import alexnet.data.PreparedData;
import alexnet.run.RunFolder;
import alexnet.training.InitialWeights;
import alexnet.training.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where a training's weights come from, and which of them stay. */
final class TransferOptions {
    @Option(
            names = "--init-from",
            paramLabel = "ZIP",
            description = "a model zip whose weights to begin with, layer by layer; the last layer begins anew if the"
                    + " classes differ")
    private Path initFrom;

    @Option(
            names = "--fresh",
            paramLabel = "LAYER",
            split = ",",
            description = "with --init-from: layers that begin anew, such as fc8,conv5")
    private List<String> fresh = List.of();

    @Option(
            names = "--freeze",
            paramLabel = "LAYER",
            split = ",",
            description = "layers that do not learn, such as conv1,conv2 (recipe key training.frozen)")
    private List<String> freeze = List.of();

    private Map<String, String> origin;

    /** Refuses what makes no sense together. */
    void check(boolean resumed) {
        if (resumed && initFrom != null) {
            throw new UsageException("Option --resume was given with --init-from, expected it without: a resumed run"
                    + " keeps its weights. Leave the other out.");
        }
        if (initFrom == null && !fresh.isEmpty()) {
            throw new UsageException("Option --fresh was given without --init-from, expected both: without a model all"
                    + " layers begin anew. Add --init-from ZIP, or leave --fresh out.");
        }
    }

    /** Adds what the options change in the recipe, so that a resumed run keeps it. */
    void override(Map<String, String> overrides) {
        if (!freeze.isEmpty()) {
            overrides.put("training.frozen", "[" + String.join(", ", freeze) + "]");
        }
    }

    /** A run at its start, with the weights that are wanted; says which were taken, and which stay. */
    TrainingRun begin(RunFolder folder, Recipe recipe, PreparedData data, TrainingRun.Settings settings) {
        if (initFrom == null) {
            TrainingRun run = TrainingRun.begin(folder, recipe, data, settings, null);
            tellFrozen(recipe);
            return run;
        }
        try (InitialWeights initial = new InitialWeights(BundleReader.read(initFrom), initFrom.toString(), fresh)) {
            TrainingRun run = TrainingRun.begin(folder, recipe, data, settings, initial);
            origin = initial.origin(BundleReader.digest(initFrom));
            System.out.println(initial.sentence());
            tellFrozen(recipe);
            return run;
        }
    }

    /** Where the weights come from that {@link #begin} gave, for the provenance; null for random ones. */
    Map<String, String> origin() {
        return origin;
    }

    static void tellFrozen(Recipe recipe) {
        if (!recipe.training().frozen().isEmpty()) {
            System.out.println("Frozen: " + String.join(", ", recipe.training().frozen()));
        }
    }
}
