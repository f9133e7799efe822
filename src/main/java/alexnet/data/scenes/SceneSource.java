package alexnet.data.scenes;

import java.io.IOException;
import java.util.List;

/** The pictures of one generated data set. */
interface SceneSource {
    /** @return the class names in alphabetical order, each the name of a sub-folder */
    List<String> classes();

    /**
     * @param label position in {@link #classes()}
     * @param dice the chance of this picture alone
     * @return the bytes of the JPEG file
     * @throws IOException if it cannot be encoded
     */
    byte[] jpeg(int label, Dice dice) throws IOException;
}
