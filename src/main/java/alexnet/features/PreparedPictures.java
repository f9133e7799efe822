package alexnet.features;

import alexnet.data.PreparedData;
import alexnet.data.PreparedSquares;
import java.nio.file.Path;

/** A split of prepared data. */
final class PreparedPictures extends PreparedSquares implements PictureSet {
    private final Path place;

    private PreparedPictures(Path place, PreparedData data, String split, int size) {
        super(data, split, size);
        this.place = place;
    }

    static PictureSet open(Path place, String split, int size) {
        PreparedData data = PreparedData.open(place);
        try {
            return new PreparedPictures(place.toAbsolutePath().normalize(), data, split, size);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    @Override
    public Path place() {
        return place;
    }

    @Override
    public void close() {
        data().close();
    }
}
