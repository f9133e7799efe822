package alexnet.training;

import alexnet.evaluation.ErrorCount;

/**
 * Errors and loss added up over some images: an {@link ErrorCount} that does not change.
 *
 * @param images how many
 * @param wrong1 of them wrong at 1
 * @param wrong5 of them wrong at 5
 * @param lossSum their cross-entropies added up, in nats
 */
public record Counted(long images, long wrong1, long wrong5, double lossSum) {
    /** No image. */
    public static final Counted NONE = new Counted(0, 0, 0, 0);

    Counted plus(ErrorCount more) {
        ErrorCount sum = count();
        sum.add(more);
        return new Counted(sum.images(), sum.wrong1(), sum.wrong5(), sum.lossSum());
    }

    /** @return a copy that knows shares and means */
    public ErrorCount count() {
        return new ErrorCount(images, wrong1, wrong5, lossSum);
    }
}
