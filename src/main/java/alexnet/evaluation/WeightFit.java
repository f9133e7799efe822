package alexnet.evaluation;

import java.util.Arrays;

/**
 * Weights of several nets' probabilities, none negative, together 1, found on pictures with labels. What is minimised is
 * the mean cross-entropy of the averaged probabilities, {@code −mean log Σ wₙ pₙ}, where {@code pₙ} is what net n gives
 * the true class: unlike the number of errors it has one minimum and no steps. Only the {@code pₙ} are needed, a number
 * for each net and picture.
 *
 * <p>The search is expectation maximisation for the shares of a mixture: begun with equal weights, each step multiplies
 * {@code wₙ} by {@code gₙ = mean(pₙ / Σ wₙ pₙ)}; the cross-entropy never rises. Since it is convex, no other weights are
 * better by more than {@code max gₙ − 1}, and that ends the search.
 *
 * @param split the pictures that they were found on
 * @param weights for each net
 * @param loss mean cross-entropy with them, in nats
 * @param equalLoss mean cross-entropy with equal weights, in nats
 * @param gap by how much {@code loss} may lie above the least possible, at most, in nats
 */
public record WeightFit(String split, double[] weights, double loss, double equalLoss, double gap) {
    private static final double CLOSE = 1e-7;

    /** By then the gap is below log(nets)/10,000. */
    private static final int MOST_STEPS = 10_000;

    /**
     * @param split what to call the pictures
     * @param own for each net and picture, what the net gives the true class
     * @return the best weights
     */
    static WeightFit of(String split, double[][] own) {
        double[] weights = new double[own.length];
        Arrays.fill(weights, 1.0 / own.length);
        double equal = loss(own, weights);
        double[] factors = factors(own, weights);
        for (int step = 0; step < MOST_STEPS && largest(factors) - 1 > CLOSE; step++) {
            double sum = 0;
            for (int net = 0; net < weights.length; net++) {
                weights[net] *= factors[net];
                sum += weights[net];
            }
            for (int net = 0; net < weights.length; net++) {
                weights[net] /= sum; // 1 but for rounding
            }
            factors = factors(own, weights);
        }
        return new WeightFit(split, weights, loss(own, weights), equal, Math.max(0, largest(factors) - 1));
    }

    private static double[] factors(double[][] own, double[] weights) {
        int known = 0;
        double[] factors = new double[own.length];
        for (int i = 0; i < own[0].length; i++) {
            double mixed = mixed(own, weights, i);
            if (mixed > Float.MIN_NORMAL) { // of the others no net knows anything
                known++;
                for (int net = 0; net < own.length; net++) {
                    factors[net] += own[net][i] / mixed;
                }
            }
        }
        for (int net = 0; net < own.length; net++) {
            factors[net] = known == 0 ? 1 : factors[net] / known;
        }
        return factors;
    }

    private static double loss(double[][] own, double[] weights) {
        double sum = 0;
        for (int i = 0; i < own[0].length; i++) {
            sum -= Math.log(mixed(own, weights, i));
        }
        return sum / own[0].length;
    }

    /** At least what {@link ErrorCount#addProbabilities} takes for 0. */
    private static double mixed(double[][] own, double[] weights, int i) {
        double mixed = 0;
        for (int net = 0; net < own.length; net++) {
            mixed += weights[net] * own[net][i];
        }
        return Math.max(mixed, Float.MIN_NORMAL);
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }
}
