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

    /** The name of a split whose labels were never published. */
    String UNLABELLED = "unlabelled";

    /** Gives the encoded bytes of one picture. */
    @FunctionalInterface
    interface Bytes {
        /**
         * Called by any thread, and once unless the picture lies in a file of its own.
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
     * @param label index of its class in {@link #classes()}, −1 if that is not known
     * @param bytes gives its encoded bytes
     * @param held how many bytes of memory it holds until it is read; 0 for one that lies in a file of its own
     */
    record Entry(String key, int label, Bytes bytes, long held) {
        /**
         * @param key its name within its split
         * @param label index of its class
         * @param bytes gives its encoded bytes, which are not in memory yet
         */
        public Entry(String key, int label, Bytes bytes) {
            this(key, label, bytes, 0);
        }
    }

    /** The pictures of a split, one after the other, for one thread. */
    interface Entries extends Iterator<Entry>, AutoCloseable {
        /**
         * @param iterator gives the pictures
         * @return the same with nothing to close
         */
        static Entries of(Iterator<Entry> iterator) {
            return new Entries() {
                @Override
                public boolean hasNext() {
                    return iterator.hasNext();
                }

                @Override
                public Entry next() {
                    return iterator.next();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        void close();
    }

    /**
     * A count that is not what it should be.
     *
     * @param what a class or a picture
     * @param expected how many there should be
     * @param found how many there are
     */
    record Difference(String what, long expected, long found) {}

    /** @return the classes' names; a label is an index into this list */
    List<String> classes();

    /**
     * @return the number by which the collection's publisher calls each class, in the order of {@link #classes()}; empty
     *     where there is none
     */
    default List<Integer> classNumbers() {
        return List.of();
    }

    /** @return the names of the splits, {@code train} first */
    List<String> splits();

    /**
     * @param split one of {@link #splits()}
     * @return how many pictures it has, or should have
     */
    long count(String split);

    /**
     * @param split one of {@link #splits()}
     * @return its pictures, in the source's order
     */
    Entries entries(String split);

    /**
     * @param split one whose {@link #entries} have all been taken
     * @return where they were not those that the collection is known to have
     */
    default List<Difference> differences(String split) {
        return List.of();
    }

    /** @return SHA-256 of each archive that has been read to its end so far, by file name */
    default Map<String, String> archives() {
        return Map.of();
    }

    /** @return what this is, in a line, without the machine's own paths */
    String description();

    /** @return what determined the choice of held-out pictures, or the pictures themselves if they are generated */
    long seed();

    /** @return how many files were passed over because they are no pictures, by extension */
    Map<String, Long> ignored();
}
