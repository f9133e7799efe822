package alexnet.experiments;

import alexnet.config.UsageException;
import alexnet.run.MetricsLog;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finished runs as the rows of a Markdown table; every figure is read from the runs' own logs. */
public final class ResultsTable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HEAD =
            "| run | recipe | test top-1 error | top-5 error | pictures | epochs | training |"
                    + " images/s | commit |\n|---|---|---|---|---|---|---|---|---|\n";

    private ResultsTable() {}

    /**
     * @param results a folder of runs, each with {@code provenance.json}, {@code metrics.jsonl} and {@code
     *     evaluation-test-1.json}
     * @return the table, a row for each run in the order of names
     * @throws IOException if a log cannot be read
     * @throws UsageException if there is no such folder or it holds no finished run
     */
    public static String of(Path results) throws IOException {
        List<Path> runs = new ArrayList<>();
        if (Files.isDirectory(results)) {
            try (Stream<Path> folders = Files.list(results)) {
                folders.filter(folder -> Files.exists(folder.resolve("evaluation-test-1.json")))
                        .sorted()
                        .forEach(runs::add);
            }
        }
        if (runs.isEmpty()) {
            throw new UsageException("Folder " + results + " holds no finished run, expected folders with"
                    + " evaluation-test-1.json. Train first, or name another folder.");
        }
        StringBuilder table = new StringBuilder(HEAD);
        for (Path run : runs) {
            table.append(row(run));
        }
        return table.toString();
    }

    private static String row(Path run) throws IOException {
        JsonNode evaluation =
                JSON.readTree(run.resolve("evaluation-test-1.json").toFile());
        JsonNode provenance = JSON.readTree(run.resolve("provenance.json").toFile());
        List<JsonNode> log = MetricsLog.read(run.resolve("metrics.jsonl"));
        List<JsonNode> epochs = of(log, "epoch");
        double seconds = epochs.get(epochs.size() - 1).get("trainingSeconds").asDouble();
        double[] rates = of(log, "step").stream()
                .mapToDouble(step -> step.get("imagesPerSecond").asDouble())
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.2f %% | %.2f %% | %d | %d | %.1f min | %.0f | %.8s |%n",
                run.getFileName(),
                evaluation.get("recipe").asText(),
                100 * evaluation.get("top1Error").asDouble(),
                100 * evaluation.get("top5Error").asDouble(),
                evaluation.get("images").asLong(),
                epochs.size(),
                seconds / 60,
                rates[rates.length / 2],
                provenance.get("commit").asText());
    }

    private static List<JsonNode> of(List<JsonNode> log, String event) {
        return log.stream()
                .filter(line -> event.equals(line.path("event").asText()))
                .toList();
    }
}
