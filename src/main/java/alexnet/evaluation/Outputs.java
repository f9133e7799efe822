package alexnet.evaluation;

import alexnet.image.BadImageException;
import alexnet.inference.Classifier;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What models say of the pictures of a set, one model after the other. */
final class Outputs {
    private static final int VIEWS_AT_ONCE = 128;

    private final TestSet pictures;
    private final boolean tenViews;
    private final Progress.Factory progress;
    private final Map<Integer, String> damaged = new TreeMap<>();

    /** Takes what a model says of one picture. */
    @FunctionalInterface
    interface Taker {
        /**
         * @param i number of the picture
         * @param probabilities one for each class; the mean over the views
         */
        void take(int i, double[] probabilities);
    }

    private record Read(byte[] square, String reason) {}

    /**
     * @param pictures to look at
     * @param tenViews average the softmax over ten views ({@code §4.1}), or see the centre only
     * @param progress shows pictures per second
     */
    Outputs(TestSet pictures, boolean tenViews, Progress.Factory progress) {
        this.pictures = pictures;
        this.tenViews = tenViews;
        this.progress = progress;
    }

    /** The pictures that could not be read, by number, with the reason. */
    Map<Integer, String> damaged() {
        return damaged;
    }

    /**
     * Shows a model all pictures that can be read, in their order.
     *
     * @throws RunException if a probability is not a number, or no picture can be read
     */
    void show(Classifier classifier, String task, Taker taker) {
        int atOnce = VIEWS_AT_ONCE / (tenViews ? 10 : 1);
        try (Progress bar = progress.start(task, pictures.size(), "img")) {
            for (int from = 0; from < pictures.size(); from += atOnce) {
                int to = Math.min(pictures.size(), from + atOnce);
                List<byte[]> squares = new ArrayList<>();
                List<Integer> numbers = new ArrayList<>();
                read(from, to, squares, numbers);
                if (!squares.isEmpty()) {
                    double[][] probabilities = classifier.probabilities(squares, tenViews);
                    for (int row = 0; row < probabilities.length; row++) {
                        requireNumbers(probabilities[row], numbers.get(row));
                        taker.take(numbers.get(row), probabilities[row]);
                    }
                }
                bar.advance(to - from);
            }
        }
        if (damaged.size() == pictures.size()) {
            throw new RunException("None of the " + pictures.size() + " pictures can be read; the first is "
                    + pictures.key(0) + ": " + damaged.get(0) + ". Expected whole pictures. Correct the path.");
        }
    }

    /** Decoding is parallel, since it may take as long as the network. */
    private void read(int from, int to, List<byte[]> squares, List<Integer> numbers) {
        List<Read> read =
                IntStream.range(from, to).parallel().mapToObj(this::read).toList();
        for (int i = from; i < to; i++) {
            Read one = read.get(i - from);
            if (one.square == null) {
                damaged.put(i, one.reason);
            } else {
                squares.add(one.square);
                numbers.add(i);
            }
        }
    }

    private Read read(int i) {
        try {
            return new Read(pictures.square(i), null);
        } catch (BadImageException e) {
            return new Read(null, e.getMessage());
        }
    }

    private void requireNumbers(double[] probabilities, int i) {
        for (double probability : probabilities) {
            if (Double.isNaN(probability)) {
                throw new RunException("The model gives NaN for picture " + pictures.key(i)
                        + ", expected probabilities. Its training diverged: use an earlier checkpoint.");
            }
        }
    }
}
