package alexnet.evaluation;

/**
 * The errors on the pictures of one class.
 *
 * @param name the class
 * @param pictures how many
 * @param wrong1 of them wrong at 1
 * @param wrong5 of them wrong at 5
 * @param top1 share wrong at 1, 0 to 1
 * @param top1Interval where it may lie
 * @param top5 share wrong at 5, 0 to 1
 * @param top5Interval where it may lie
 */
public record ClassErrors(
        String name,
        long pictures,
        long wrong1,
        long wrong5,
        double top1,
        Interval top1Interval,
        double top5,
        Interval top5Interval) {
    static ClassErrors of(String name, ErrorCount count) {
        return new ClassErrors(
                name,
                count.images(),
                count.wrong1(),
                count.wrong5(),
                count.top1(),
                Interval.of(count.wrong1(), count.images()),
                count.top5(),
                Interval.of(count.wrong5(), count.images()));
    }
}
