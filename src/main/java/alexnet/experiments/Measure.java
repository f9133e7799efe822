package alexnet.experiments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A number that is read from each net's logs and compared.
 *
 * @param kind what is read
 * @param views of {@link Kind#TEST_ERROR} and {@link Kind#GAP}; absent: 1
 * @param top of {@link Kind#TEST_ERROR}: 1 or 5; absent: 1
 * @param target of {@link Kind#EPOCHS_TO_TRAINING_ERROR}: the share, 0 to 1
 * @param compare how rows are compared with the first; absent: by their difference
 * @param variants the rows, the first being what the others are compared with; absent: all
 * @param paper the paper's figure of a row, in words
 */
public record Measure(
        Kind kind,
        Integer views,
        Integer top,
        Double target,
        Compare compare,
        List<String> variants,
        Map<String, String> paper) {
    /** What can be read from a net's logs. */
    public enum Kind {
        /** Error on the experiment's split at the end. */
        TEST_ERROR("error at the end", "%"),
        /** Top-1 error on the validation pictures after the last epoch: what settings may be chosen by. */
        VALIDATION_ERROR("validation top-1 error of the last epoch", "%"),
        /** Top-1 error on the training batches of the last epoch, counted as they were learned from. */
        TRAINING_ERROR("training top-1 error of the last epoch", "%"),
        /** Error at the end less {@link #TRAINING_ERROR}. */
        GAP("gap between the error at the end and the training error of the last epoch, top-1", "points"),
        /** Epochs until the mean training error over a quarter of an epoch is at most the target. */
        EPOCHS_TO_TRAINING_ERROR("epochs to a training top-1 error of", null),
        /** Updates until the mean training loss of an epoch is one that all nets compared reach. */
        ITERATIONS_TO_LOSS("updates to the same training loss", null),
        /** Median time of a training step, waiting for data excluded. */
        SECONDS_PER_STEP("seconds per training step", null),
        /** How far the towers' shares of chroma energy in the lowest kernels lie apart, see {@link KernelColour}. */
        COLOUR_APART("difference of the towers' shares of chroma energy in the lowest kernels", "points");

        private final String words;
        private final String hundredths;

        Kind(String words, String hundredths) {
            this.words = words;
            this.hundredths = hundredths;
        }

        /** Whether it is a share or the difference of two, and shown in hundredths. */
        boolean isShare() {
            return hundredths != null;
        }
    }

    /** How two rows are compared. */
    public enum Compare {
        /** The one less the other. */
        DIFFERENCE,
        /** The one divided by the other. */
        RATIO
    }

    /** Fills in what is absent and checks the ranges. */
    public Measure {
        views = views == null ? Integer.valueOf(1) : views;
        top = top == null ? Integer.valueOf(1) : top;
        compare = compare == null ? Compare.DIFFERENCE : compare;
        variants = variants == null ? List.of() : List.copyOf(variants);
        paper = paper == null ? Map.of() : new LinkedHashMap<>(paper);
        Experiment.require(
                kind != null && (views == 1 || views == 10) && (top == 1 || top == 5),
                "measures",
                "a kind, views 1 or 10, top 1 or 5",
                "kind " + kind + ", views " + views + ", top " + top);
        Experiment.require(
                (kind == Kind.EPOCHS_TO_TRAINING_ERROR) == (target != null)
                        && (target == null || target >= 0 && target <= 1),
                "measures " + kind,
                "a target from 0 to 1 with epochs_to_training_error, and with nothing else",
                "target " + target);
    }

    /** For headings, such as {@code test top-1 error, ten views}. */
    String title(String split) {
        return switch (kind) {
            case TEST_ERROR -> split + " top-" + top + " error, " + viewsInWords();
            case GAP ->
                "gap: " + split + " top-1 error (" + viewsInWords() + ") less training top-1 error of the last"
                        + " epoch";
            case EPOCHS_TO_TRAINING_ERROR -> kind.words + String.format(Locale.ROOT, " %.0f %%", 100 * target);
            default -> kind.words;
        };
    }

    private String viewsInWords() {
        return views == 1 ? "centre view" : "ten views";
    }

    /** A value for people. */
    String format(double value) {
        if (kind.isShare()) {
            return String.format(Locale.ROOT, "%.2f ", 100 * value) + kind.hundredths;
        }
        return kind == Kind.ITERATIONS_TO_LOSS
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, kind == Kind.SECONDS_PER_STEP ? "%.4f s" : "%.2f", value);
    }

    /** A difference of two values for people. */
    String formatDifference(double value) {
        return kind.isShare()
                ? String.format(Locale.ROOT, "%+.2f points", 100 * value)
                : String.format(
                        Locale.ROOT,
                        kind == Kind.ITERATIONS_TO_LOSS ? "%+.0f" : kind == Kind.SECONDS_PER_STEP ? "%+.4f s" : "%+.2f",
                        value);
    }
}
