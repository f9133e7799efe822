package alexnet.data.scenes;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Two classifiers that see no form: a linear one on small pixels, and neighbours in colour histograms. */
final class PixelBaselines {
    static final int SIDE = 32;
    static final int PIXELS = SIDE * SIDE * 3;

    private static final int BINS = 8;
    private static final int NEIGHBOURS = 5;
    private static final int BATCH = 50;
    private static final int EPOCHS_AT_MOST = 400;
    private static final double FIRST_STEP = 3;

    private PixelBaselines() {}

    /** Pictures as vectors of one length, and their labels. */
    record Sample(float[][] x, int[] y) {}

    /** The best of several penalties, and how its training ended. */
    record Logistic(double error, double trainingError, double penalty, int epochs, boolean converged) {}

    /** @return the central square as 32 x 32 means, red, green, blue per cell, 0 to 255 */
    static float[] pixels(BufferedImage image) {
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int shorter = Math.min(image.getWidth(), image.getHeight());
        int left = (image.getWidth() - shorter) / 2;
        int top = (image.getHeight() - shorter) / 2;
        int[] square = raster.getPixels(left, top, shorter, shorter, (int[]) null);
        float[] cells = new float[PIXELS];
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                for (int channel = 0; channel < 3; channel++) {
                    cells[(row * SIDE + column) * 3 + channel] =
                            mean(square, shorter, bands, row, column, Math.min(channel, bands - 1));
                }
            }
        }
        return cells;
    }

    private static float mean(int[] square, int side, int bands, int row, int column, int channel) {
        long sum = 0;
        int count = 0;
        for (int y = row * side / SIDE; y < (row + 1) * side / SIDE; y++) {
            for (int x = column * side / SIDE; x < (column + 1) * side / SIDE; x++) {
                sum += square[(y * side + x) * bands + channel];
                count++;
            }
        }
        return (float) sum / count;
    }

    /** @return the share of the picture's pixels in each of 8 x 8 x 8 cells of the colour cube */
    static float[] histogram(BufferedImage image) {
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int[] all = raster.getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
        int count = all.length / bands;
        float[] cells = new float[BINS * BINS * BINS];
        for (int i = 0; i < all.length; i += bands) {
            int red = all[i] * BINS / 256;
            int green = all[i + Math.min(1, bands - 1)] * BINS / 256;
            int blue = all[i + bands - 1] * BINS / 256;
            cells[(red * BINS + green) * BINS + blue] += 1f / count;
        }
        return cells;
    }

    /** @return the share of held-out pictures whose five nearest (sum of absolute differences) vote wrongly */
    static double neighbourError(Sample train, Sample heldOut, int classes) {
        int wrong = 0;
        for (int i = 0; i < heldOut.y.length; i++) {
            float[] distances = new float[train.y.length];
            for (int j = 0; j < distances.length; j++) {
                distances[j] = distance(heldOut.x[i], train.x[j]);
            }
            List<Integer> order = new ArrayList<>();
            for (int j = 0; j < distances.length; j++) {
                order.add(j);
            }
            order.sort(Comparator.comparingDouble(j -> distances[j]));
            double[] votes = new double[classes];
            for (int rank = 0; rank < NEIGHBOURS; rank++) {
                votes[train.y[order.get(rank)]] += 1 - 0.01 * rank; // the nearer one decides a tie
            }
            wrong += largest(votes) == heldOut.y[i] ? 0 : 1;
        }
        return (double) wrong / heldOut.y.length;
    }

    private static float distance(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum;
    }

    /** @return multinomial logistic regression with the penalty that errs least on the held-out pictures themselves */
    static Logistic logistic(Sample train, Sample heldOut, int classes, double... penalties) {
        float[][] all = standardised(train.x, train.x);
        float[][] other = standardised(train.x, heldOut.x);
        Sample fit = new Sample(all, train.y);
        Sample judge = new Sample(other, heldOut.y);
        return Arrays.stream(penalties)
                .mapToObj(penalty -> fit(fit, judge, classes, penalty))
                .min(Comparator.comparingDouble(Logistic::error))
                .orElseThrow();
    }

    /** @return {@code x} with the mean and deviation of {@code like} taken out, over the root of the length */
    private static float[][] standardised(float[][] like, float[][] x) {
        int length = like[0].length;
        float[][] result = new float[x.length][length];
        for (int j = 0; j < length; j++) {
            double sum = 0;
            double squares = 0;
            for (float[] row : like) {
                sum += row[j];
                squares += row[j] * row[j];
            }
            double mean = sum / like.length;
            double deviation = Math.sqrt(Math.max(1e-6, squares / like.length - mean * mean)) * Math.sqrt(length);
            for (int i = 0; i < x.length; i++) {
                result[i][j] = (float) ((x[i][j] - mean) / deviation);
            }
        }
        return result;
    }

    /**
     * Gradient descent in batches until three epochs in a row change the loss by less than 0.1 % each. After an epoch
     * that raises it the step is halved.
     */
    private static Logistic fit(Sample train, Sample heldOut, int classes, double penalty) {
        float[][] weights = new float[classes][train.x[0].length];
        double[] bias = new double[classes];
        int[] order = new int[train.y.length];
        Arrays.setAll(order, i -> i);
        SplittableRandom random = new SplittableRandom(1);
        double step = FIRST_STEP;
        double before = Math.log(classes);
        int still = 0;
        int epoch = 0;
        while (epoch < EPOCHS_AT_MOST && still < 3) {
            shuffle(order, random);
            epoch(train, order, weights, bias, penalty, step);
            double loss = loss(train, weights, bias, penalty);
            still = Math.abs(before - loss) < 1e-3 * before ? still + 1 : 0;
            if (loss > before) {
                step /= 2;
            }
            before = loss;
            epoch++;
        }
        return new Logistic(error(heldOut, weights, bias), error(train, weights, bias), penalty, epoch, still == 3);
    }

    /** @return the mean loss over all pictures, penalty included */
    private static double loss(Sample train, float[][] weights, double[] bias, double penalty) {
        double loss = 0;
        for (int i = 0; i < train.y.length; i++) {
            loss -= Math.log(Math.max(1e-12, shares(train.x[i], weights, bias)[train.y[i]]));
        }
        double norm = 0;
        for (float[] row : weights) {
            norm += dot(row, row);
        }
        return loss / train.y.length + penalty / 2 * norm;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    /** Passes once over the pictures. */
    private static void epoch(
            Sample train, int[] order, float[][] weights, double[] bias, double penalty, double step) {
        int classes = weights.length;
        for (int start = 0; start < order.length; start += BATCH) {
            int end = Math.min(order.length, start + BATCH);
            double[][] slopes = new double[end - start][];
            for (int i = start; i < end; i++) {
                slopes[i - start] = shares(train.x[order[i]], weights, bias);
                slopes[i - start][train.y[order[i]]] -= 1;
            }
            float kept = (float) (1 - step * penalty);
            for (int k = 0; k < classes; k++) {
                for (int j = 0; j < weights[k].length; j++) {
                    weights[k][j] *= kept;
                }
                for (int i = start; i < end; i++) {
                    double move = step * slopes[i - start][k] / (end - start);
                    bias[k] -= move;
                    add(weights[k], train.x[order[i]], (float) -move);
                }
            }
        }
    }

    private static double[] shares(float[] x, float[][] weights, double[] bias) {
        double[] scores = new double[weights.length];
        for (int k = 0; k < scores.length; k++) {
            scores[k] = bias[k] + dot(weights[k], x);
        }
        double highest = scores[largest(scores)];
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = Math.exp(scores[k] - highest);
            sum += scores[k];
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] /= sum;
        }
        return scores;
    }

    private static double error(Sample sample, float[][] weights, double[] bias) {
        int wrong = 0;
        for (int i = 0; i < sample.y.length; i++) {
            wrong += largest(shares(sample.x[i], weights, bias)) == sample.y[i] ? 0 : 1;
        }
        return (double) wrong / sample.y.length;
    }

    private static void add(float[] to, float[] x, float factor) {
        for (int j = 0; j < to.length; j++) {
            to[j] += factor * x[j];
        }
    }

    /** Four sums side by side, which the processor adds at once; the length is a multiple of four. */
    private static double dot(float[] a, float[] b) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int j = 0; j < a.length; j += 4) {
            s0 += a[j] * b[j];
            s1 += a[j + 1] * b[j + 1];
            s2 += a[j + 2] * b[j + 2];
            s3 += a[j + 3] * b[j + 3];
        }
        return s0 + s1 + s2 + s3;
    }

    private static int largest(double[] values) {
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            best = values[k] > values[best] ? k : best;
        }
        return best;
    }
}
