package alexnet.image;

import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * "We first rescaled the image such that the shorter side was of length 256, and then cropped out the central 256×256
 * patch" ({@code §2}). The filter is not told there; the authors' later tools take the area when shrinking and cubic
 * when growing.
 */
public final class Resize {
    private static final int LARGEST_KEPT = 8 << 20;
    private static final ThreadLocal<byte[]> BUFFER = ThreadLocal.withInitial(() -> new byte[0]);

    private Resize() {}

    /**
     * @param image of any type, {@code [height, width]}
     * @param side the new length of the shorter side; the longer one keeps the ratio, rounded to the nearest pixel
     * @return a new matrix, or {@code image} itself if its shorter side is {@code side} already (no resampling)
     */
    public static Mat shorterSide(Mat image, int side) {
        boolean shrinks = side < Math.min(image.cols(), image.rows());
        return shorterSide(image, side, shrinks ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_CUBIC);
    }

    /**
     * As {@link #shorterSide(Mat, int)}, with a filter of one's own choice.
     *
     * @param image of any type, {@code [height, width]}
     * @param side the new length of the shorter side
     * @param filter OpenCV's number of it
     * @return a new matrix, or {@code image} itself if its shorter side is {@code side} already (no resampling)
     */
    public static Mat shorterSide(Mat image, int side, int filter) {
        int shorter = Math.min(image.cols(), image.rows());
        if (shorter == side) {
            return image;
        }
        Mat resized = new Mat();
        try (Size size = new Size(length(image.cols(), shorter, side), length(image.rows(), shorter, side))) {
            opencv_imgproc.resize(image, resized, size, 0, 0, filter);
        }
        return resized;
    }

    /** An array of half a megabyte for each photograph would keep the garbage collector busy. */
    private static byte[] pixels(RgbImage image) {
        int length = Math.multiplyExact(3 * image.width(), image.height());
        byte[] buffer = BUFFER.get();
        if (length > buffer.length) {
            buffer = new byte[length];
            if (length <= LARGEST_KEPT) {
                BUFFER.set(buffer);
            }
        }
        image.copyTo(buffer);
        return buffer;
    }

    private static int length(int length, int shorter, int side) {
        return length == shorter ? side : (int) Math.round((double) length * side / shorter);
    }

    /**
     * Shorter side to {@code side}, then the central square at {@code (length − side) / 2}.
     *
     * @param image the picture; not changed, not closed
     * @param side the square's side in pixels
     * @return the square's bytes, {@code [side, side, 3]}
     */
    public static byte[] square(RgbImage image, int side) {
        int shorter = Math.min(image.width(), image.height());
        if (side < shorter) {
            int newWidth = length(image.width(), shorter, side);
            int newHeight = length(image.height(), shorter, side);
            byte[] rgb = pixels(image);
            return AreaFilter.square(rgb, image.width(), image.height(), newWidth, newHeight, side);
        }
        return OpenCv.scoped(() -> {
            Mat resized = shorterSide(image.mat(), side);
            Mat square = centre(resized, side);
            byte[] rgb = new byte[3 * side * side];
            square.clone().data().get(rgb);
            return rgb;
        });
    }

    /**
     * @param image at least {@code side} on each side
     * @param side the square's side in pixels
     * @return the central square: a window into {@code image}, not a copy
     */
    public static Mat centre(Mat image, int side) {
        return image.apply(new Rect((image.cols() - side) / 2, (image.rows() - side) / 2, side, side));
    }
}
