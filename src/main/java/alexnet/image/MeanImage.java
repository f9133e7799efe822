package alexnet.image;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** The mean of each pixel over the training set, {@code §2}: {@code [3, size, size]}, levels from 0 to 255. */
public final class MeanImage {
    private final int size;
    private final float[] planes;

    /**
     * @param planes {@code [3, size, size]}, red first; not copied
     * @param size side in pixels
     */
    public MeanImage(float[] planes, int size) {
        if (planes.length != 3L * size * size) {
            throw new IllegalArgumentException(
                    planes.length + " values, expected " + 3L * size * size + " for [3," + size + "," + size + "].");
        }
        this.planes = planes;
        this.size = size;
    }

    /** @return side in pixels */
    public int size() {
        return size;
    }

    /** @return a copy of the values, {@code [3, size, size]} */
    public float[] planes() {
        return planes.clone();
    }

    /**
     * @param crop side of the square in pixels
     * @return the square at {@code (size − crop) / 2}
     */
    public MeanImage centre(int crop) {
        View view = View.centre(size, crop);
        float[] cut = new float[3 * crop * crop];
        for (int row = 0; row < 3 * crop; row++) {
            int channel = row / crop;
            int from = (channel * size + view.y() + row % crop) * size + view.x();
            System.arraycopy(planes, from, cut, row * crop, crop);
        }
        return new MeanImage(cut, crop);
    }

    /** @return a new {@code CV_32FC3} matrix of the values, {@code [size, size, 3]} */
    public Mat toMat() {
        float[] pixels = new float[planes.length];
        int plane = size * size;
        for (int i = 0; i < plane; i++) {
            for (int channel = 0; channel < 3; channel++) {
                pixels[3 * i + channel] = planes[channel * plane + i];
            }
        }
        OpenCv.load();
        Mat mat = new Mat(size, size, opencv_core.CV_32FC3);
        new FloatPointer(mat.data()).put(pixels);
        return mat;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeanImage mean && size == mean.size && Arrays.equals(planes, mean.planes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(planes);
    }
}
