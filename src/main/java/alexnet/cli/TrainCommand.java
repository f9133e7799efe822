package alexnet.cli;

import alexnet.bench.Machine;
import alexnet.config.Precision;
import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.config.Shuffle;
import alexnet.config.UsageException;
import alexnet.dashboard.TrainingDashboard;
import alexnet.data.PreparedData;
import alexnet.data.scenes.PreparedScenes;
import alexnet.data.scenes.Scenes;
import alexnet.run.MetricsLog;
import alexnet.run.Progress;
import alexnet.run.Provenance;
import alexnet.run.RunFolder;
import alexnet.training.TrainingRun;
import alexnet.training.TrainingState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code Train}: from prepared data to an exported model. */
@Command(
        name = "Train",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        showDefaultValues = true,
        description = "Trains a network and exports it. Without arguments: draws a data set of ten classes, trains the"
                + " demo recipe on it, and measures the error on pictures held out.")
public final class TrainCommand implements Callable<Integer> {
    private static final int SCENES_PER_CLASS = 800;

    @Option(names = "--data", description = "a folder that Prepare made (default: scenes drawn by the program)")
    private Path data;

    @Option(names = "--recipe", description = "a built-in recipe or a YAML file (default: demo)")
    private String recipeName;

    @Option(names = "--run", description = "the run's name (default: the recipe's, numbered)")
    private String run;

    @Option(names = "--runs", defaultValue = "runs", description = "the folder of all runs")
    private Path runs;

    @Option(names = "--resume", description = "a run's folder: go on from its newest checkpoint")
    private Path resume;

    @Mixin
    private TransferOptions transfer;

    @Option(names = "--epochs", description = "instead of the recipe's")
    private Integer epochs;

    @Option(names = "--batch", description = "pictures in a batch, instead of the recipe's")
    private Integer batch;

    @Option(names = "--seed", description = "instead of the recipe's")
    private Long seed;

    @Option(
            names = "--precision",
            description =
                    "instead of the recipe's: ${COMPLETION-CANDIDATES}; BF16 is faster where the processor has it")
    private Precision precision;

    @Option(
            names = "--shuffle",
            description = "instead of the recipe's: epoch (all pictures) or shard (shard by shard, for slow disks)")
    private Shuffle shuffle;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "changes a key of the recipe, such as network.width=0.5 or network.conv.conv1.maps=48")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--workers",
            defaultValue = "0",
            description = "threads that make batches; 0: one for each processor")
    private int workers;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = "copies of the network that share each batch, one for each device in turn; the training stays"
                    + " that of one (default: the number of devices)")
    private Integer replicas;

    @Option(
            names = "--checkpoint-every",
            defaultValue = "200",
            description = "steps between checkpoints within an epoch")
    private int checkpointSteps;

    @Mixin
    private DashboardOptions dashboard;

    @Option(names = "--recipes", description = "lists the built-in recipes and ends")
    private boolean listRecipes;

    @Override
    public Integer call() throws Exception {
        if (listRecipes) {
            Recipes.BUILT_IN.forEach(name -> System.out.printf(
                    "%-20s %s%n", name, Recipes.load(name, Map.of()).about()));
            return 0;
        }
        return Interruption.guard(this::train);
    }

    private int train(Interruption interruption) {
        Progress.Factory progress =
                interruption.stopping(ConsoleProgress.on(System.out), "Interrupted. Go on with the same command.");
        checkOptions();
        Recipe recipe = Recipes.load(recipe(), overrides());
        replicas = Replicas.choose(replicas, recipe, System.out);
        checkData(recipe);
        Path source = dataOf(recipe, progress);
        try (PreparedData prepared = PreparedData.open(source)) {
            TrainingRun.checkFits(recipe, prepared);
            RunFolder folder = new RunFolder(resume != null ? resume : newPath(recipe));
            return resume == null
                    ? begin(folder, recipe, prepared, source, interruption)
                    : goOn(RunFolder.open(resume), recipe, prepared, interruption);
        }
    }

    private Map<String, String> overrides() {
        Map<String, String> all = new LinkedHashMap<>(set);
        if (epochs != null) {
            all.put("training.epochs", epochs.toString());
        }
        if (batch != null) {
            all.put("training.batch", batch.toString());
        }
        if (seed != null) {
            all.put("training.seed", seed.toString());
        }
        if (shuffle != null) {
            all.put("training.shuffle", shuffle.name());
        }
        if (precision != null) {
            all.put("training.precision", precision.name());
        }
        transfer.override(all);
        return all;
    }

    private void checkOptions() {
        dashboard.check();
        transfer.check(resume != null);
        if (workers < 0 || checkpointSteps < 1) {
            throw new UsageException("Options --workers and --checkpoint-every are " + workers + " and "
                    + checkpointSteps + ", expected 0 or more and 1 or more. Correct them.");
        }
        if (resume != null && (run != null || recipeName != null)) {
            throw new UsageException("Option --resume was given with --run or --recipe, expected it without: a resumed"
                    + " run keeps its name and recipe. Leave the other out; --set changes the schedule.");
        }
        if (resume == null && run != null) {
            RunFolder.requireFree(runs.resolve(run));
        }
    }

    private void checkData(Recipe recipe) {
        if (data == null && resume == null && !recipe.name().equals("demo")) {
            throw new UsageException("Recipe " + recipe.name() + " was given no data, expected --data DIR."
                    + " Make one with Prepare; only the demo recipe draws its own.");
        }
    }

    private String recipe() {
        if (resume != null) {
            return RunFolder.open(resume).recipeFile().toString();
        }
        return recipeName == null ? "demo" : recipeName;
    }

    /** As the user says, as the run was told at its start, or the scenes that the program draws. */
    private Path dataOf(Recipe recipe, Progress.Factory progress) {
        if (data != null) {
            return data;
        }
        return resume != null
                ? RunFolder.open(resume).data()
                : PreparedScenes.folder(
                        PrepareCommand.SCENES, Scenes.Size.of(SCENES_PER_CLASS), recipe.size(), progress);
    }

    private Path newPath(Recipe recipe) {
        if (run != null) {
            return runs.resolve(run);
        }
        Path free = runs.resolve(recipe.name());
        for (int i = 2; Files.exists(free); i++) {
            free = runs.resolve(recipe.name() + "-" + i);
        }
        return free;
    }

    /** The folder is made last, so that whatever does not fit leaves none behind. */
    private int begin(RunFolder folder, Recipe recipe, PreparedData prepared, Path source, Interruption interruption) {
        TrainingRun training = transfer.begin(folder, recipe, prepared, settings());
        RunFolder.create(folder.path(), recipe, provenance(recipe, prepared).from(transfer.origin()), source);
        return folder.hold(() -> finish(training, recipe, prepared, folder, interruption));
    }

    private Provenance provenance(Recipe recipe, PreparedData prepared) {
        return Provenance.now(
                        recipe.name(),
                        recipe.training().seed(),
                        prepared.manifest().digest(),
                        Nd4j.getBackend().getClass().getSimpleName())
                .on("replicas", String.valueOf(replicas))
                .on("processor", Machine.here().processor());
    }

    private int goOn(RunFolder folder, Recipe recipe, PreparedData prepared, Interruption interruption) {
        Recipe before = folder.recipe();
        List<String> changes = Recipes.differences(before, recipe);
        if (!Recipes.architecture(before).equals(Recipes.architecture(recipe))) {
            throw new UsageException(
                    "Resuming " + folder.path() + " with another architecture: " + String.join("; ", changes)
                            + ". Expected that of the run. Leave the change out, or start a new run.");
        }
        return folder.hold(() -> {
            TrainingRun training = TrainingRun.resume(folder, recipe, prepared, settings());
            if (!changes.isEmpty()) {
                MetricsLog.append(
                        folder.metrics(),
                        "recipe",
                        Map.of("iteration", training.start().iteration(), "changes", changes));
                folder.replaceRecipe(recipe);
                System.out.println("Changed: " + String.join("; ", changes));
            }
            if (!training.isOver()) {
                Map<String, Object> sitting = provenance(recipe, prepared).sitting();
                sitting.put("iteration", training.start().iteration());
                MetricsLog.append(folder.metrics(), "resume", sitting);
            }
            TransferOptions.tellFrozen(recipe);
            return finish(training, recipe, prepared, folder, interruption);
        });
    }

    private int finish(
            TrainingRun training, Recipe recipe, PreparedData prepared, RunFolder folder, Interruption interruption) {
        System.out.printf(
                Locale.ROOT,
                "Recipe %s, %,d parameters, run %s%n",
                recipe.name(),
                training.graph().numParams(),
                folder.path());
        try (TrainingDashboard page = dashboard.open(training, recipe, prepared, folder)) {
            int code = finish(training, recipe, prepared, folder, interruption, page);
            dashboard.hold(page, interruption);
            return code;
        }
    }

    private int finish(
            TrainingRun training,
            Recipe recipe,
            PreparedData prepared,
            RunFolder folder,
            Interruption interruption,
            TrainingDashboard page) {
        String goOn = "Go on with --resume " + folder.path();
        TrainingState end = fit(training, recipe, interruption, page);
        if (interruption.asked()) {
            throw new Interrupted("Interrupted at update " + end.iteration() + ". " + goOn);
        }
        Path model = training.export();
        System.out.println("Model " + model);
        EvaluateCommand.afterTraining(
                model,
                prepared,
                interruption.stopping(
                        ConsoleProgress.on(System.out), "Interrupted: trained and exported, not measured. " + goOn));
        return 0;
    }

    private TrainingRun.Settings settings() {
        int threads = workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
        return new TrainingRun.Settings(threads, checkpointSteps, Replicas.trainer(replicas));
    }

    private TrainingState fit(TrainingRun training, Recipe recipe, Interruption interruption, TrainingDashboard page) {
        try (TrainingDisplay display = new TrainingDisplay(
                System.out, recipe.training().epochs(), training.images(), ConsoleProgress.on(System.out))) {
            return training.train(List.of(display, page), interruption::asked);
        }
    }
}
