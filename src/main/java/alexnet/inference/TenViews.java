package alexnet.inference;

import alexnet.figures.PictureRows;
import alexnet.figures.Pictures;
import alexnet.image.View;
import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/**
 * The ten views of a picture whose probabilities are averaged ({@code §4.1}).
 *
 * @param picture the whole square
 * @param crop side of a view in pixels
 * @param label the class that is asked for
 * @param probabilities of that class for each of {@link View#ten}
 */
public record TenViews(BufferedImage picture, int crop, String label, double[] probabilities) {
    private static final int SIDE = 144;
    private static final List<String> PLACES =
            List.of("upper left", "upper right", "lower left", "lower right", "centre");

    /**
     * @param classifier a model
     * @param square a picture already resized, {@code [size, size, 3]}
     * @param label one of the model's classes
     * @return its views
     */
    public static TenViews of(Classifier classifier, byte[] square, String label) {
        int size = classifier.model().contract().size();
        int wanted = Occlusion.number(classifier, label);
        double[][] each = classifier.ofEachView(square);
        double[] probabilities = new double[each.length];
        for (int i = 0; i < each.length; i++) {
            probabilities[i] = each[i][wanted];
        }
        return new TenViews(
                Pictures.of(square, size, size), classifier.model().contract().crop(), label, probabilities);
    }

    /** @return the mean of all ten */
    public double mean() {
        return java.util.Arrays.stream(probabilities).average().orElseThrow();
    }

    /** @return five views in a row and their mirror images below, each with what it gives the class */
    public BufferedImage figure() {
        PictureRows rows = new PictureRows(SIDE);
        List<View> views = View.ten(picture.getWidth(), crop);
        for (int i = 0; i < views.size(); i++) {
            if (i % PLACES.size() == 0) {
                rows.row(i == 0 ? "as they are" : "mirrored");
            }
            rows.add(
                    seen(views.get(i)),
                    String.format(Locale.ROOT, "%s: %.2f", PLACES.get(i % PLACES.size()), probabilities[i]));
        }
        return rows.image();
    }

    private BufferedImage seen(View view) {
        BufferedImage part = picture.getSubimage(view.x(), view.y(), crop, crop);
        if (!view.mirror()) {
            return part;
        }
        AffineTransform mirror = new AffineTransform(-1, 0, 0, 1, crop, 0);
        return new AffineTransformOp(mirror, AffineTransformOp.TYPE_NEAREST_NEIGHBOR).filter(part, null);
    }
}
