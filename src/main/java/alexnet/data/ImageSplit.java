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
}
