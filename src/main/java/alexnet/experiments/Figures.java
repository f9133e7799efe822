package alexnet.experiments;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The rows of one measure in words: what our nets showed, and the paper's figure.
 *
 * @param findings what there is
 * @param measure of their experiment
 */
record Figures(Findings findings, Measure measure) {
    /** In place of a figure that nobody measured. */
    static final String NOT_RUN = "not run";

    /** The first is what the others are compared with. */
    List<String> rows() {
        return findings.rows(measure);
    }

    /** What is measured, such as {@code Test top-1 error, ten views}. */
    String title() {
        return ExperimentReport.capital(
                measure.title(findings.experiment().data().split()));
    }

    private Sample sample(String row) {
        return findings.sample(measure, row);
    }

    private Sample first() {
        return sample(rows().get(0));
    }

    private boolean isFirst(String row) {
        return row.equals(rows().get(0));
    }

    boolean isRun(String row) {
        return sample(row).n() > 0;
    }

    /** How many nets it has of how many, such as {@code 2 of 3, 1 diverged}. */
    String count(String row) {
        Sample sample = sample(row);
        if (findings.averages().containsKey(row)) {
            return sample.n() == 0 ? NOT_RUN : "average";
        }
        List<Evidence> nets = findings.nets().get(row);
        long diverged = nets.stream()
                .filter(net -> net.stage().state() == Stage.State.DIVERGED)
                .count();
        if (nets.isEmpty()) {
            return NOT_RUN;
        }
        long without = nets.size() - diverged - sample.n();
        return sample.n() + " of " + findings.experiment().seeds().size()
                + (diverged == 0 ? "" : ", " + diverged + " diverged")
                + (without == 0 ? "" : ", " + without + " without");
    }

    /** Such as {@code 17.82 % ± 0.10 %}. */
    String mean(String row) {
        Sample sample = sample(row);
        if (sample.n() == 0) {
            return NOT_RUN;
        }
        return measure.format(sample.mean()) + (sample.n() < 2 ? "" : " ± " + measure.format(sample.deviation()));
    }

    /** Every net's value. */
    String each(String row) {
        return sample(row).values().stream().map(measure::format).collect(Collectors.joining(", "));
    }

    /** Such as {@code less without LRN}. */
    String against() {
        return (isRatio() ? "over " : "less ") + findings.title(rows().get(0));
    }

    /** What it is {@link #against} the first row, with its interval; of the first row itself, nothing. */
    String compared(String row) {
        if (isFirst(row)) {
            return "";
        }
        if (!isRun(row) || !isRun(rows().get(0))) {
            return NOT_RUN;
        }
        Sample.Comparison compared =
                isRatio() ? sample(row).over(first()) : sample(row).less(first());
        String value = isRatio()
                ? String.format(Locale.ROOT, "%.2f", compared.value())
                : measure.formatDifference(compared.value());
        if (!compared.hasInterval()) {
            return value
                    + (findings.averages().containsKey(row)
                            ? " (an average: no interval)"
                            : " (one net only: no interval)");
        }
        return isRatio()
                ? String.format(Locale.ROOT, "%s (%.2f to %.2f)", value, compared.low(), compared.high())
                : value + " (" + measure.formatDifference(compared.low()) + " to "
                        + measure.formatDifference(compared.high()) + ")";
    }

    /** The same in a sentence, such as {@code 3.30 (3.10 to 3.53) times ReLU}; empty if there is nothing to compare. */
    String beside(String row) {
        return isFirst(row) || !isRun(row) || !isRun(rows().get(0))
                ? ""
                : compared(row) + (isRatio() ? " times " : " against ") + findings.title(rows().get(0));
    }

    private boolean isRatio() {
        return measure.compare() == Measure.Compare.RATIO;
    }

    /** The paper's figure of a row in words; empty if it gives none. */
    String paper(String row) {
        return measure.paper().getOrDefault(row, "");
    }
}
