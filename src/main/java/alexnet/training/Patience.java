package alexnet.training;

/**
 * What the plateau rule remembers from epoch to epoch.
 *
 * @param best the lowest validation error so far, 0 to 1; 1 before the first epoch
 * @param bestEpoch the epoch that had it; 0 before the first
 * @param waited epochs since then, or since the last drop
 * @param drops how often the rate was lowered
 * @param finished whether the last drop has been used up, or the recipe's goal is reached
 */
public record Patience(double best, int bestEpoch, int waited, int drops, boolean finished) {
    /** Before the first epoch. */
    public static final Patience START = new Patience(1, 0, 0, 0, false);

    /**
     * @param epoch the epoch that just ended, from 1
     * @param error its validation error
     * @param patience epochs without a better error before a drop
     * @param allowed so many drops, then finished
     * @return what is remembered after it
     */
    Patience after(int epoch, double error, int patience, int allowed) {
        if (error < best) {
            return new Patience(error, epoch, 0, drops, false);
        }
        if (waited + 1 < patience) {
            return new Patience(best, bestEpoch, waited + 1, drops, false);
        }
        return drops < allowed
                ? new Patience(best, bestEpoch, 0, drops + 1, false)
                : new Patience(best, bestEpoch, waited + 1, drops, true);
    }

    /** The same, and nothing more to be learned. */
    Patience atGoal() {
        return new Patience(best, bestEpoch, waited, drops, true);
    }

    /** The same, and more to be learned. */
    Patience open() {
        return new Patience(best, bestEpoch, waited, drops, false);
    }
}
