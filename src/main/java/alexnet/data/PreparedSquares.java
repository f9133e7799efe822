package alexnet.data;

import alexnet.config.UsageException;
import java.util.List;

/** The pictures of one split with their names and classes, for a reader that expects one size; for any number of threads. */
public class PreparedSquares {
    private final PreparedData data;
    private final ImageSplit split;

    /**
     * @param data prepared data; closed by whoever opened it
     * @param split which part of it
     * @param size side of the squares that a model expects, in pixels
     * @throws UsageException if the data has no such split, or another size
     */
    protected PreparedSquares(PreparedData data, String split, int size) {
        data.requireSize(size, "the model");
        this.data = data;
        this.split = data.split(split);
    }

    /** @return the whole collection */
    protected final PreparedData data() {
        return data;
    }

    /** @return which part of it */
    public final String split() {
        return split.name();
    }

    /** @return how many pictures */
    public final int size() {
        return split.size();
    }

    /** @return their side in pixels */
    public final int side() {
        return split.side();
    }

    /**
     * @param i number of the picture
     * @return its name
     */
    public final String key(int i) {
        return split.key(i);
    }

    /**
     * @param i number of the picture
     * @return index of its class
     */
    public final int label(int i) {
        return split.label(i);
    }

    /** @return the classes' names */
    public final List<String> classes() {
        return data.classes();
    }

    /**
     * @param i number of the picture
     * @return its pixels, {@code [side, side, 3]}
     * @throws alexnet.run.RunException if it cannot be read or its checksum differs
     */
    public final byte[] square(int i) {
        byte[] rgb = new byte[3 * side() * side()];
        split.read(i, rgb);
        return rgb;
    }

    /** @return what identifies the pictures and their labels */
    public final String digest() {
        return data.manifest().digest();
    }
}
