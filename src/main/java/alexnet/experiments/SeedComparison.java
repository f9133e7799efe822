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

/** Two settings, each trained from several seeds: the means of their test errors, and the difference with its interval. */
public final class SeedComparison {
    private static final JsonMapper JSON = new JsonMapper();

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
        Sample.Comparison difference = sample(settings.get(names.get(0))).less(sample(settings.get(names.get(1))));
        return text.append(String.format(
                        Locale.ROOT,
                        "%n%s less %s: %+.2f points, 95 %% interval %+.2f to %+.2f.%n",
                        names.get(0),
                        names.get(1),
                        100 * difference.value(),
                        100 * difference.low(),
                        100 * difference.high()))
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
                100 * sample(runs).mean(),
                each);
    }

    private static Sample sample(Map<String, Double> runs) {
        return new Sample(List.copyOf(runs.values()));
    }
}
