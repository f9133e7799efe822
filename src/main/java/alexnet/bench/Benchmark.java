package alexnet.bench;

import alexnet.bench.BenchmarkResult.Conditions;
import alexnet.bench.BenchmarkResult.Group;
import alexnet.bench.BenchmarkResult.Split;
import alexnet.bench.Outcome.Failure;
import alexnet.bench.Request.Program;
import alexnet.config.Recipe;
import alexnet.config.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Measures contenders at each batch size, and where the time of our own goes. */
public final class Benchmark {
    /** Units of the last layer: the paper's. */
    public static final int CLASSES = 1000;

    private final Recipe recipe;
    private final Conditions conditions;
    private final Machine machine;
    private final Contenders contenders;
    private final Rounds.Runner runner;
    private final Path scratch;
    private final Path data;
    private final Path pictures;
    private final Consumer<String> says;

    /**
     * @param recipe whose network and pictures
     * @param conditions how to measure
     * @param machine where
     * @param contenders who takes part
     * @param runner runs the turns
     * @param scratch an existing folder for what the turns share
     * @param data prepared pictures; null if the work needs none
     * @param pictures folder of class folders; null if the work needs none
     * @param says told of each turn, a line
     */
    public Benchmark(
            Recipe recipe,
            Conditions conditions,
            Machine machine,
            Contenders contenders,
            Rounds.Runner runner,
            Path scratch,
            Path data,
            Path pictures,
            Consumer<String> says) {
        this.recipe = recipe;
        this.conditions = conditions;
        this.machine = machine;
        this.contenders = contenders;
        this.runner = runner;
        this.scratch = scratch;
        this.data = data;
        this.pictures = pictures;
        this.says = says;
    }

    /**
     * @param batches images in an iteration, one group of turns for each
     * @return what was found
     * @throws IOException if what the turns share cannot be written
     */
    public List<Group> run(List<Integer> batches) throws IOException {
        Path network = null;
        Path noise = null;
        if (conditions.work().hasNetwork()) {
            noise = scratch.resolve("noise.f32");
            RandomBatch.write(
                    noise, Collections.max(batches), recipe.augmentation().crop());
            List<String> lines = NetworkText.of(recipe, conditions.classes());
            network = lines == null ? null : Files.write(scratch.resolve("network.txt"), lines);
        }
        Path yaml = Files.writeString(scratch.resolve("recipe.yaml"), Recipes.toYaml(recipe));
        List<Group> groups = new ArrayList<>();
        for (int batch : batches) {
            Request request = new Request(
                    conditions.work(),
                    Program.OURS,
                    "",
                    batch,
                    conditions.seconds(),
                    conditions.threads(),
                    false,
                    conditions.classes(),
                    yaml.toString(),
                    text(network),
                    text(noise),
                    text(data),
                    text(pictures));
            groups.addAll(conditions.work().hasNetwork() ? List.of(networks(request)) : dataPaths(request));
        }
        return groups;
    }

    private static String text(Path file) {
        return file == null ? null : file.toAbsolutePath().toString();
    }

    private Group networks(Request request) {
        List<Contenders.Trial> trials = new ArrayList<>();
        List<Contender> all = new ArrayList<>(contenders.ours(machine));
        all.addAll(contenders.replicated(machine, conditions.replicas()));
        if (request.network() != null) {
            all.addAll(contenders.libtorch(request, machine, runner, trials, says));
        } else {
            says.accept("libtorch is left out: it has no normalisation within maps");
        }
        all.addAll(contenders.dl4j());
        List<Score> scores = rounds().run(all, request);
        List<Split> splits = new ArrayList<>();
        for (Contender ours : contenders.ours(machine)) {
            says.accept("batch " + request.batch() + ", time by layer: " + ours.name());
            Outcome outcome =
                    runner.run(ours, request.by(ours.program(), ours.setting()).splitting());
            boolean fits = outcome.failure() == null || outcome.failure() == Failure.DIED;
            splits.add(new Split(ours.name(), outcome.turn(), fits ? outcome.reason() : null));
        }
        return new Group(request.work(), request.batch(), scores, trials, splits);
    }

    private List<Group> dataPaths(Request request) {
        List<Score> pipelines = rounds().run(contenders.pipelines(), request);
        Request packing = request.doing(Work.PACKING);
        List<Score> packed = rounds().run(contenders.packer(), packing);
        Request statistics = request.doing(Work.STATISTICS);
        List<Score> counted = rounds().run(contenders.statistics(), statistics);
        return List.of(
                new Group(request.work(), request.batch(), pipelines, List.of(), List.of()),
                new Group(packing.work(), request.batch(), packed, List.of(), List.of()),
                new Group(statistics.work(), request.batch(), counted, List.of(), List.of()));
    }

    private Rounds rounds() {
        return new Rounds(runner, conditions.rounds(), says);
    }
}
