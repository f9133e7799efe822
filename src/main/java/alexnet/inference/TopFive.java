package alexnet.inference;

import alexnet.figures.GuessBars;
import alexnet.figures.PictureRows;
import alexnet.figures.Pictures;
import alexnet.image.BadImageException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Pictures with the five most probable classes below, as in Fig. 4 of the paper, left. */
public final class TopFive {
    private static final int SIDE = 144;
    private static final int GUESSES = 5;

    private TopFive() {}

    /**
     * @param classifier a model
     * @param files pictures, each in a folder that has the name of its class
     * @return in columns: picture, its class, bars of five guesses, that of its class in the other colour
     * @throws IOException if a file cannot be read
     * @throws BadImageException if one is not a whole picture
     */
    public static BufferedImage figure(Classifier classifier, List<Path> files) throws IOException, BadImageException {
        int size = classifier.model().contract().size();
        PictureRows rows = new PictureRows(SIDE).row("");
        for (Path file : files) {
            rows.add(Pictures.of(classifier.square(file), size, size), label(file));
        }
        rows.row("");
        for (Path file : files) {
            List<Prediction> guesses = classifier.classify(file, GUESSES);
            rows.add(
                    GuessBars.of(
                            SIDE,
                            guesses.stream().map(Prediction::label).toList(),
                            guesses.stream()
                                    .mapToDouble(Prediction::probability)
                                    .toArray(),
                            label(file)),
                    "");
        }
        return rows.image();
    }

    private static String label(Path file) {
        return file.toAbsolutePath().getParent().getFileName().toString();
    }
}
