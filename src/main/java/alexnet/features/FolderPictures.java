package alexnet.features;

import alexnet.config.UsageException;
import alexnet.data.FolderSource;
import alexnet.image.BadImageException;
import alexnet.image.ImageDecoder;
import alexnet.image.ImageLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** All pictures in a folder and those below it; the class of each is the folder that it lies in, if below. */
final class FolderPictures implements PictureSet {
    private static final int DEEPEST = 16;
    private static final int DIGITS = 16;

    private final Path place;
    private final int side;
    private final List<String> keys;
    private final List<String> classes;
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.COLLECTION, true);

    private FolderPictures(Path place, int side, List<String> keys) {
        this.place = place;
        this.side = side;
        this.keys = keys;
        this.classes = keys.stream()
                .map(FolderPictures::folder)
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    static PictureSet open(Path place, int side) {
        Path folder = real(place);
        List<String> keys;
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            keys = files.filter(FolderSource::isPicture)
                    .filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(key -> key.chars().noneMatch(Character::isISOControl)) // a key is a line
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(place, e);
        }
        if (keys.isEmpty()) {
            throw new UsageException("The folder " + place + " has no pictures, expected files that end in "
                    + FolderSource.extensions() + ", there or in its sub-folders. Name another folder.");
        }
        return new FolderPictures(folder, side, keys);
    }

    /** Without links: a walk does not enter a folder that is one. */
    private static Path real(Path place) {
        try {
            return place.toRealPath();
        } catch (IOException e) {
            throw unreadable(place, e);
        }
    }

    private static UsageException unreadable(Path place, Exception e) {
        return new UsageException(
                "The folder " + place + " cannot be read (" + e + "). Give this user leave to read it.", e);
    }

    private static String folder(String key) {
        int end = key.lastIndexOf('/');
        return end < 0 ? "" : key.substring(key.lastIndexOf('/', end - 1) + 1, end);
    }

    @Override
    public int size() {
        return keys.size();
    }

    @Override
    public String key(int i) {
        return keys.get(i);
    }

    @Override
    public int label(int i) {
        return classes.indexOf(folder(keys.get(i)));
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public byte[] square(int i) throws BadImageException, IOException {
        Path file = place.resolve(keys.get(i));
        ImageLimits.COLLECTION.checkBytes(Files.size(file));
        return decoder.square(Files.readAllBytes(file), side);
    }

    @Override
    public int side() {
        return side;
    }

    /** Of names and lengths: reading all files would take as long as the features. */
    @Override
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String key : keys) {
                digest.update((key + "\n" + Files.size(place.resolve(key)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UsageException(
                    "The folder " + place + " changes while it is read (" + e + "). Try again when it is at rest.", e);
        }
    }

    @Override
    public Path place() {
        return place;
    }

    @Override
    public String split() {
        return "";
    }

    @Override
    public void close() {}
}
