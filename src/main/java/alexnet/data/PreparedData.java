package alexnet.data;

import alexnet.config.UsageException;
import alexnet.image.ColourStatistics;
import alexnet.image.MeanImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A prepared collection, opened for reading by any number of threads. */
public interface PreparedData extends AutoCloseable {
    /**
     * @param folder what {@link Preparation} made
     * @return the opened collection
     * @throws UsageException if there is none, if it is something else, of another version, or incomplete
     */
    static PreparedData open(Path folder) {
        return PreparedFolder.open(folder);
    }

    /** @return what it holds */
    Manifest manifest();

    /** @return the classes' names; a label is an index into this list */
    default List<String> classes() {
        return manifest().classes();
    }

    /**
     * @return the number by which the collection's publisher calls each class, such as the {@code ILSVRC_ID} from 1, in
     *     the order of {@link #classes()}; empty where there is none
     */
    default List<Integer> classNumbers() {
        return List.of();
    }

    /** @return side of the squares in pixels */
    default int size() {
        return manifest().size();
    }

    /**
     * @param size side of the squares that is needed, in pixels
     * @param reader who needs it, such as {@code "the model"}
     * @throws UsageException if the squares have another
     */
    default void requireSize(int size, String reader) {
        if (size() != size) {
            throw new UsageException("Data holds squares of " + size() + " pixels, " + reader + " expects " + size
                    + ". Prepare the data again with --size " + size + ".");
        }
    }

    /** @return the names of the splits it has */
    default Set<String> splits() {
        return manifest().splits().keySet();
    }

    /** @return the training set's colour statistics */
    ColourStatistics colour();

    /** @return the training set's mean image */
    MeanImage mean();

    /**
     * @param name {@code train}, {@code val} or {@code test}
     * @return the split
     * @throws UsageException if it has no such split; the message names those it has
     */
    ImageSplit split(String name);

    @Override
    void close();
}
