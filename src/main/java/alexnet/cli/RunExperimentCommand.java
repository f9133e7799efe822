package alexnet.cli;

import alexnet.config.UsageException;
import alexnet.experiments.Catalogue;
import alexnet.experiments.ChildJvm;
import alexnet.experiments.Experiment;
import alexnet.experiments.Net;
import alexnet.experiments.Plan;
import alexnet.experiments.Stage;
import alexnet.experiments.Trainings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code Experiments run}: trains the nets of one experiment. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Trains every variant of an experiment from every seed, each as Train does, into"
                + " RUNS/NAME/VARIANT-SEED, and measures it. Finished nets are left alone and begun ones gone on with, so"
                + " that the same command may be repeated after Ctrl-C, a kill or --limit-minutes.")
final class RunExperimentCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "of an experiment, see Experiments list; or a YAML file")
    private String name;

    @Option(names = "--data", description = "a folder that Prepare made of the experiment's data")
    private Path data;

    @Option(
            names = "--pretrain-data",
            description = "a prepared folder of the larger set, for experiments that begin with nets trained on one")
    private Path pretrainData;

    @Option(names = "--seeds", split = ",", description = "instead of the experiment's, such as 1,2,3")
    private List<Long> seeds = new ArrayList<>();

    @Option(names = "--variants", split = ",", description = "only these")
    private List<String> variants = new ArrayList<>();

    @Option(names = "--grid", description = "trains the grid of learning rates instead")
    private boolean grid;

    @Option(names = "--runs", defaultValue = "runs", description = "the folder of all runs")
    private Path runs;

    @Option(
            names = "--limit-minutes",
            description = "then the net in training stops with a checkpoint; the same command goes on")
    private Double limitMinutes;

    @Option(names = "--workers", description = "threads that make batches, as for Train")
    private Integer workers;

    @Option(names = "--ui-port", defaultValue = "off", description = "port of each training's dashboard, as for Train")
    private String port;

    @Option(names = "--dry-run", description = "says what there is to do and how long it would take, and ends")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        Experiment experiment = Catalogue.load(name);
        if (grid && !seeds.isEmpty()) {
            throw new UsageException(
                    "Option --grid was given with --seeds, expected one of them: the grid has a seed of"
                            + " its own. Leave the other out.");
        }
        List<Net> nets = grid ? Net.ofGrid(experiment, variants) : Net.of(experiment, variants, seeds);
        if (dryRun) {
            System.out.print(Plan.of(nets, runs));
            return 0;
        }
        if (data == null) {
            throw new UsageException("Experiment " + experiment.name() + " was given no data, expected --data DIR with "
                    + experiment.data().name() + ". Make it with Prepare.");
        }
        if (limitMinutes != null && !(limitMinutes > 0)) {
            throw new UsageException(
                    "Option --limit-minutes is " + limitMinutes + ", expected a number above 0. Correct it.");
        }
        return Interruption.guard(interruption -> train(experiment, nets, interruption));
    }

    private int train(Experiment experiment, List<Net> nets, Interruption interruption) {
        long start = System.nanoTime();
        BooleanSupplier late =
                () -> limitMinutes != null && System.nanoTime() - start > limitMinutes * TimeUnit.MINUTES.toNanos(1);
        Trainings trainings = new Trainings(
                new Trainings.Settings(data, pretrainData, runs, options()),
                new ChildJvm(Supervised.class.getName(), ConsoleProgress.isTerminal() ? null : System.out::println),
                System.out::println,
                () -> interruption.asked() || late.getAsBoolean());
        try {
            trainings.run(experiment, nets);
        } catch (CancellationException e) {
            String done =
                    nets.stream().filter(net -> Stage.of(net, runs).isOver()).count() + " of " + nets.size()
                            + " nets are finished. Go on with the same command.";
            if (interruption.asked()) {
                throw new Interrupted("Interrupted: " + done);
            }
            System.out.println("The limit of " + limitMinutes + " minutes is reached: " + done);
            return 0;
        }
        System.out.println("All " + nets.size() + " nets are finished, in " + runs + ".");
        return 0;
    }

    private List<String> options() {
        List<String> options = new ArrayList<>(List.of("--ui-port", port));
        if (workers != null) {
            options.addAll(List.of("--workers", workers.toString()));
        }
        return options;
    }
}
