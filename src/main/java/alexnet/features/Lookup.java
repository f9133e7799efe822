package alexnet.features;

import alexnet.config.UsageException;
import alexnet.image.BadImageException;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The pictures that features were extracted from. */
public final class Lookup implements AutoCloseable {
    private final FeatureFile features;
    private final PictureSet pictures;
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * @param features whose pictures are wanted
     * @param place where they are now, or null: where they were then
     * @throws UsageException if they are there no more, or others are
     */
    public Lookup(FeatureFile features, Path place) {
        Path folder = place == null ? features.origin().folder() : place;
        if (!Files.isDirectory(folder)) {
            throw new UsageException("The pictures of " + features.path() + " are not at " + folder
                    + ", expected the folder that they were extracted from. Name its place with --data.");
        }
        this.features = features;
        this.pictures = PictureSet.open(
                folder, features.origin().split(), features.origin().size());
        if (!pictures.digest().equals(features.origin().data())) {
            String found = pictures.digest();
            pictures.close();
            throw new UsageException("The pictures in " + folder + " are others (" + found + ") than those of "
                    + features.path() + " (" + features.origin().data()
                    + "), expected the same. Name theirs with --data, or extract the features again.");
        }
        for (int i = 0; i < pictures.size(); i++) {
            numbers.put(pictures.key(i), i);
        }
    }

    /**
     * @param row number of a picture in the features
     * @return its pixels, {@code [side, side, 3]}
     */
    public byte[] square(int row) {
        String key = features.key(row);
        try {
            return pictures.square(numbers.get(key));
        } catch (BadImageException | IOException e) {
            throw new RunException(
                    "Picture " + key + " in " + pictures.place() + " cannot be read any more (" + e.getMessage()
                            + "), expected it as it was. Extract the features again.",
                    e);
        }
    }

    /** @return side of the squares in pixels */
    public int side() {
        return pictures.side();
    }

    @Override
    public void close() {
        pictures.close();
    }
}
