package alexnet.bench;

/**
 * How a turn ended.
 *
 * @param turn what was measured; null if nothing
 * @param failure why nothing was measured; null if something was
 * @param reason the failure in a sentence
 */
public record Outcome(Turn turn, Failure failure, String reason) {
    /** Why a turn has no result. */
    public enum Failure {
        /** The batch needs more memory than there is: a smaller one may do. */
        OUT_OF_MEMORY,
        /** The batch needs more time than was allowed: a smaller one may do. */
        TOO_LONG,
        /** Anything else. */
        DIED
    }

    static Outcome measured(Turn turn) {
        return new Outcome(turn, null, null);
    }

    static Outcome failed(Failure failure, String reason) {
        return new Outcome(null, failure, reason);
    }

    /** Whether a smaller batch may help. */
    boolean doesNotFit() {
        return failure == Failure.OUT_OF_MEMORY || failure == Failure.TOO_LONG;
    }
}
