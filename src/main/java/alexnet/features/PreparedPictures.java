package alexnet.features;

import alexnet.config.UsageException;
import alexnet.data.ImageSplit;
import alexnet.data.PreparedData;
import java.nio.file.Path;
import java.util.List;

/** A split of prepared data. */
final class PreparedPictures implements PictureSet {
    private final Path place;
    private final PreparedData data;
    private final ImageSplit split;

    private PreparedPictures(Path place, PreparedData data, ImageSplit split) {
        this.place = place;
        this.data = data;
        this.split = split;
    }

    static PictureSet open(Path place, String split, int size) {
        PreparedData data = PreparedData.open(place);
        try {
            if (data.size() != size) {
                throw new UsageException("Data " + place + " hold squares of " + data.size()
                        + " pixels, the model expects " + size + ". Prepare them again with --size " + size + ".");
            }
            return new PreparedPictures(place.toAbsolutePath().normalize(), data, data.split(split));
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    @Override
    public int size() {
        return split.size();
    }

    @Override
    public String key(int i) {
        return split.key(i);
    }

    @Override
    public int label(int i) {
        return split.label(i);
    }

    @Override
    public List<String> classes() {
        return data.classes();
    }

    @Override
    public byte[] square(int i) {
        byte[] rgb = new byte[3 * side() * side()];
        split.read(i, rgb);
        return rgb;
    }

    @Override
    public int side() {
        return split.side();
    }

    @Override
    public String digest() {
        return data.manifest().digest();
    }

    @Override
    public Path place() {
        return place;
    }

    @Override
    public String split() {
        return split.name();
    }

    @Override
    public void close() {
        data.close();
    }
}
