package alexnet.evaluation;

import alexnet.config.UsageException;
import alexnet.data.ImageSplit;
import alexnet.data.Manifest;
import alexnet.data.PreparedData;
import alexnet.inference.Classifier;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Top-1 and top-5 error of an exported model on a prepared data set ({@code §2}, {@code §4.1}). */
public final class Evaluation {
    private static final int VIEWS_AT_ONCE = 128;

    private Evaluation() {}

    /**
     * @param classifier the model
     * @param data a prepared data set with the model's classes
     * @param splitName which part of it
     * @param tenViews average the softmax over ten views, or see the centre only
     * @param progress shows pictures per second
     * @return the counts; the loss is that of the averaged probabilities, at most 87 nats a picture, since a float32
     *     softmax tells smaller ones from 0 no more
     * @throws UsageException if the data does not fit the model
     * @throws RunException if a probability is not a number
     */
    public static ErrorCount measure(
            Classifier classifier, PreparedData data, String splitName, boolean tenViews, Progress.Factory progress) {
        checkFits(classifier, data.manifest());
        ImageSplit split = data.split(splitName);
        int size = data.manifest().size();
        int atOnce = VIEWS_AT_ONCE / (tenViews ? 10 : 1);
        ErrorCount count = new ErrorCount();
        try (Progress bar = progress.start("evaluate", split.size(), "img")) {
            for (int from = 0; from < split.size(); from += atOnce) {
                int to = Math.min(split.size(), from + atOnce);
                List<byte[]> squares = new ArrayList<>();
                for (int i = from; i < to; i++) {
                    byte[] rgb = new byte[3 * size * size];
                    split.read(i, rgb);
                    squares.add(rgb);
                }
                double[][] probabilities = classifier.probabilities(squares, tenViews);
                for (int i = from; i < to; i++) {
                    add(count, probabilities[i - from], split, i);
                }
                bar.advance(to - from);
            }
        }
        return count;
    }

    private static void add(ErrorCount count, double[] probabilities, ImageSplit split, int i) {
        for (double probability : probabilities) {
            if (Double.isNaN(probability)) {
                throw new RunException("The model gives NaN for picture " + split.key(i)
                        + ", expected probabilities. Its training diverged: use an earlier checkpoint.");
            }
        }
        count.addProbabilities(probabilities, split.label(i));
    }

    private static void checkFits(Classifier classifier, Manifest manifest) {
        int size = classifier.model().contract().size();
        if (manifest.size() != size) {
            throw new UsageException("Data holds squares of " + manifest.size() + " pixels, the model expects " + size
                    + ". Prepare the data again with --size " + size + ".");
        }
        if (!Objects.equals(manifest.classes(), classifier.model().labels())) {
            throw new UsageException("Data has the classes " + shortened(manifest.classes()) + ", the model "
                    + shortened(classifier.model().labels())
                    + ", expected the same. Name the data that fits the model.");
        }
    }

    private static String shortened(List<String> names) {
        return names.size() <= 5
                ? names.toString()
                : names.size() + " from " + names.get(0) + " to " + names.get(names.size() - 1);
    }
}
