package alexnet.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/** Reads the number of a {@link Measure} from a net's logs. */
final class Readings {
    private static final String TRAIN_ERROR = "trainTop1Error";
    private static final String TRAIN_LOSS = "trainLoss";
    private static final String IMAGES = "trainImages";
    private static final String ITERATION = "iteration";
    private static final int STEPS_IN_LINE = 10;

    private final Measure measure;
    private final double level;

    /**
     * @param measure what to read
     * @param compared all nets in the comparison: a loss that each reaches follows from them
     */
    Readings(Measure measure, List<Evidence> compared) {
        this.measure = measure;
        this.level = compared.stream()
                .mapToDouble(net -> net.epochs().stream()
                        .mapToDouble(epoch -> epoch.path(TRAIN_LOSS).asDouble())
                        .min()
                        .orElse(Double.NaN))
                .max()
                .orElse(Double.NaN);
    }

    /** The loss that all nets reach, in nats. */
    double level() {
        return level;
    }

    /** @return the number; nothing if the net has none, such as one that never got to the target */
    OptionalDouble of(Evidence net) {
        return switch (measure.kind()) {
            case TEST_ERROR -> error(net.evaluations().get(measure.views()), measure.top());
            case VALIDATION_ERROR -> last(net, "validationTop1Error");
            case TRAINING_ERROR -> last(net, TRAIN_ERROR);
            case GAP -> gap(net);
            case EPOCHS_TO_TRAINING_ERROR -> epochsTo(net, measure.target());
            case ITERATIONS_TO_LOSS -> iterationsToLoss(net.epochs(), level);
            case SECONDS_PER_STEP -> secondsPerStep(net.steps());
            case COLOUR_APART ->
                net.colour() == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(net.colour().apart());
        };
    }

    /** Of an evaluation's report. */
    static OptionalDouble error(JsonNode report, int top) {
        return report == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(report.path("top" + top + "Error").asDouble(Double.NaN));
    }

    private OptionalDouble gap(Evidence net) {
        OptionalDouble test = error(net.evaluations().get(measure.views()), 1);
        OptionalDouble training = last(net, TRAIN_ERROR);
        return test.isEmpty() || training.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(test.getAsDouble() - training.getAsDouble());
    }

    private static OptionalDouble last(Evidence net, String field) {
        List<JsonNode> epochs = net.epochs();
        return epochs.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(epochs.get(epochs.size() - 1).path(field).asDouble());
    }

    /** When the mean over the newest quarter of an epoch first is at most the target. */
    private static OptionalDouble epochsTo(Evidence net, double target) {
        if (net.epochs().isEmpty()) {
            return OptionalDouble.empty();
        }
        double quarter = net.epochs().get(0).path(IMAGES).asDouble() / 4;
        Deque<JsonNode> window = new ArrayDeque<>();
        double images = 0;
        double wrong = 0;
        for (JsonNode line : net.steps()) {
            window.add(line);
            images += line.path(IMAGES).asDouble();
            wrong += wrong(line);
            while (images - window.element().path(IMAGES).asDouble() >= quarter) {
                JsonNode oldest = window.remove();
                images -= oldest.path(IMAGES).asDouble();
                wrong -= wrong(oldest);
            }
            if (images >= quarter && wrong / images <= target) {
                return OptionalDouble.of(line.path("epoch").asDouble()
                        - 1
                        + line.path("step").asDouble() / line.path("steps").asDouble());
            }
        }
        return OptionalDouble.empty();
    }

    private static double wrong(JsonNode line) {
        return line.path(TRAIN_ERROR).asDouble() * line.path(IMAGES).asDouble();
    }

    /** Between the epochs before and after, in proportion. */
    private static OptionalDouble iterationsToLoss(List<JsonNode> epochs, double level) {
        for (int i = 0; i < epochs.size(); i++) {
            double loss = epochs.get(i).path(TRAIN_LOSS).asDouble();
            double iteration = epochs.get(i).path(ITERATION).asDouble();
            if (loss <= level) {
                if (i == 0) {
                    return OptionalDouble.of(iteration);
                }
                double before = epochs.get(i - 1).path(TRAIN_LOSS).asDouble();
                double from = epochs.get(i - 1).path(ITERATION).asDouble();
                return OptionalDouble.of(from + (iteration - from) * (before - level) / (before - loss));
            }
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble secondsPerStep(List<JsonNode> steps) {
        double[] seconds = steps.stream()
                .filter(line -> line.path("step").asInt() % STEPS_IN_LINE == 0)
                .mapToDouble(line -> line.path("computeSeconds").asDouble() / STEPS_IN_LINE)
                .sorted()
                .toArray();
        return seconds.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(seconds[seconds.length / 2]);
    }
}
