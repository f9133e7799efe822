package alexnet.image;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * An 8-bit RGB picture in native memory, {@code [height, width, 3]}, to be closed. Made inside
 * {@link OpenCv#scoped}, it ends with the scope at the latest.
 */
public final class RgbImage implements AutoCloseable {
    private final Mat mat;

    /** @param mat {@code CV_8UC3} in the order red, green, blue; owned from now on */
    RgbImage(Mat mat) {
        if (mat.type() != opencv_core.CV_8UC3) {
            throw new IllegalArgumentException("Matrix has type " + mat.type() + ", expected CV_8UC3.");
        }
        this.mat = mat;
    }

    /**
     * @param rgb {@code height·width·3} bytes, row by row, red first; copied
     * @param width pixels across
     * @param height pixels down
     * @return the picture
     */
    public static RgbImage of(byte[] rgb, int width, int height) {
        OpenCv.load();
        Mat mat = new Mat(height, width, opencv_core.CV_8UC3);
        RgbImage image = new RgbImage(mat);
        image.put(rgb);
        return image;
    }

    /** @param rgb new pixels, {@code height·width·3} bytes; copied */
    public void put(byte[] rgb) {
        if (rgb.length != 3L * width() * height()) {
            throw new IllegalArgumentException(rgb.length + " bytes, expected " + 3L * width() * height() + ".");
        }
        mat.data().put(rgb);
    }

    /** @return pixels across */
    public int width() {
        return mat.cols();
    }

    /** @return pixels down */
    public int height() {
        return mat.rows();
    }

    /** @return the matrix itself, {@code CV_8UC3}; valid until this is closed */
    public Mat mat() {
        return mat;
    }

    /** @return a copy of the pixels, {@code [height, width, 3]} */
    public byte[] bytes() {
        byte[] rgb = new byte[3 * width() * height()];
        copyTo(rgb);
        return rgb;
    }

    /** @param rgb where the {@code height·width·3} bytes go */
    public void copyTo(byte[] rgb) {
        if (mat.isContinuous()) {
            mat.data().get(rgb, 0, 3 * width() * height());
            return;
        }
        try (Mat whole = mat.clone()) {
            whole.data().get(rgb, 0, 3 * width() * height());
        }
    }

    @Override
    public void close() {
        mat.close();
    }
}
