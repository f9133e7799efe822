package alexnet.experiments;

import alexnet.run.AtomicFiles;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Copies what proves a result, and is small, from the runs to where it is kept. */
public final class Keeping {
    private static final List<String> FILES = List.of("recipe.yaml", "provenance.json", "metrics.jsonl");

    private Keeping() {}

    /**
     * @param experiment whose finished nets are kept, those of its grid included
     * @param runs where they were trained
     * @param results where logs, evaluations and, if the experiment shows them, kernels and guesses are copied to
     * @return the folders that were made or replaced
     */
    public static List<Path> keep(Experiment experiment, Path runs, Path results) {
        List<Net> nets = new ArrayList<>(Net.of(experiment, List.of(), List.of()));
        if (experiment.grid() != null) {
            nets.addAll(Net.ofGrid(experiment, List.of()));
        }
        List<Path> kept = new ArrayList<>();
        for (Net net : nets) {
            if (Stage.of(net, runs).isOver()) {
                try {
                    copy(experiment, net.folder(runs), net.folder(results));
                } catch (IOException e) {
                    throw new RunException(
                            "Net " + net.folder(runs) + " cannot be copied to " + net.folder(results) + " (" + e
                                    + "), expected a writable place with free space. Mend that and repeat the command.",
                            e);
                }
                kept.add(net.folder(results));
            }
        }
        return kept;
    }

    private static void copy(Experiment experiment, Path from, Path to) throws IOException {
        List<Path> files = new ArrayList<>();
        FILES.forEach(name -> files.add(Path.of(name)));
        for (int views : List.of(1, 10)) {
            files.add(from.relativize(Stage.evaluation(experiment, from, views)));
        }
        files.add(Path.of(KernelColour.FILE));
        if (experiment.pictures()) {
            Evidence.newestPictures(from).ifPresent(file -> files.add(from.relativize(file)));
        }
        for (Path file : files) {
            if (Files.exists(from.resolve(file))) {
                byte[] bytes = Files.readAllBytes(from.resolve(file));
                AtomicFiles.write(to.resolve(file), out -> out.write(bytes));
            }
        }
    }
}
