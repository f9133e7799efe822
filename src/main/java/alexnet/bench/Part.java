package alexnet.bench;

/**
 * Time of one part of an iteration.
 *
 * @param name the vertex, such as {@code conv1a}, or what else took time
 * @param kind what sort of work it is
 * @param forwardSeconds per iteration
 * @param backwardSeconds per iteration; 0 where there is no backward pass
 */
public record Part(String name, Kind kind, double forwardSeconds, double backwardSeconds) {
    /** Sorts of work. */
    public enum Kind {
        /** Convolution with its activation. */
        CONVOLUTION("convolution"),
        /** Fully connected layer with its activation. */
        DENSE("dense"),
        /** Local response normalisation. */
        LRN("LRN"),
        /** Pooling. */
        POOL("pool"),
        /** Padding, joining of towers, dropout, activation layers. */
        OTHER("padding, merge, dropout"),
        /** The loss, with another look at the last layer's outputs and at all weights for the decay's part of it. */
        LOSS("loss"),
        /** The update of the parameters, decay included. */
        UPDATE("update"),
        /** Waiting for a batch. */
        DATA_WAIT("data wait"),
        /** What the library does before, between and after its layers. */
        BETWEEN("between layers");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** @return both passes, per iteration */
    public double totalSeconds() {
        return forwardSeconds + backwardSeconds;
    }
}
