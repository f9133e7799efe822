package alexnet.features;

import alexnet.config.UsageException;
import alexnet.image.BadImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Pictures with names and perhaps classes: a split of prepared data, or a folder. For any number of threads. */
public interface PictureSet extends AutoCloseable {
    /**
     * @param place a folder that Prepare made, or one of pictures, perhaps in sub-folders whose names are their classes
     * @param split which part of prepared data; a folder of pictures has none
     * @param size side of the squares wanted, in pixels
     * @return the pictures; those of a folder have been listed, not read
     * @throws UsageException if there are none, or prepared data have another size
     */
    static PictureSet open(Path place, String split, int size) {
        if (!Files.isDirectory(place)) {
            throw new UsageException("No folder at " + place
                    + ", expected one that Prepare made, or one of pictures. Correct the path.");
        }
        return Files.exists(place.resolve("manifest.json"))
                ? PreparedPictures.open(place, split, size)
                : FolderPictures.open(place, size);
    }

    /** @return how many */
    int size();

    /**
     * @param i number of the picture
     * @return its name, one line
     */
    String key(int i);

    /**
     * @param i number of the picture
     * @return index of its class, or −1
     */
    int label(int i);

    /** @return the classes' names */
    List<String> classes();

    /**
     * @param i number of the picture
     * @return its pixels, {@code [side, side, 3]}
     * @throws BadImageException if it is no whole picture
     * @throws IOException if it cannot be read
     */
    byte[] square(int i) throws BadImageException, IOException;

    /** @return side of the squares in pixels */
    int side();

    /** @return what identifies the pictures */
    String digest();

    /** @return the folder */
    Path place();

    /** @return the split, or "" */
    String split();

    @Override
    void close();
}
