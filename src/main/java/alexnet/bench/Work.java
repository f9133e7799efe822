package alexnet.bench;

/** What is measured. */
public enum Work {
    /** Forward pass, backward pass and update on a batch that lies in memory. */
    STEP,
    /** Forward pass at test time on a batch that lies in memory. */
    INFERENCE,
    /** Training batches from pictures on disk. */
    PIPELINE,
    /** Pictures on disk to the prepared form, with mean and colour statistics. */
    PACKING,
    /** Mean and colour statistics of decoded pictures in memory. */
    STATISTICS;

    /** @return whether a network runs */
    public boolean hasNetwork() {
        return this == STEP || this == INFERENCE;
    }
}
