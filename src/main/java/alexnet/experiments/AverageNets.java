package alexnet.experiments;

import alexnet.experiments.Experiment.Average;
import alexnet.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of Table 2 that average the probabilities of several nets. */
final class AverageNets {
    private AverageNets() {}

    /** Where its reports lie. */
    static Path folder(Experiment experiment, Average average, Path runs) {
        return runs.resolve(experiment.name()).resolve(average.name());
    }

    /** The exported models it is made of, there or not. */
    static List<Path> models(Experiment experiment, Average average, Path runs) {
        List<Path> models = new ArrayList<>();
        average.of()
                .forEach((variant, seeds) -> Net.of(experiment, List.of(variant), seeds)
                        .forEach(net -> models.add(new RunFolder(net.folder(runs)).model())));
        return models;
    }

    static List<String> command(Experiment experiment, List<Path> models, Path data, int views, Path report) {
        return List.of(
                "Evaluate",
                "--average",
                models.stream().map(Path::toString).collect(Collectors.joining(",")),
                "--data",
                data.toString(),
                "--split",
                experiment.data().split(),
                "--views",
                String.valueOf(views),
                "--out",
                report.toString());
    }
}
