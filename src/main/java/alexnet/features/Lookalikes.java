package alexnet.features;

import alexnet.figures.PictureRows;
import alexnet.figures.Pictures;
import alexnet.image.BadImageException;
import alexnet.inference.Classifier;
import alexnet.run.Progress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Queries, each in a row with the pictures nearest to it, as in Fig. 4 of the paper, right, for light and dark pages. */
public final class Lookalikes {
    private static final int SIDE = 96;

    private Lookalikes() {}

    /**
     * @param features of the pictures to search among, with these in their place
     * @param classifier the model that made the features
     * @param queries picture files
     * @param k how many neighbours
     * @return those nearest by features
     * @throws IOException if a query cannot be read
     * @throws BadImageException if one is not a whole picture
     */
    public static BufferedImage byFeatures(FeatureFile features, Classifier classifier, List<Path> queries, int k)
            throws IOException, BadImageException {
        List<byte[]> squares = squares(classifier, queries);
        Activations layer = new Activations(classifier, features.origin().layer());
        try (Lookup pictures = new Lookup(features, null)) {
            return draw(features, pictures, squares, features.search().nearest(layer.of(squares), k));
        }
    }

    /**
     * @param features of the pictures to search among, with these in their place
     * @param classifier a model that expects pictures of the same size
     * @param queries picture files
     * @param k how many neighbours
     * @return those nearest by the levels of their pixels, for comparison
     * @throws IOException if a query cannot be read
     * @throws BadImageException if one is not a whole picture
     */
    public static BufferedImage byPixels(FeatureFile features, Classifier classifier, List<Path> queries, int k)
            throws IOException, BadImageException {
        List<byte[]> squares = squares(classifier, queries);
        try (Lookup pictures = new Lookup(features, null)) {
            List<List<Neighbour>> found =
                    new PixelVectors(pictures.side()).nearest(pictures, features.rows(), squares, k, Progress.SILENT);
            return draw(features, pictures, squares, found);
        }
    }

    private static List<byte[]> squares(Classifier classifier, List<Path> files) throws IOException, BadImageException {
        List<byte[]> squares = new ArrayList<>();
        for (Path file : files) {
            squares.add(classifier.square(file));
        }
        return squares;
    }

    private static BufferedImage draw(
            FeatureFile features, Lookup pictures, List<byte[]> queries, List<List<Neighbour>> found) {
        PictureRows rows = new PictureRows(SIDE);
        for (int i = 0; i < queries.size(); i++) {
            rows.row("").add(Pictures.of(queries.get(i), pictures.side(), pictures.side()), "asked");
            for (Neighbour one : found.get(i)) {
                BufferedImage picture = Pictures.of(pictures.square(one.row()), pictures.side(), pictures.side());
                rows.add(picture, features.className(one.row()));
            }
        }
        return rows.image();
    }
}
