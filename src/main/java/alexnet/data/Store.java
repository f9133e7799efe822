package alexnet.data;

/** How the prepared squares are kept. */
public enum Store {
    /** {@code size·size·3} bytes each, {@code [size, size, 3]}: fastest to read, 197 KB each at 256. */
    RAW,
    /** JPEG of quality 95, as in 2012: about a fifth of the room, a quarter of the reading speed. */
    JPEG,
    /** {@link #RAW} up to 128 pixels, {@link #JPEG} above. */
    AUTO;

    /** The largest side that {@link #AUTO} keeps as raw bytes. */
    private static final int LARGEST_RAW = 128;

    /**
     * @param size side of the squares in pixels
     * @return {@link #RAW} or {@link #JPEG}
     */
    public Store resolve(int size) {
        if (this != AUTO) {
            return this;
        }
        return size <= LARGEST_RAW ? RAW : JPEG;
    }
}
