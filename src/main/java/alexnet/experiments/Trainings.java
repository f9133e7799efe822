package alexnet.experiments;

import alexnet.bundle.BundleReader;
import alexnet.config.UsageException;
import alexnet.data.PreparedData;
import alexnet.experiments.Measure.Kind;
import alexnet.run.RunException;
import alexnet.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Trains the nets of an experiment one after the other; what is finished is left alone, what was begun is gone on with. */
public final class Trainings {
    private final Settings settings;
    private final Launcher launcher;
    private final Consumer<String> lines;
    private final BooleanSupplier stop;

    /** Runs a command of this program. */
    @FunctionalInterface
    public interface Launcher {
        /**
         * @param doorAndArguments such as {@code Train --data …}
         * @param stop asked now and then; true ends the command as Ctrl-C does
         * @return its exit code
         */
        int run(List<String> doorAndArguments, BooleanSupplier stop);
    }

    /**
     * @param data the prepared folder
     * @param pretrainData the prepared folder of variants that others begin with; null if there are none
     * @param runs the folder of experiments' folders
     * @param options that each training is given besides
     */
    public record Settings(Path data, Path pretrainData, Path runs, List<String> options) {
        /** Copies the options. */
        public Settings {
            options = List.copyOf(options);
        }
    }

    /**
     * @param settings where everything is
     * @param launcher runs {@code Train} and {@code Evaluate}
     * @param lines is told about each net
     * @param stop asked now and then; true ends the training in progress with a checkpoint
     */
    public Trainings(Settings settings, Launcher launcher, Consumer<String> lines, BooleanSupplier stop) {
        this.settings = settings;
        this.launcher = launcher;
        this.lines = lines;
        this.stop = stop;
    }

    /**
     * @param experiment whose nets they are
     * @param nets in the order wanted
     * @throws UsageException if data or folders do not fit the definition
     * @throws CancellationException if asked to stop; nets that were finished stay so
     * @throws RunException if a training fails
     */
    public void run(Experiment experiment, List<Net> nets) {
        nets.forEach(net -> Stage.of(net, settings.runs())); // all folders fit, before hours are spent
        checkData(experiment, nets);
        for (int i = 0; i < nets.size(); i++) {
            Net net = nets.get(i);
            Stage stage = Stage.of(net, settings.runs());
            lines.accept("net " + (i + 1) + " of " + nets.size() + ": " + net.title()
                    + (stage.state() == Stage.State.NEW
                            ? ""
                            : ", " + stage.state().words()
                                    + (stage.state() == Stage.State.BEGUN
                                            ? ", " + stage.epochs() + " epochs done"
                                            : "")));
            if (!stage.isOver()) {
                train(net, stage);
            }
            kernels(experiment, net);
        }
        averages(experiment);
    }

    private void checkData(Experiment experiment, List<Net> nets) {
        if (nets.stream().anyMatch(net -> !net.variant().pretrain())) {
            try (PreparedData data = PreparedData.open(settings.data())) {
                if (data.classes().size() != experiment.data().classes()) {
                    throw new UsageException("Data " + settings.data() + " has "
                            + data.classes().size() + " classes, experiment " + experiment.name() + " is on "
                            + experiment.data().name() + ", expected "
                            + experiment.data().classes() + ". Name another folder with --data.");
                }
                String digest = data.manifest().digest();
                nets.stream()
                        .filter(net -> !net.variant().pretrain())
                        .forEach(net -> Evidence.checkData(net.folder(settings.runs()), digest, settings.data()));
            }
        }
        if (nets.stream().anyMatch(net -> net.variant().pretrain()) && settings.pretrainData() == null) {
            throw new UsageException(
                    "Experiment " + experiment.name() + " begins some nets with others that were trained"
                            + " on a larger set, found no --pretrain-data, expected its folder. Name it, or choose other nets"
                            + " with --variants.");
        }
    }

    private void train(Net net, Stage stage) {
        Path folder = net.folder(settings.runs());
        if (stage.state() == Stage.State.NEW) {
            clear(folder);
            launch(net, begin(net));
        } else if (stage.state() == Stage.State.BEGUN) {
            List<String> command = new ArrayList<>(List.of(
                    "Train", "--resume", folder.toString(), "--data", data(net).toString()));
            command.addAll(settings.options());
            launch(net, command);
        }
        if (Stage.of(net, settings.runs()).state() == Stage.State.TRAINED) {
            net.home().views().stream()
                    .filter(views -> !Files.exists(Stage.evaluation(net.home(), folder, views)))
                    .forEach(views -> launch(net, evaluate(net, folder, views)));
        }
    }

    private List<String> begin(Net net) {
        List<String> command = new ArrayList<>(List.of(
                "Train",
                "--data",
                data(net).toString(),
                "--recipe",
                net.variant().recipe(),
                "--runs",
                net.parent(settings.runs()).toString(),
                "--run",
                net.name()));
        net.settings().forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        net.first()
                .ifPresent(first -> command.addAll(
                        List.of("--init-from", weights(net, first).toString())));
        Race.epochs(net, settings.runs())
                .ifPresent(most -> command.addAll(List.of(
                        "--epochs",
                        String.valueOf(Math.min(most, net.recipe().training().epochs())))));
        command.addAll(settings.options());
        return command;
    }

    private Path weights(Net net, Net first) {
        Path model = new RunFolder(first.folder(settings.runs())).model();
        if (!Files.exists(model)) {
            throw new UsageException("Net " + net.title() + " begins with the weights of "
                    + first.home().name() + "/" + first.name() + ", found no " + model
                    + ", expected its model. Train that first: Experiments run "
                    + first.home().name() + ".");
        }
        return model;
    }

    private Path data(Net net) {
        return net.variant().pretrain() ? settings.pretrainData() : settings.data();
    }

    private List<String> evaluate(Net net, Path folder, int views) {
        return List.of(
                "Evaluate",
                "--model",
                new RunFolder(folder).model().toString(),
                "--data",
                settings.data().toString(),
                "--split",
                net.home().data().split(),
                "--views",
                String.valueOf(views));
    }

    private void launch(Net net, List<String> command) {
        checkStop();
        int code = launcher.run(command, stop);
        if (code == 0) {
            return;
        }
        checkStop();
        if (Stage.of(net, settings.runs()).state() == Stage.State.DIVERGED) {
            lines.accept("Diverged: " + net.title() + ". That is its result; the next net follows.");
            return;
        }
        throw new RunException(command.get(0) + " of " + net.title() + " ended with exit code " + code
                + ", expected 0; what it said is above. Mend that and repeat the command: finished nets are not"
                + " trained again.");
    }

    private void checkStop() {
        if (stop.getAsBoolean()) {
            throw new CancellationException("Asked to stop.");
        }
    }

    /** What a training left that was killed before its first checkpoint. */
    private static void clear(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        RunFolder.open(folder).hold(() -> {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
                return null;
            } catch (IOException e) {
                throw new RunException(
                        "Folder " + folder + " of a training that never got to a checkpoint cannot be removed (" + e
                                + "), expected a writable place. Remove it and repeat the command.",
                        e);
            }
        });
    }

    private void kernels(Experiment experiment, Net net) {
        Path folder = net.folder(settings.runs());
        Path model = new RunFolder(folder).model();
        boolean wanted = experiment.measures().stream()
                .anyMatch(measure -> measure.kind() == Kind.COLOUR_APART
                        && (measure.variants().isEmpty() || measure.variants().contains(net.row())));
        if (wanted && Files.exists(model) && !Files.exists(folder.resolve(KernelColour.FILE))) {
            KernelColour.of(BundleReader.read(model)).write(folder);
        }
    }

    /** An average is measured when all of its nets are there. */
    private void averages(Experiment experiment) {
        for (Experiment.Average average : experiment.averages()) {
            List<Path> models = AverageNets.models(experiment, average, settings.runs());
            if (!models.stream().allMatch(Files::exists)) {
                continue;
            }
            for (int views : experiment.views()) {
                Path report =
                        Stage.evaluation(experiment, AverageNets.folder(experiment, average, settings.runs()), views);
                if (!Files.exists(report)) {
                    average(experiment, average, models, views, report);
                }
            }
        }
    }

    private void average(Experiment experiment, Experiment.Average average, List<Path> models, int views, Path report) {
        checkStop();
        lines.accept("average " + average.name() + " of " + models.size() + " nets, " + views + " views");
        int code = launcher.run(AverageNets.command(experiment, models, settings.data(), views, report), stop);
        checkStop();
        if (code != 0) {
            throw new RunException("Evaluate of " + average.name() + " ended with exit code " + code
                    + ", expected 0; what it said is above. Mend that and repeat the command.");
        }
    }
}
