package alexnet.evaluation;

import alexnet.image.BadImageException;
import java.util.List;

/** Pictures to measure a model on, numbered from 0, each as the square that the model expects. */
public interface TestSet {
    /** @return what reports call it, such as {@code test} */
    String name();

    /** @return digest of its pictures and labels; for files, of those that have been read */
    String digest();

    /** @return how many pictures */
    int size();

    /** @return how many more were left out as damaged or missing when the pictures were prepared */
    long leftOut();

    /** @return sentences on what is not among the pictures */
    List<String> notes();

    /**
     * @param i number of the picture
     * @return its name
     */
    String key(int i);

    /**
     * @param i number of the picture
     * @return index of its class in the model's list, −1 if that is not known
     */
    int label(int i);

    /**
     * For any number of threads.
     *
     * @param i number of the picture
     * @return its pixels, {@code [size, size, 3]}
     * @throws BadImageException if it is damaged or cannot be read
     */
    byte[] square(int i) throws BadImageException;

    /** @return the lines of a submission: for each the number of its picture, or −1 for one that was left out */
    List<Integer> order();

    /** @return the numbers by which submissions call the classes, in the order of the model's list */
    List<Integer> classNumbers();

    /** @return what these numbers are, in a few words */
    String numbering();

    /** @return whether any picture has a label */
    default boolean isLabelled() {
        for (int i = 0; i < size(); i++) {
            if (label(i) >= 0) {
                return true;
            }
        }
        return false;
    }
}
