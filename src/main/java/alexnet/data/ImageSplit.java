package alexnet.data;

/** The prepared pictures of one split, numbered from 0; for any number of threads. */
public interface ImageSplit {
    /** @return {@code train}, {@code val} or {@code test} */
    String name();

    /** @return how many pictures */
    int size();

    /** @return side of the pictures in pixels */
    int side();

    /**
     * @param i number of the picture
     * @return index of its class
     */
    int label(int i);

    /**
     * @param i number of the picture
     * @return its name within the split
     */
    String key(int i);

    /**
     * @param i number of the picture
     * @param rgb gets its pixels, {@code [side, side, 3]}
     * @throws alexnet.run.RunException if it cannot be read or its checksum differs; the message names file and picture
     */
    void read(int i, byte[] rgb);

    /** @return the number of the first picture behind each shard, ascending; the last is {@link #size()} */
    default int[] shardEnds() {
        return new int[] {size()};
    }

    /**
     * Reads a shard from end to end into the system's file cache, so that a slow disk need not seek for its pictures.
     *
     * @param shard its number, an index into {@link #shardEnds()}
     * @throws alexnet.run.RunException if it cannot be read
     */
    default void fetch(int shard) {}

    /**
     * The share of one replica: every {@code parts}-th picture, so that shares differ by one picture at most and have
     * the classes in the same proportions.
     *
     * @param part which one, from 0
     * @param parts how many replicas there are
     * @return its pictures, numbered from 0
     */
    default ImageSplit part(int part, int parts) {
        return SplitPart.of(this, part, parts);
    }
}
