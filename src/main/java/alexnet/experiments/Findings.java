package alexnet.experiments;

import alexnet.config.UsageException;
import alexnet.experiments.Experiment.Average;
import alexnet.run.RunException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * All that is left of an experiment's nets.
 *
 * @param experiment whose
 * @param nets of each variant, those that are over, in the order of seeds
 * @param grid of each variant by rate, those that are over
 * @param averages reports of each average by the number of views
 */
record Findings(
        Experiment experiment,
        Map<String, List<Evidence>> nets,
        Map<String, Map<Double, Evidence>> grid,
        Map<String, Map<Integer, JsonNode>> averages) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * @param experiment whose nets are wanted
     * @param results the folder of experiments' folders
     * @return what is there
     * @throws UsageException if something there belongs to another definition or another data set
     */
    static Findings read(Experiment experiment, Path results) {
        Map<String, List<Evidence>> nets = new LinkedHashMap<>();
        experiment.variants().forEach(variant -> nets.put(variant.name(), new ArrayList<>()));
        Net.of(experiment, List.of(), List.of())
                .forEach(net -> over(net, results).ifPresent(nets.get(net.row())::add));
        Map<String, Map<Double, Evidence>> grid = new LinkedHashMap<>();
        if (experiment.grid() != null) {
            experiment.variants().forEach(variant -> grid.put(variant.name(), new TreeMap<>()));
            Net.ofGrid(experiment, List.of())
                    .forEach(net -> over(net, results)
                            .ifPresent(found -> grid.get(net.row()).put(net.rate(), found)));
        }
        Findings findings = new Findings(experiment, nets, grid, averages(experiment, results));
        findings.checkData();
        return findings;
    }

    private static java.util.Optional<Evidence> over(Net net, Path results) {
        return Evidence.read(net, results).filter(found -> found.stage().isOver());
    }

    private static Map<String, Map<Integer, JsonNode>> averages(Experiment experiment, Path results) {
        Map<String, Map<Integer, JsonNode>> averages = new LinkedHashMap<>();
        for (Average average : experiment.averages()) {
            Map<Integer, JsonNode> reports = new TreeMap<>();
            for (int views : experiment.views()) {
                Path file = Stage.evaluation(experiment, AverageNets.folder(experiment, average, results), views);
                if (Files.exists(file)) {
                    try {
                        reports.put(views, JSON.readTree(file.toFile()));
                    } catch (IOException e) {
                        throw new RunException("Report " + file + " cannot be read (" + e + "). Mend that.", e);
                    }
                }
            }
            averages.put(average.name(), reports);
        }
        return averages;
    }

    /** Nets that others begin with are trained on other data by intent. */
    private void checkData() {
        List<Evidence> measured = new ArrayList<>();
        nets.forEach((row, found) ->
                found.stream().filter(net -> !net.net().variant().pretrain()).forEach(measured::add));
        grid.values().forEach(found -> measured.addAll(found.values()));
        Evidence.checkSameData(experiment, measured);
        for (Map<Integer, JsonNode> reports : averages.values()) {
            for (JsonNode report : reports.values()) {
                if (!measured.isEmpty()
                        && !report.path("data").asText().equals(measured.get(0).data())) {
                    throw new UsageException("Experiment " + experiment.name() + " has an average measured on data "
                            + report.path("data").asText() + " and nets trained on "
                            + measured.get(0).data() + ", expected one data set. Measure the average again.");
                }
            }
        }
    }

    /** Nets that are over, of those planned. */
    int finished() {
        return nets.values().stream().mapToInt(List::size).sum();
    }

    int planned() {
        return experiment.variants().size() * experiment.seeds().size();
    }

    boolean isEmpty() {
        return finished() == 0 && grid.values().stream().allMatch(Map::isEmpty);
    }

    /** The rows of a measure's table, the first being what the others are compared with. */
    List<String> rows(Measure measure) {
        if (!measure.variants().isEmpty()) {
            return measure.variants();
        }
        List<String> rows = new ArrayList<>();
        experiment.variants().stream()
                .filter(variant -> !variant.pretrain())
                .forEach(variant -> rows.add(variant.name()));
        if (measure.kind() == Measure.Kind.TEST_ERROR) {
            experiment.averages().forEach(average -> rows.add(average.name()));
        }
        return rows;
    }

    /** What reads a measure from the nets of its rows. */
    Readings readings(Measure measure) {
        List<Evidence> compared = new ArrayList<>();
        rows(measure).forEach(row -> compared.addAll(nets.getOrDefault(row, List.of())));
        return new Readings(measure, compared);
    }

    /** The numbers of one row; of a net that has none, none. */
    Sample sample(Measure measure, String row) {
        if (averages.containsKey(row)) {
            OptionalDouble error = Readings.error(averages.get(row).get(measure.views()), measure.top());
            return new Sample(error.isPresent() ? List.of(error.getAsDouble()) : List.of());
        }
        Readings readings = readings(measure);
        return new Sample(nets.get(row).stream()
                .filter(net -> net.stage().state() == Stage.State.FINISHED)
                .map(readings::of)
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .toList());
    }

    /** How a row is called in tables. */
    String title(String row) {
        String about = averages.containsKey(row)
                ? experiment.averages().stream()
                        .filter(average -> average.name().equals(row))
                        .findFirst()
                        .orElseThrow()
                        .about()
                : experiment.variant(row).about();
        return about == null ? row : about;
    }
}
