package alexnet.bench;

import alexnet.bench.BenchmarkResult.Conditions;
import alexnet.bench.BenchmarkResult.Group;
import alexnet.bench.BenchmarkResult.Split;
import alexnet.bench.Contenders.Trial;
import alexnet.bench.Score.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A benchmark's result as tables to read. */
public final class ResultText {
    private static final int COMMIT_LETTERS = 8;
    private static final int COLUMN = 40;
    private static final double BUSY = 0.5;
    private static final double SHOWN_SECONDS = 5e-6;

    private final BenchmarkResult result;
    private final StringBuilder out = new StringBuilder();
    private final int width;

    private ResultText(BenchmarkResult result) {
        this.result = result;
        this.width = result.groups().stream()
                .flatMap(group -> group.scores().stream().map(score -> name(group, score)))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    /**
     * @param result what was found
     * @return it as text of several lines
     */
    public static String of(BenchmarkResult result) {
        ResultText text = new ResultText(result);
        text.head();
        result.groups().forEach(text::group);
        return text.out.toString();
    }

    private void line(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append(System.lineSeparator());
    }

    private void head() {
        Conditions c = result.conditions();
        Machine m = result.machine();
        String commit = result.provenance().commit();
        line("");
        line(
                "%s, recipe %s, %d threads, %d rounds of %.0f s or more, commit %s%s",
                c.work().name().toLowerCase(Locale.ROOT),
                result.provenance().recipe(),
                c.threads(),
                c.rounds(),
                c.seconds(),
                commit.substring(0, Math.min(commit.length(), COMMIT_LETTERS)),
                result.provenance().uncommittedChanges() ? " with changes" : "");
        line(
                "%s, %d cores, %.0f GB; %s; %s",
                m.processor(),
                m.cores(),
                m.memoryBytes() / 1e9,
                m.vectors().isEmpty() ? "no known vector instructions" : String.join(" ", m.vectors()),
                m.hasBf16() ? "multiplies bf16" : "no bf16 instructions");
        if (m.load() > BUSY) {
            line("The machine was busy at the start (load %.1f): figures are too low, ratios less so.", m.load());
        }
    }

    private void group(Group group) {
        line("");
        line(
                "%s",
                switch (group.work()) {
                    case STEP -> "Training, batch " + group.batch();
                    case INFERENCE -> "Inference, batch " + group.batch();
                    case PIPELINE -> "Training batches of " + group.batch() + " from pictures on disk";
                    case PACKING -> "Pictures to the prepared form";
                    case STATISTICS -> "Mean and colour of decoded pictures";
                });
        boolean latency = group.work() == Work.INFERENCE && group.batch() == 1;
        scores(group);
        if (latency) {
            latencies(group);
        }
        group.scores().stream()
                .filter(score -> score.note() != null)
                .forEach(score -> line("%s: batch %d, since %s", score.contender(), score.batch(), score.note()));
        trials(group);
        parameters(group);
        group.splits().stream().filter(split -> split.turn() != null).forEach(this::split);
    }

    private void scores(Group group) {
        List<String> ours = ours(group);
        line(
                "  %-" + width + "s %9s %17s  %-12s%s",
                "",
                "images/s",
                "range",
                "peak memory",
                heads(ours, " is … × as fast"));
        for (Score score : group.scores()) {
            if (score.imagesPerSecond() == null) {
                line("  %-" + width + "s failed: %s", name(group, score), score.failure());
                continue;
            }
            Figures speed = score.imagesPerSecond();
            line(
                    "  %-" + width + "s %9.2f %17s  %-12s%s",
                    name(group, score),
                    speed.median(),
                    range(speed),
                    score.peakBytes() == null
                            ? "unknown"
                            : String.format(Locale.ROOT, "%.2f GB", score.peakBytes() / 1e9),
                    ratios(ours, score, Comparison::faster));
        }
    }

    private void latencies(Group group) {
        List<String> ours = ours(group);
        line(
                "  %-" + width + "s %9s %17s  %-12s%s",
                "latency",
                "median ms",
                "95 % within",
                "",
                heads(ours, " takes … × the time"));
        for (Score score : group.scores()) {
            if (score.iterationSeconds() != null) {
                line(
                        "  %-" + width + "s %9.2f %17.2f  %-12s%s",
                        score.contender(),
                        1e3 * score.iterationSeconds().median(),
                        1e3 * score.iteration95Seconds(),
                        "",
                        ratios(ours, score, Comparison::latency));
            }
        }
    }

    /** Those of ours that others are compared with. */
    private static List<String> ours(Group group) {
        return group.scores().stream()
                .flatMap(score -> score.comparisons().stream())
                .map(Comparison::ours)
                .distinct()
                .toList();
    }

    private static String heads(List<String> ours, String what) {
        return ours.stream()
                .map(name -> String.format(Locale.ROOT, "%-" + COLUMN + "s", name + what))
                .collect(Collectors.joining());
    }

    private static String ratios(List<String> ours, Score score, Function<Comparison, Figures> figures) {
        return ours.stream()
                .map(name -> score.comparisons().stream()
                        .filter(comparison -> comparison.ours().equals(name) && figures.apply(comparison) != null)
                        .findFirst()
                        .map(comparison -> ratio(figures.apply(comparison)))
                        .orElse(""))
                .map(text -> String.format(Locale.ROOT, "%-" + COLUMN + "s", text))
                .collect(Collectors.joining());
    }

    private static String name(Group group, Score score) {
        return score.contender() + (score.batch() == group.batch() ? "" : " (batch " + score.batch() + ")");
    }

    /** The same network has the same number of parameters. */
    private void parameters(Group group) {
        List<Long> numbers = group.scores().stream()
                .flatMap(score -> score.turns().stream())
                .map(Turn::parameters)
                .distinct()
                .toList();
        if (numbers.size() > 1) {
            line("  The networks differ: their parameters are %s. The ratios mean nothing.", numbers);
        } else if (group.work().hasNetwork() && !numbers.isEmpty()) {
            line("  %,d parameters in each network", numbers.get(0));
        }
    }

    private static String range(Figures figures) {
        return String.format(Locale.ROOT, "%.2f–%.2f", figures.least(), figures.most());
    }

    private static String ratio(Figures ratio) {
        return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", ratio.median(), ratio.least(), ratio.most());
    }

    private void trials(Group group) {
        for (boolean lrn : new boolean[] {true, false}) {
            List<Trial> trials = group.trials().stream()
                    .filter(trial -> trial.setting().endsWith(Contenders.WITHOUT_LRN) != lrn)
                    .toList();
            List<Trial> measured = trials.stream()
                    .filter(trial -> trial.imagesPerSecond() != null)
                    .sorted(Comparator.comparing(Trial::imagesPerSecond).reversed())
                    .toList();
            if (!measured.isEmpty()) {
                line(
                        "  libtorch %s LRN, settings tried briefly, the fastest first: %s",
                        lrn ? "with" : "without",
                        measured.stream()
                                .map(trial ->
                                        String.format(Locale.ROOT, "%s %.2f", setting(trial), trial.imagesPerSecond()))
                                .collect(Collectors.joining("; ")));
            }
            trials.stream()
                    .filter(trial -> trial.note() != null)
                    .collect(Collectors.groupingBy(Trial::note, LinkedHashMap::new, Collectors.toList()))
                    .forEach((note, same) -> line(
                            "    %s: %s",
                            same.stream().map(ResultText::setting).collect(Collectors.joining("; ")), note));
        }
    }

    private static String setting(Trial trial) {
        return Contenders.SETTINGS.get(trial.setting().replace(Contenders.WITHOUT_LRN, ""));
    }

    private void split(Split split) {
        List<Part> parts = split.turn().split();
        double total = parts.stream().mapToDouble(Part::totalSeconds).sum();
        line("  where %s spends the %.1f ms of an iteration:", split.contender(), 1e3 * total);
        line("    %-26s %12s %12s %8s", "kind", "forward ms", "backward ms", "share");
        Map<Part.Kind, List<Part>> kinds = new EnumMap<>(Part.Kind.class);
        parts.forEach(part ->
                kinds.computeIfAbsent(part.kind(), kind -> new ArrayList<>()).add(part));
        kinds.forEach((kind, ofKind) -> times(kind.toString(), ofKind, total));
        line("    %-26s %12s %12s %8s", "layer", "forward ms", "backward ms", "share");
        Map<String, List<Part>> layers = new LinkedHashMap<>();
        parts.stream()
                .filter(part -> !part.kind().toString().equals(part.name()))
                .forEach(part -> layers.computeIfAbsent(layer(part.name()), name -> new ArrayList<>())
                        .add(part));
        layers.entrySet().stream()
                .sorted(Comparator.comparing(entry -> first(parts, entry.getValue())))
                .forEach(entry -> times(entry.getKey(), entry.getValue(), total));
    }

    private static int first(List<Part> parts, List<Part> ofLayer) {
        return parts.indexOf(ofLayer.get(0));
    }

    /** Both towers together: {@code conv1a} and {@code conv1b} are {@code conv1}. */
    private static String layer(String vertex) {
        return vertex.matches(".*\\d[ab]") ? vertex.substring(0, vertex.length() - 1) : vertex;
    }

    private void times(String name, List<Part> parts, double total) {
        double forward = parts.stream().mapToDouble(Part::forwardSeconds).sum();
        double backward = parts.stream().mapToDouble(Part::backwardSeconds).sum();
        if (forward + backward < SHOWN_SECONDS) {
            return; // such as the update of an inference
        }
        line(
                "    %-26s %12.2f %12.2f %7.1f%%",
                name, 1e3 * forward, 1e3 * backward, 100 * (forward + backward) / total);
    }
}
