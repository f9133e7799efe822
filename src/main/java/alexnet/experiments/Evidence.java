package alexnet.experiments;

import alexnet.config.Recipe;
import alexnet.config.UsageException;
import alexnet.run.MetricsLog;
import alexnet.run.RunException;
import alexnet.run.RunFolder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is left of one training, read from its folder.
 *
 * @param net which one
 * @param folder where it lies
 * @param recipe what was trained
 * @param provenance with what, when and where it began
 * @param resumed a line of the log for each time that it was gone on with
 * @param epochs a line of the log for each
 * @param steps a line of the log for each ten
 * @param evaluations by the number of views
 * @param stage how far it is
 * @param colour of its lowest kernels; null if it was not measured
 */
record Evidence(
        Net net,
        Path folder,
        Recipe recipe,
        JsonNode provenance,
        List<JsonNode> resumed,
        List<JsonNode> epochs,
        List<JsonNode> steps,
        Map<Integer, JsonNode> evaluations,
        Stage stage,
        KernelColour colour) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DATA = "data";

    /**
     * @param net which one
     * @param results the folder of experiments' folders
     * @return what is there; nothing if there is no such folder
     * @throws UsageException if the folder lacks a part, or was trained with another recipe or measured on other data
     */
    static Optional<Evidence> read(Net net, Path results) {
        Path folder = net.folder(results);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        RunFolder run = new RunFolder(folder);
        for (Path needed : List.of(run.recipeFile(), run.provenance(), run.metrics())) {
            if (!Files.isRegularFile(needed)) {
                throw new UsageException("Folder " + folder + " lacks " + needed.getFileName()
                        + ", expected recipe.yaml, provenance.json and metrics.jsonl as Train leaves them. Copy them, or"
                        + " remove the folder and run the net again.");
            }
        }
        try {
            List<JsonNode> log = MetricsLog.read(run.metrics());
            Path kernels = folder.resolve(KernelColour.FILE);
            Evidence evidence = new Evidence(
                    net,
                    folder,
                    run.recipe(),
                    JSON.readTree(run.provenance().toFile()),
                    events(log, "resume"),
                    events(log, "epoch"),
                    events(log, "step"),
                    evaluations(net.home(), folder),
                    Stage.of(net, results),
                    Files.exists(kernels) ? KernelColour.parse(Files.readString(kernels)) : null);
            evidence.checkOneDataSet();
            return Optional.of(evidence);
        } catch (IOException e) {
            throw new RunException(
                    "Folder " + folder + " cannot be read (" + e + "), expected readable logs. Mend that.", e);
        }
    }

    private static List<JsonNode> events(List<JsonNode> log, String event) {
        return log.stream()
                .filter(line -> event.equals(line.path("event").asText()))
                .toList();
    }

    private static Map<Integer, JsonNode> evaluations(Experiment home, Path folder) throws IOException {
        Map<Integer, JsonNode> evaluations = new TreeMap<>();
        for (int views : List.of(1, 10)) {
            Path file = Stage.evaluation(home, folder, views);
            if (Files.exists(file)) {
                evaluations.put(views, JSON.readTree(file.toFile()));
            }
        }
        return evaluations;
    }

    /** Commit and machine of each sitting, the first being the provenance. */
    List<JsonNode> sittings() {
        return Stream.concat(Stream.of(provenance), resumed.stream()).toList();
    }

    /** Digest of the data it was trained on. */
    String data() {
        return provenance.path(DATA).asText();
    }

    private void checkOneDataSet() {
        evaluations.forEach((views, report) -> {
            if (!report.path(DATA).asText().equals(data())) {
                throw new UsageException("Net " + folder + " was trained on data " + data() + " and measured on data "
                        + report.path(DATA).asText() + ", expected the same. Measure it again with Evaluate --data on"
                        + " the data of its training.");
            }
        });
    }

    /** Throws {@link UsageException} if some were trained on other data than the first. */
    static void checkSameData(Experiment experiment, List<Evidence> all) {
        for (Evidence other : all) {
            Evidence first = all.get(0);
            if (!other.data().equals(first.data())) {
                throw new UsageException("Experiment " + experiment.name() + " has nets of different data sets: "
                        + first.folder + " was trained on " + first.data() + ", " + other.folder + " on " + other.data()
                        + ", expected one. Run the nets of one of them again, or move them away.");
            }
        }
    }

    /** Throws {@link UsageException} if a folder holds a net of other data. */
    static void checkData(Path folder, String digest, Path data) {
        Path file = new RunFolder(folder).provenance();
        if (!Files.exists(file)) {
            return;
        }
        try {
            String trained = JSON.readTree(file.toFile()).path(DATA).asText();
            if (!trained.equals(digest)) {
                throw new UsageException("Net " + folder + " was trained on data " + trained + ", " + data + " holds "
                        + digest + ", expected the same. Name the data of its training with --data, or move the folder"
                        + " away.");
            }
        } catch (IOException e) {
            throw new RunException("Provenance " + file + " cannot be read (" + e + ").", e);
        }
    }

    /** The newest kernels and guesses that the dashboard kept, if any. */
    Optional<JsonNode> pictures() {
        try {
            Optional<Path> file = newestPictures(folder);
            return file.isEmpty()
                    ? Optional.empty()
                    : Optional.of(JSON.readTree(file.orElseThrow().toFile()));
        } catch (IOException e) {
            throw new RunException(
                    "Pictures of " + folder + " cannot be read (" + e + "), expected JSON files of epochs. Remove them,"
                            + " or run the net again.",
                    e);
        }
    }

    /** The file of a run's folder that holds them. */
    static Optional<Path> newestPictures(Path folder) throws IOException {
        Path pictures = folder.resolve("pictures");
        if (!Files.isDirectory(pictures)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(pictures)) {
            return files.filter(file -> file.getFileName().toString().matches("epoch-\\d+\\.json"))
                    .max(Comparator.naturalOrder());
        }
    }

    /** Time spent training, in hours. */
    double hours() {
        return stage.seconds() / 3600;
    }
}
