package alexnet.cli;

import alexnet.bench.Benchmark;
import alexnet.bench.BenchmarkResult;
import alexnet.bench.BenchmarkResult.Conditions;
import alexnet.bench.Contenders;
import alexnet.bench.Launcher;
import alexnet.bench.Machine;
import alexnet.bench.Request.Program;
import alexnet.bench.ResultText;
import alexnet.bench.Work;
import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.config.UsageException;
import alexnet.data.FolderSource;
import alexnet.data.Preparation;
import alexnet.data.PreparedData;
import alexnet.data.scenes.PreparedScenes;
import alexnet.data.scenes.Scenes;
import alexnet.run.Progress;
import alexnet.run.Provenance;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What the benchmarks have in common. */
final class BenchmarkOptions {
    private static final int SCENES_PER_CLASS = 64;
    private static final String PEERS = "alexnet.peers"; // set by Maven's profile peers

    @Option(names = "--recipe", defaultValue = "paper", description = "a built-in recipe or a YAML file")
    private String recipeName;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "changes a key of the recipe")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--rounds", defaultValue = "3", description = "turns of each contender")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "a turn measures so long, and three iterations at least, after a warm-up of half of it")
    private double seconds;

    @Option(names = "--threads", defaultValue = "0", description = "for each contender; 0: one for each processor")
    private int threads;

    @Option(
            names = "--limit",
            defaultValue = "10",
            description = "minutes after which a turn is ended and tried with half the batch")
    private double limit;

    @Option(
            names = "--contenders",
            split = ",",
            defaultValue = "ours,dl4j,libtorch",
            description = "who takes part, if there: ours, dl4j, libtorch; ours always does")
    private Set<Program> contenders = EnumSet.allOf(Program.class);

    @Option(names = "--data", description = "a folder that Prepare made, for batches (default: scenes)")
    private Path data;

    @Option(names = "--json", description = "a file for all figures")
    private Path json;

    /** Measures, prints and writes. */
    int run(Work work, List<Integer> batches, int replicas, Path pictures, Interruption interruption)
            throws IOException {
        check(batches);
        if (replicas < 1) {
            throw new UsageException("Option --replicas is " + replicas + ", expected 1 or more. Correct it.");
        }
        Recipe recipe = Recipes.load(recipeName, set);
        Machine machine = Machine.here();
        Path scratch = Files.createTempDirectory("benchmark");
        try {
            Progress.Factory progress = interruption.stopping(ConsoleProgress.on(System.out), "Interrupted.");
            Path shown = work == Work.PIPELINE && pictures == null
                    ? PreparedScenes.pictures(PrepareCommand.SCENES, Scenes.Size.of(SCENES_PER_CLASS), progress)
                    : pictures;
            Path prepared = prepared(work, recipe, pictures, scratch, progress);
            Conditions conditions = new Conditions(
                    work,
                    Recipes.toYaml(recipe),
                    Benchmark.CLASSES,
                    threads == 0 ? machine.cores() : threads,
                    replicas,
                    rounds,
                    seconds,
                    limit,
                    pictures == null ? "scenes drawn by the program" : "a folder of the user's");
            Launcher launcher = new Launcher(scratch, limit, machine, interruption::asked);
            Benchmark benchmark = new Benchmark(
                    recipe,
                    conditions,
                    machine,
                    new Contenders(peers(work), contenders),
                    launcher,
                    scratch,
                    prepared,
                    shown,
                    System.out::println);
            Provenance provenance = provenance(recipe, prepared);
            report(new BenchmarkResult(provenance, machine, conditions, benchmark.run(batches)));
        } catch (CancellationException e) {
            throw new Interrupted("Interrupted; nothing was written.");
        } finally {
            remove(scratch);
        }
        return 0;
    }

    private void check(List<Integer> batches) {
        if (batches.isEmpty() || batches.stream().anyMatch(batch -> batch < 1)) {
            throw new UsageException("Option --batches is " + batches + ", expected numbers of 1 or more. Correct it.");
        }
        int cores = Runtime.getRuntime().availableProcessors();
        if (rounds < 1 || !(seconds >= 0) || !(limit > 0) || threads < 0 || threads > cores) {
            throw new UsageException("Options --rounds, --seconds, --limit and --threads are " + rounds + ", " + seconds
                    + ", " + limit + " and " + threads + ", expected 1 or more, 0 or more, above 0, and 0 to " + cores
                    + ". Correct them.");
        }
    }

    private static Path peers(Work work) {
        String folder = System.getProperty(PEERS);
        if (folder == null) {
            System.out.println(
                    work.hasNetwork()
                            ? "Only this program is measured; mvn -Ppeers adds libtorch and Deeplearning4j as it comes."
                            : "DataVec runs on this program's OpenCV; mvn -Ppeers gives it the one that it names.");
        }
        return folder == null ? null : Path.of(folder);
    }

    /** The pictures that batches are made of; they have to be of the recipe's size. */
    private Path prepared(Work work, Recipe recipe, Path pictures, Path scratch, Progress.Factory progress) {
        if (work == Work.INFERENCE) {
            return null;
        }
        if (data != null) {
            try (PreparedData opened = PreparedData.open(data)) {
                opened.requireSize(recipe.size(), "recipe " + recipe.name());
            }
            return data;
        }
        if (pictures == null) {
            return PreparedScenes.folder(
                    PrepareCommand.SCENES, Scenes.Size.of(SCENES_PER_CLASS), recipe.size(), progress);
        }
        Path out = scratch.resolve("prepared");
        Preparation.run(
                FolderSource.open(pictures, 0, recipe.training().seed()),
                out,
                Preparation.Options.of(recipe.size()),
                progress);
        return out;
    }

    private static Provenance provenance(Recipe recipe, Path prepared) {
        String digest = "noise";
        if (prepared != null) {
            try (PreparedData opened = PreparedData.open(prepared)) {
                digest = opened.manifest().digest();
            }
        }
        return Provenance.now(recipe.name(), recipe.training().seed(), digest, "see the turns");
    }

    private void report(BenchmarkResult result) throws IOException {
        System.out.print(ResultText.of(result));
        if (json != null) {
            result.write(json);
            System.out.println("All figures: " + json);
        }
        List<String> failures = result.failures();
        if (!failures.isEmpty()) {
            throw new RunException(String.format(
                    Locale.ROOT,
                    "%d of the measurements failed: %s. The others stand; mend the cause and repeat these.",
                    failures.size(),
                    failures.stream().distinct().collect(Collectors.joining("; "))));
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
