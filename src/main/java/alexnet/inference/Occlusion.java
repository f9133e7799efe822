package alexnet.inference;

import alexnet.figures.PictureRows;
import alexnet.figures.Pictures;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the network looks at: a grey square is moved over the picture, and where it costs the class its probability, there
 * was something that the network needs. Zeiler and Fergus, Visualizing and Understanding Convolutional Networks, 2014.
 *
 * @param picture the whole square
 * @param label the class that is asked for
 * @param whole its probability with nothing covered
 * @param covered its probability with the grey square around each place, {@code [places, places]}, rows from the top
 */
public record Occlusion(BufferedImage picture, String label, double whole, INDArray covered) {
    private static final int SIDE = 144;
    private static final byte GREY = (byte) 128;
    private static final int BATCH = 64;

    /**
     * @param classifier a model, which sees the centre view
     * @param square a picture already resized, {@code [size, size, 3]}
     * @param label one of the model's classes
     * @param side of the grey square in pixels
     * @param places along each edge of the picture; a square that hangs over the edge is cut off there
     * @return the map
     */
    public static Occlusion of(Classifier classifier, byte[] square, String label, int side, int places) {
        int size = classifier.model().contract().size();
        int wanted = number(classifier, label);
        List<byte[]> pictures = new ArrayList<>(List.of(square));
        for (int i = 0; i < places * places; i++) {
            int x = centre(i % places, places, size);
            int y = centre(i / places, places, size);
            pictures.add(covered(square, size, x - side / 2, y - side / 2, side));
        }
        List<Double> found = new ArrayList<>();
        for (int from = 0; from < pictures.size(); from += BATCH) {
            List<byte[]> batch = pictures.subList(from, Math.min(pictures.size(), from + BATCH));
            for (double[] row : classifier.probabilities(batch, false)) {
                found.add(row[wanted]);
            }
        }
        double[] map = found.stream().skip(1).mapToDouble(Double::doubleValue).toArray();
        return new Occlusion(
                Pictures.of(square, size, size),
                label,
                found.get(0),
                Nd4j.createFromArray(map).reshape(places, places).castTo(DataType.DOUBLE));
    }

    /** Number of a class. */
    static int number(Classifier classifier, String label) {
        int wanted = classifier.model().labels().indexOf(label);
        if (wanted < 0) {
            throw new IllegalArgumentException("The model has no class " + label + ", expected one of "
                    + String.join(", ", classifier.model().labels()) + ". Name one of them.");
        }
        return wanted;
    }

    private static int centre(int place, int places, int size) {
        return (2 * place + 1) * size / (2 * places);
    }

    private static byte[] covered(byte[] square, int size, int left, int top, int side) {
        byte[] result = square.clone();
        for (int y = Math.max(0, top); y < Math.min(size, top + side); y++) {
            int from = 3 * (y * size + Math.max(0, left));
            java.util.Arrays.fill(result, from, 3 * (y * size + Math.min(size, left + side)), GREY);
        }
        return result;
    }

    /** @return the probability that is lost by covering each place, {@code [places, places]}; below 0 where it is gained */
    public INDArray lost() {
        return covered.rsub(whole);
    }

    /**
     * @param maps some
     * @return in columns: picture, and the map over the picture in grey: red where covering costs most, blue where it helps
     */
    public static BufferedImage figure(List<Occlusion> maps) {
        PictureRows rows = new PictureRows(SIDE).row("");
        maps.forEach(map -> rows.add(map.picture, String.format(Locale.ROOT, "%s: %.2f", map.label, map.whole)));
        rows.row("");
        maps.forEach(map -> rows.add(
                Pictures.over(grey(map.picture), Pictures.map(map.lost())),
                String.format(
                        Locale.ROOT,
                        "covered: down to %.2f",
                        map.covered.minNumber().doubleValue())));
        return rows.image();
    }

    private static BufferedImage grey(BufferedImage picture) {
        BufferedImage grey = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        var pen = grey.createGraphics();
        pen.drawImage(picture, 0, 0, null);
        pen.dispose();
        return grey;
    }
}
