package alexnet.pipeline;

import alexnet.config.Lighting;
import alexnet.data.ImageSplit;
import alexnet.data.PreparedData;
import alexnet.figures.Charts;
import alexnet.figures.HtmlTable;
import alexnet.figures.PictureRows;
import alexnet.figures.Pictures;
import alexnet.image.ColourStatistics;
import alexnet.image.MeanImage;
import alexnet.image.View;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Figures of prepared pictures and of what is done to them before the network sees them, {@code §2} and {@code §4.1}. */
public final class DataFigures {
    private static final int SMALL = 52;
    private static final int MEDIUM = 96;
    private static final int LARGE = 120;
    private static final int MEAN_RANGE = 128;
    private static final double[] STEPS = {-2, -1, -0.5, 0, 0.5, 1, 2};

    private static final List<Lighting.Reading> READINGS = List.of(
            Lighting.Reading.EIGENVALUES_UNIT, Lighting.Reading.EIGENVALUES_BYTE, Lighting.Reading.DEVIATIONS_BYTE);

    private DataFigures() {}

    /**
     * @param data prepared pictures
     * @param split name of a split
     * @param each pictures of each class, in the split's order
     * @return a column for each class
     */
    public static BufferedImage classes(PreparedData data, String split, int each) {
        ImageSplit pictures = data.split(split);
        PictureRows rows = new PictureRows(SMALL);
        for (int row = 0; row < each; row++) {
            rows.row("");
            for (int label = 0; label < data.classes().size(); label++) {
                String caption = row == 0 ? data.classes().get(label) : "";
                rows.add(picture(pictures, ofClass(pictures, label, row)), caption);
            }
        }
        return rows.image();
    }

    private static int ofClass(ImageSplit pictures, int label, int skip) {
        int left = skip;
        for (int i = 0; i < pictures.size(); i++) {
            if (pictures.label(i) == label && left-- == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("The split " + pictures.name() + " has no " + (skip + 1)
                + " pictures of class " + label + ". Ask for fewer.");
    }

    /**
     * @param pictures a split
     * @param image number of a picture
     * @return the prepared square
     */
    public static BufferedImage picture(ImageSplit pictures, int image) {
        return Pictures.of(read(pictures, image), pictures.side(), pictures.side());
    }

    private static byte[] read(ImageSplit pictures, int image) {
        byte[] rgb = new byte[3 * pictures.side() * pictures.side()];
        pictures.read(image, rgb);
        return rgb;
    }

    /**
     * @param pictures a split
     * @param image number of a picture
     * @param crop side of the window in pixels
     * @return levels of the central window, {@code [3, crop, crop]}
     */
    public static INDArray centre(ImageSplit pictures, int image, int crop) {
        float[] levels = alexnet.image.Pixels.views(
                read(pictures, image), pictures.side(), crop, List.of(View.centre(pictures.side(), crop)), null);
        return Nd4j.createFromArray(levels).reshape(3, crop, crop);
    }

    /**
     * @param data prepared pictures
     * @param split name of a split
     * @param image number of a picture
     * @return the mean image, the picture, and the picture less the mean (grey: no difference)
     */
    public static BufferedImage mean(PreparedData data, String split, int image) {
        int size = data.size();
        INDArray mean = planes(data.mean());
        INDArray levels = centre(data.split(split), image, size);
        return new PictureRows(LARGE)
                .add(Pictures.ofLevels(mean), "mean image")
                .add(Pictures.ofLevels(levels), "a picture")
                .add(Pictures.ofDifferences(levels.sub(mean), MEAN_RANGE), "picture less mean")
                .image();
    }

    private static INDArray planes(MeanImage mean) {
        return Nd4j.createFromArray(mean.planes()).reshape(3, mean.size(), mean.size());
    }

    /**
     * @param data prepared pictures
     * @param split name of a split
     * @param image number of the picture
     * @param uses what training made of it
     * @return above the picture with the windows outlined, below what was cut out there
     */
    public static BufferedImage windows(PreparedData data, String split, int image, List<Augmented> uses) {
        BufferedImage whole = picture(data.split(split), image);
        PictureRows rows = new PictureRows(MEDIUM).row("The stored picture, and where the window was drawn");
        for (Augmented use : uses) {
            int crop = (int) use.picture().size(1);
            View view = use.view();
            rows.add(
                    Pictures.outlined(whole, new Rectangle(view.x(), view.y(), crop, crop)),
                    "x " + view.x() + ", y " + view.y());
        }
        rows.row("What the network is given");
        uses.forEach(
                use -> rows.add(Pictures.ofLevels(use.picture()), use.view().mirror() ? "mirrored" : "as it is"));
        return rows.image();
    }

    /**
     * @param data prepared pictures
     * @param split name of a split
     * @param image number of the picture
     * @param uses what training made of its centre
     * @return the centre, and each use with the levels added to red, green and blue
     */
    public static BufferedImage lightings(PreparedData data, String split, int image, List<Augmented> uses) {
        int crop = (int) uses.get(0).picture().size(1);
        INDArray stored = centre(data.split(split), image, crop);
        PictureRows rows = new PictureRows(MEDIUM).add(Pictures.ofLevels(stored), "as it is");
        uses.forEach(use -> rows.add(Pictures.ofLevels(use.picture()), levels(use.shift())));
        return rows.image();
    }

    /**
     * @param uses what training made of a picture
     * @return the network's inputs: the mean is subtracted, and grey stands for 0
     */
    public static BufferedImage inputs(List<Augmented> uses) {
        PictureRows rows = new PictureRows(MEDIUM);
        for (int epoch = 0; epoch < uses.size(); epoch++) {
            rows.add(Pictures.ofDifferences(uses.get(epoch).input(), MEAN_RANGE), "epoch " + (epoch + 1));
        }
        return rows.image();
    }

    private static String levels(float[] shift) {
        return Math.round(shift[0]) + " " + Math.round(shift[1]) + " " + Math.round(shift[2]);
    }

    /**
     * @param colour statistics of a training set
     * @return for each axis the mean colour moved along it, by up to two standard deviations to either side
     */
    public static BufferedImage axes(ColourStatistics colour) {
        PictureRows rows = new PictureRows(SMALL);
        for (int axis = 0; axis < 3; axis++) {
            rows.row(String.format(
                    Locale.ROOT,
                    "Axis %d: standard deviation %.1f levels",
                    axis + 1,
                    Math.sqrt(colour.eigenvalues()[axis])));
            for (double step : STEPS) {
                float[] shift = along(colour, axis, step);
                double[] mean = colour.mean();
                rows.add(
                        Pictures.swatch(mean[0] + shift[0], mean[1] + shift[1], mean[2] + shift[2]),
                        String.format(Locale.ROOT, "%+.1f σ", step));
            }
        }
        return rows.image();
    }

    /** The shift by so many standard deviations along one axis. */
    private static float[] along(ColourStatistics colour, int axis, double deviations) {
        double[] alphas = new double[3];
        alphas[axis] = deviations;
        return colour.shift(Lighting.Reading.DEVIATIONS_BYTE, alphas);
    }

    /**
     * @param colour statistics of a training set
     * @return for each axis its direction, eigenvalue, standard deviation and share of the variance
     */
    public static HtmlTable axesTable(ColourStatistics colour) {
        HtmlTable table =
                new HtmlTable("axis", "red", "green", "blue", "eigenvalue λ", "√λ, levels", "share of the variance");
        double sum = colour.eigenvalues()[0] + colour.eigenvalues()[1] + colour.eigenvalues()[2];
        for (int axis = 0; axis < 3; axis++) {
            double[] vector = colour.eigenvectors()[axis];
            double value = colour.eigenvalues()[axis];
            table.row(
                    axis + 1,
                    decimal("%.2f", vector[0]),
                    decimal("%.2f", vector[1]),
                    decimal("%.2f", vector[2]),
                    decimal("%.0f", value),
                    decimal("%.1f", Math.sqrt(value)),
                    decimal("%.1f %%", 100 * value / sum));
        }
        return table;
    }

    /**
     * @param data prepared pictures
     * @param split name of a split
     * @param image number of the picture
     * @param deviations how far to move it, in standard deviations of the axis
     * @return a row for each axis
     */
    public static BufferedImage alongAxes(PreparedData data, String split, int image, double... deviations) {
        INDArray levels = centre(data.split(split), image, data.size());
        PictureRows rows = new PictureRows(MEDIUM);
        for (int axis = 0; axis < 3; axis++) {
            rows.row("Along axis " + (axis + 1));
            for (double step : deviations) {
                INDArray shift = Nd4j.createFromArray(along(data.colour(), axis, step));
                rows.add(
                        Pictures.ofLevels(levels.add(shift.reshape(3, 1, 1))),
                        String.format(Locale.ROOT, "%+.1f σ", step));
            }
        }
        return rows.image();
    }

    /**
     * The three readings of the text, with the same draws: along each axis in turn {@code α = deviation}, one standard
     * deviation of the noise.
     *
     * @param data prepared pictures
     * @param split name of a split
     * @param image number of the picture
     * @param deviation the standard deviation of α, the paper's 0.1
     * @return a row for each reading
     */
    public static BufferedImage readings(PreparedData data, String split, int image, double deviation) {
        INDArray levels = centre(data.split(split), image, data.size());
        PictureRows rows = new PictureRows(MEDIUM);
        for (Lighting.Reading reading : READINGS) {
            rows.row(name(reading)).add(Pictures.ofLevels(levels), "as it is");
            for (int axis = 0; axis < 3; axis++) {
                double[] alphas = new double[3];
                alphas[axis] = deviation;
                float[] shift = data.colour().shift(reading, alphas);
                rows.add(
                        Pictures.ofLevels(levels.add(Nd4j.createFromArray(shift).reshape(3, 1, 1))), levels(shift));
            }
        }
        return rows.image();
    }

    private static String name(Lighting.Reading reading) {
        return switch (reading) {
            case EIGENVALUES_UNIT -> "λ of pixels from 0 to 1";
            case EIGENVALUES_BYTE -> "λ of pixels from 0 to 255";
            case DEVIATIONS_BYTE -> "√λ of pixels from 0 to 255";
            case NONE -> "none";
        };
    }

    /**
     * @param colour statistics of a training set
     * @param deviation the standard deviation of α, the paper's 0.1
     * @return for each reading, the standard deviation of the shift along each axis, in levels
     */
    public static HtmlTable readings(ColourStatistics colour, double deviation) {
        HtmlTable table = new HtmlTable("reading", "along axis 1, levels", "axis 2", "axis 3");
        for (Lighting.Reading reading : READINGS) {
            Object[] cells = new Object[4];
            cells[0] = name(reading);
            for (int axis = 0; axis < 3; axis++) {
                double[] alphas = new double[3];
                alphas[axis] = deviation;
                float[] shift = colour.shift(reading, alphas);
                cells[axis + 1] =
                        decimal("%.1f", Math.sqrt(shift[0] * shift[0] + shift[1] * shift[1] + shift[2] * shift[2]));
            }
            table.row(cells);
        }
        return table;
    }

    /**
     * @param batches by name, in order: the windows of a batch's pictures
     * @return where they lie
     */
    public static BufferedImage places(Map<String, List<View>> batches) {
        Map<String, double[][]> points = new LinkedHashMap<>();
        batches.forEach((name, views) -> points.put(name, new double[][] {
            views.stream().mapToDouble(View::x).toArray(),
            views.stream().mapToDouble(View::y).toArray()
        }));
        return Charts.points(new Charts.Labels("Where the windows of one batch lie", "x, pixels", "y, pixels"), points);
    }

    private static String decimal(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
