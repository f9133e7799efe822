package alexnet.evaluation;

/**
 * Counts top-1 and top-5 errors ({@code §2}) and adds up the loss. An image is right at k if fewer than k other classes
 * score at least as high as its own: ties and NaN never count as right.
 */
public final class ErrorCount {
    private static final int TOP = 5;

    private long images;
    private long wrong1;
    private long wrong5;
    private double lossSum;

    /** Nothing counted yet. */
    public ErrorCount() {}

    /**
     * @param images counted so far
     * @param wrong1 of them wrong at 1
     * @param wrong5 of them wrong at 5
     * @param lossSum their cross-entropies added up, in nats
     */
    public ErrorCount(long images, long wrong1, long wrong5, double lossSum) {
        this.images = images;
        this.wrong1 = wrong1;
        this.wrong5 = wrong5;
        this.lossSum = lossSum;
    }

    /**
     * @param scores a score for each class, larger is more probable
     * @param label index of the true class
     * @param loss the image's cross-entropy, in nats
     */
    public void add(double[] scores, int label, double loss) {
        double own = scores[label];
        int atLeastAsHigh = 0;
        boolean valid = !Double.isNaN(own);
        for (int i = 0; i < scores.length; i++) {
            valid &= !Double.isNaN(scores[i]);
            if (i != label && scores[i] >= own) {
                atLeastAsHigh++;
            }
        }
        images++;
        wrong1 += valid && atLeastAsHigh < 1 ? 0 : 1;
        wrong5 += valid && atLeastAsHigh < TOP ? 0 : 1;
        lossSum += loss;
    }

    /**
     * As {@link #add(double[], int, double)}, with the cross-entropy of the probabilities themselves: at most 87 nats,
     * since a float32 softmax rounds what is less likely to 0; NaN if the own probability is.
     *
     * @param probabilities one for each class
     * @param label index of the true class
     */
    public void addProbabilities(double[] probabilities, int label) {
        add(probabilities, label, -Math.log(Math.max(probabilities[label], Float.MIN_NORMAL)));
    }

    /** @param other what another has counted, added to this */
    public void add(ErrorCount other) {
        images += other.images;
        wrong1 += other.wrong1;
        wrong5 += other.wrong5;
        lossSum += other.lossSum;
    }

    /** @return images counted */
    public long images() {
        return images;
    }

    /** @return images whose true class was not the most probable */
    public long wrong1() {
        return wrong1;
    }

    /** @return images whose true class was not among the five most probable */
    public long wrong5() {
        return wrong5;
    }

    /** @return the cross-entropies added up, in nats */
    public double lossSum() {
        return lossSum;
    }

    /** @return share of images wrong at 1, from 0 to 1; NaN if none was counted */
    public double top1() {
        return (double) wrong1 / images;
    }

    /** @return share of images wrong at 5, from 0 to 1; NaN if none was counted */
    public double top5() {
        return (double) wrong5 / images;
    }

    /** @return mean cross-entropy in nats; NaN if none was counted */
    public double loss() {
        return lossSum / images;
    }
}
