package alexnet.data;

import alexnet.image.BadImageException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A collection of labelled pictures, not yet decoded, in an order that is the same each time. */
public interface ImageSource {
    /** The name of the split that is learned from; the others are {@code val} and {@code test}. */
    String TRAIN = "train";

    /** The name of the split that watches the learning. */
    String VALIDATION = "val";

    /** The name of the split that is measured at the end. */
    String TEST = "test";

    /** Gives the encoded bytes of one picture. */
    @FunctionalInterface
    interface Bytes {
        /**
         * Called once, by any thread.
         *
         * @param mostBytes the most bytes wanted; larger pictures are not read
         * @return the whole encoded picture
         * @throws IOException if it cannot be read
         * @throws BadImageException if it is larger
         */
        byte[] read(long mostBytes) throws IOException, BadImageException;
    }

    /**
     * One picture.
     *
     * @param key its name within its split, such as {@code n01440764/n01440764_36.JPEG}; unique there
     * @param label index of its class in {@link #classes()}
     * @param bytes gives its encoded bytes
     */
    record Entry(String key, int label, Bytes bytes) {}

    /** @return the classes' names; a label is an index into this list */
    List<String> classes();

    /** @return the names of the splits, {@code train} first */
    List<String> splits();

    /**
     * @param split one of {@link #splits()}
     * @return how many pictures it has
     */
    long count(String split);

    /**
     * @param split one of {@link #splits()}
     * @return its pictures, in the source's order
     */
    Iterator<Entry> entries(String split);

    /** @return what this is, in a line, without the machine's own paths */
    String description();

    /** @return what determined the choice of held-out pictures, or the pictures themselves if they are generated */
    long seed();

    /** @return how many files were passed over because they are no pictures, by extension */
    Map<String, Long> ignored();
}
