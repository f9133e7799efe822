package alexnet.config;

/** How far apart the pictures of a batch may lie on disk. */
public enum Shuffle {
    /** A permutation of all pictures, another one each epoch. */
    EPOCH,
    /**
     * The shards in a new order each epoch, and the pictures of two of them at a time mixed: for data that do not fit
     * in memory on a disk that is slow to seek.
     */
    SHARD
}
