package alexnet.cli;

import alexnet.evaluation.ClassErrors;
import alexnet.evaluation.Confusion;
import alexnet.evaluation.ErrorCount;
import alexnet.evaluation.Interval;
import alexnet.evaluation.Measurement;
import alexnet.evaluation.WeightFit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A measurement for people: what fits a screen; the report has the rest. */
final class EvaluationText {
    private static final int MOST_LINES = 10;
    private static final int MOST_PAIRS = 5;
    private static final int LONGEST_NAME = 30;

    private final Measurement found;
    private final List<Path> zips;

    EvaluationText(Measurement found, List<Path> zips) {
        this.found = found;
        this.zips = zips;
    }

    /** What is not counted: damaged pictures, the first by name, and what the pictures' source tells. */
    List<String> leftOut() {
        List<String> lines = new ArrayList<>(found.pictures().notes());
        for (Map.Entry<Integer, String> one : found.damaged().entrySet()) {
            if (lines.size() == MOST_LINES) {
                lines.add("… and others");
                break;
            }
            lines.add("Picture " + found.pictures().key(one.getKey()) + " cannot be used: " + one.getValue() + ".");
        }
        if (!found.damaged().isEmpty()) {
            lines.add(found.damaged().size() + " of " + found.pictures().size() + " pictures cannot be used and are not"
                    + " counted.");
        }
        return lines;
    }

    /** Intervals, weights, the worst classes and pairs. */
    String details() {
        return intervals() + weights() + classes() + confusions();
    }

    private String intervals() {
        ErrorCount count = found.tally().all();
        return "95 % intervals: top-1 "
                + Interval.of(count.wrong1(), count.images()).text() + ", top-5 "
                + Interval.of(count.wrong5(), count.images()).text() + "\n";
    }

    private String weights() {
        WeightFit fit = found.fit();
        if (fit == null) {
            return "";
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Weights found on %s: cross-entropy there %.4f, with equal weights %.4f%n",
                fit.split(),
                fit.loss(),
                fit.equalLoss()));
        for (int i = 0; i < zips.size(); i++) {
            text.append(String.format(Locale.ROOT, "  %.4f  %s%n", fit.weights()[i], zips.get(i)));
        }
        if (fit.split().equals(found.pictures().name())) {
            text.append(
                    "The errors are of the very pictures that the weights were found on: others would fare worse.\n");
        }
        return text.toString();
    }

    private String classes() {
        List<ClassErrors> worst = found.tally().classErrors().stream()
                .sorted(Comparator.comparingDouble(ClassErrors::top1).reversed())
                .toList();
        int width = worst.stream()
                .limit(MOST_LINES)
                .mapToInt(one -> shortened(one.name()).length())
                .max()
                .orElse(0);
        String name = "%-" + Math.max(width, "class".length()) + "s";
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, name + "  pictures    top-1    95 %% interval     top-5%n", "class"));
        for (ClassErrors one : worst.subList(0, Math.min(MOST_LINES, worst.size()))) {
            text.append(String.format(
                    Locale.ROOT,
                    name + "  %8d  %5.1f %%  %5.1f to %5.1f %%  %5.1f %%%n",
                    shortened(one.name()),
                    one.pictures(),
                    100 * one.top1(),
                    100 * one.top1Interval().low(),
                    100 * one.top1Interval().high(),
                    100 * one.top5()));
        }
        if (worst.size() > MOST_LINES) {
            text.append("… and ").append(worst.size() - MOST_LINES).append(" classes with fewer errors\n");
        }
        return text.toString();
    }

    private String confusions() {
        List<Confusion> pairs = found.tally().confusions();
        if (pairs.isEmpty()) {
            return "";
        }
        return pairs.stream()
                .limit(MOST_PAIRS)
                .map(one -> String.format(
                        Locale.ROOT, "%5d  %s → %s%n", one.count(), shortened(one.label()), shortened(one.guess())))
                .collect(Collectors.joining("", "Most often taken for another:\n", ""));
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }
}
