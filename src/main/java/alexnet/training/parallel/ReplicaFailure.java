package alexnet.training.parallel;

/** Something that went wrong in one replica. */
final class ReplicaFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int replica;

    /**
     * @param replica which, from 0
     * @param cause what it threw
     */
    ReplicaFailure(int replica, Throwable cause) {
        super(cause);
        this.replica = replica;
    }

    int replica() {
        return replica;
    }

    /** Finds one among a throwable and its causes; null if there is none. */
    static ReplicaFailure in(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && !(cause instanceof ReplicaFailure)) {
            cause = cause.getCause();
        }
        return (ReplicaFailure) cause;
    }
}
