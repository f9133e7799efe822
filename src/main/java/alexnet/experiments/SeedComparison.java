package alexnet.experiments;

import alexnet.config.UsageException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/** Two settings, each trained from several seeds: the means of their test errors, and the difference with its interval. */
public final class SeedComparison {
    private static final JsonMapper JSON = new JsonMapper();
    private static final double CONFIDENCE = 0.95;

    private SeedComparison() {}

    /**
     * @param folder of finished runs named {@code SETTING-SEED}, of two settings with two seeds or more each
     * @return a Markdown table and a sentence; the interval of the difference is Welch's, at 95 %
     * @throws IOException if a report cannot be read
     * @throws UsageException if there are not two such settings
     */
    public static String of(Path folder) throws IOException {
        Map<String, Map<String, Double>> settings = read(folder);
        if (settings.size() != 2 || settings.values().stream().anyMatch(runs -> runs.size() < 2)) {
            throw new UsageException(
                    "Folder " + folder + " holds runs of " + settings.keySet()
                            + ", expected two settings with two seeds or more each, in folders named SETTING-SEED. Train the rest.");
        }
        StringBuilder text =
                new StringBuilder("| setting | seeds | mean test top-1 error | each |\n|---|---|---|---|\n");
        settings.forEach((name, runs) -> text.append(row(name, runs)));
        List<String> names = List.copyOf(settings.keySet());
        SummaryStatistics first = statistics(settings.get(names.get(0)));
        SummaryStatistics second = statistics(settings.get(names.get(1)));
        double difference = first.getMean() - second.getMean();
        double half = halfInterval(first, second);
        return text.append(String.format(
                        Locale.ROOT,
                        "%n%s less %s: %+.2f points, 95 %% interval %+.2f to %+.2f.%n",
                        names.get(0),
                        names.get(1),
                        100 * difference,
                        100 * (difference - half),
                        100 * (difference + half)))
                .toString();
    }

    private static Map<String, Map<String, Double>> read(Path folder) throws IOException {
        Map<String, Map<String, Double>> settings = new TreeMap<>();
        List<Path> runs;
        try (Stream<Path> folders = Files.list(folder)) {
            runs = folders.filter(run -> Files.exists(run.resolve("evaluation-test-1.json")))
                    .toList();
        }
        for (Path run : runs) {
            String name = run.getFileName().toString();
            int dash = Math.max(0, name.lastIndexOf('-'));
            double error = JSON.readTree(run.resolve("evaluation-test-1.json").toFile())
                    .get("top1Error")
                    .asDouble();
            settings.computeIfAbsent(name.substring(0, dash), s -> new TreeMap<>())
                    .put(name.substring(dash), error);
        }
        return settings;
    }

    private static String row(String name, Map<String, Double> runs) {
        String each = runs.values().stream()
                .map(error -> String.format(Locale.ROOT, "%.2f %%", 100 * error))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.2f %% | %s |%n",
                name,
                runs.size(),
                100 * statistics(runs).getMean(),
                each);
    }

    private static SummaryStatistics statistics(Map<String, Double> runs) {
        SummaryStatistics statistics = new SummaryStatistics();
        runs.values().forEach(statistics::addValue);
        return statistics;
    }

    /** Welch's: the spreads may differ. */
    private static double halfInterval(SummaryStatistics a, SummaryStatistics b) {
        double ofA = a.getVariance() / a.getN();
        double ofB = b.getVariance() / b.getN();
        double sum = ofA + ofB;
        if (sum == 0) {
            return 0;
        }
        double freedom = sum * sum / (ofA * ofA / (a.getN() - 1) + ofB * ofB / (b.getN() - 1));
        return Math.sqrt(sum) * new TDistribution(freedom).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    }
}
