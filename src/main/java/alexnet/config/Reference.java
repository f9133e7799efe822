package alexnet.config;

/**
 * A published result to compare a run with.
 *
 * @param top1 error at 1, from 0 to 1
 * @param top5 error at 5, from 0 to 1; absent where none was published
 * @param from where it was published, and on what it was measured
 */
public record Reference(double top1, Double top5, String from) {
    /** Checks the ranges. */
    public Reference {
        if (!(top1 >= 0 && top1 <= 1) || top5 != null && !(top5 >= 0 && top5 <= 1) || from == null) {
            throw new UsageException("Recipe key reference has top1 " + top1 + ", top5 " + top5 + ", from " + from
                    + ", expected shares from 0 to 1 and a source. Correct the recipe.");
        }
    }
}
