package alexnet.experiments;

import alexnet.run.AtomicFiles;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Copies what proves a result, and is small, from the runs to where it is kept. */
public final class Keeping {
    private static final List<String> FILES = List.of("recipe.yaml", "provenance.json", "metrics.jsonl");

    private Keeping() {}

    /** Which files of a folder are copied, relative to it, there or not. */
    @FunctionalInterface
    private interface Selection {
        List<Path> of(Path folder) throws IOException;
    }

    /**
     * @param experiment whose finished nets are kept, those of its grid and the measured averages included
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
                kept.add(copy(net.folder(runs), net.folder(results), folder -> files(experiment, folder)));
            }
        }
        for (Experiment.Average average : experiment.averages()) {
            Path from = AverageNets.folder(experiment, average, runs);
            if (evaluations(experiment, from).stream().map(from::resolve).anyMatch(Files::exists)) {
                Path to = AverageNets.folder(experiment, average, results);
                kept.add(copy(from, to, folder -> evaluations(experiment, folder)));
            }
        }
        return kept;
    }

    private static List<Path> files(Experiment experiment, Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        FILES.forEach(name -> files.add(Path.of(name)));
        files.addAll(evaluations(experiment, folder));
        files.add(Path.of(KernelColour.FILE));
        if (experiment.pictures()) {
            Evidence.newestPictures(folder).ifPresent(file -> files.add(folder.relativize(file)));
        }
        return files;
    }

    private static List<Path> evaluations(Experiment experiment, Path folder) {
        return Stream.of(1, 10)
                .map(views -> folder.relativize(Stage.evaluation(experiment, folder, views)))
                .toList();
    }

    private static Path copy(Path from, Path to, Selection selection) {
        try {
            for (Path file : selection.of(from)) {
                if (Files.exists(from.resolve(file))) {
                    byte[] bytes = Files.readAllBytes(from.resolve(file));
                    AtomicFiles.write(to.resolve(file), out -> out.write(bytes));
                }
            }
            return to;
        } catch (IOException e) {
            throw new RunException(
                    "Folder " + from + " cannot be copied to " + to + " (" + e
                            + "), expected a writable place with free space. Mend that and repeat the command.",
                    e);
        }
    }
}
