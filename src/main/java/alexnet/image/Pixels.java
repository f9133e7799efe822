package alexnet.image;

import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/** The steps from a square of bytes to the network's input, one by one; training, evaluation and serving share them. */
public final class Pixels {
    private Pixels() {}

    /**
     * @param image at least {@code view + crop} on each side
     * @param x left edge
     * @param y upper edge
     * @param crop side of the square in pixels
     * @return a window into {@code image}, not a copy
     */
    public static Mat crop(Mat image, int x, int y, int crop) {
        return image.apply(new Rect(x, y, crop, crop));
    }

    /**
     * @param image any picture
     * @param mirrored gets it with left and right exchanged
     */
    public static void mirror(Mat image, Mat mirrored) {
        opencv_core.flip(image, mirrored, 1);
    }

    /**
     * @param image {@code CV_8UC3} or {@code CV_32FC3}
     * @param floats gets the same values as {@code CV_32FC3}
     */
    public static void toFloat(Mat image, Mat floats) {
        image.convertTo(floats, opencv_core.CV_32FC3);
    }

    /**
     * @param floats {@code CV_32FC3}; changed
     * @param mean {@code CV_32FC3} of the same size
     */
    public static void subtract(Mat floats, Mat mean) {
        opencv_core.subtract(floats, mean, floats);
    }

    /**
     * Adds the same colour to every pixel, then divides, {@code §4.1 (b)}.
     *
     * @param floats {@code CV_32FC3}; changed
     * @param shift levels to add to red, green and blue
     * @param divisor what the sum is divided by
     */
    public static void shift(Mat floats, float[] shift, double divisor) {
        // four doubles in a column: OpenCV's form of one value for every pixel
        try (Mat colour = new Mat(4, 1, opencv_core.CV_64FC1);
                DoublePointer levels = new DoublePointer(colour.data())) {
            levels.put(shift[0], shift[1], shift[2], 0);
            opencv_core.add(floats, colour, floats);
        }
        if (divisor != 1) {
            floats.convertTo(floats, opencv_core.CV_32FC3, 1 / divisor, 0);
        }
    }

    /**
     * @param floats {@code CV_32FC3}, {@code [height, width, 3]}
     * @param target gets {@code [3, height, width]} from its address on
     */
    public static void toPlanes(Mat floats, FloatPointer target) {
        long plane = (long) floats.rows() * floats.cols();
        for (int channel = 0; channel < 3; channel++) {
            FloatPointer at = target.getPointer(channel * plane);
            opencv_core.extractChannel(
                    floats, new Mat(floats.rows(), floats.cols(), opencv_core.CV_32FC1, at), channel);
        }
    }

    /**
     * What the network sees of one picture at test time, and when it serves.
     *
     * @param rgb the stored square, {@code [size, size, 3]}
     * @param size its side in pixels
     * @param crop the network's input side in pixels
     * @param views the windows wanted, such as {@link View#ten}
     * @param mean the training set's mean image, or null to subtract nothing; its central crop is subtracted from
     *     each view, wherever that lies
     * @return {@code [views, 3, crop, crop]}
     */
    public static float[] views(byte[] rgb, int size, int crop, List<View> views, MeanImage mean) {
        float[] result = new float[Math.multiplyExact(views.size(), 3 * crop * crop)];
        return OpenCv.scoped(() -> {
            Mat image = RgbImage.of(rgb, size, size).mat();
            Mat centre = mean == null ? null : mean.centre(crop).toMat();
            FloatPointer planes = new FloatPointer(3L * crop * crop);
            for (int i = 0; i < views.size(); i++) {
                View view = views.get(i);
                Mat floats = new Mat();
                toFloat(crop(image, view.x(), view.y(), crop), floats);
                if (view.mirror()) {
                    Mat mirrored = new Mat();
                    mirror(floats, mirrored);
                    floats = mirrored;
                }
                if (centre != null) {
                    subtract(floats, centre);
                }
                toPlanes(floats, planes);
                planes.get(result, i * 3 * crop * crop, 3 * crop * crop);
            }
            return result;
        });
    }
}
