package alexnet.features;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The kernels of the lowest layer side by side, as in Fig. 3. */
public final class KernelImage {
    private static final int MOST_COLUMNS = 8;
    private static final int OPAQUE = 0xff000000;

    private KernelImage() {}

    /**
     * @param weights {@code [kernels, 3, side, side]}, channels red, green, blue
     * @return PNG, one pixel for each weight, one transparent pixel between kernels; 0 is middle grey, and each kernel's
     *     largest weight reaches black or full colour
     */
    public static byte[] png(INDArray weights) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image(weights, columns((int) weights.size(0))), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param weights {@code [kernels, 3, side, side]}, channels red, green, blue
     * @return a picture for each kernel, as in {@link #png}
     */
    public static List<BufferedImage> each(INDArray weights) {
        return IntStream.range(0, (int) weights.size(0))
                .mapToObj(kernel -> image(weights.get(NDArrayIndex.interval(kernel, kernel + 1)), 1))
                .toList();
    }

    /** As {@link #png}, with so many kernels in a row. */
    static BufferedImage image(INDArray weights, int columns) {
        int kernels = (int) weights.size(0);
        int side = (int) weights.size(2);
        int rows = (kernels + columns - 1) / columns;
        float[] values = weights.dup('c').reshape(weights.length()).toFloatVector();
        BufferedImage image =
                new BufferedImage(columns * (side + 1) - 1, rows * (side + 1) - 1, BufferedImage.TYPE_INT_ARGB);
        for (int kernel = 0; kernel < kernels; kernel++) {
            draw(
                    image,
                    values,
                    kernel * 3 * side * side,
                    side,
                    kernel % columns * (side + 1),
                    kernel / columns * (side + 1));
        }
        return image;
    }

    /** 48 kernels: 8 in a row; fewer: about four columns to three rows. */
    static int columns(int kernels) {
        return Math.min(MOST_COLUMNS, (int) Math.ceil(Math.sqrt(kernels * 4 / 3.0)));
    }

    private static void draw(BufferedImage image, float[] values, int from, int side, int x, int y) {
        int plane = side * side;
        float largest = Float.MIN_NORMAL;
        for (int i = from; i < from + 3 * plane; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        for (int i = 0; i < plane; i++) {
            int red = level(values[from + i] / largest);
            int green = level(values[from + plane + i] / largest);
            int blue = level(values[from + 2 * plane + i] / largest);
            image.setRGB(x + i % side, y + i / side, OPAQUE | red << 16 | green << 8 | blue);
        }
    }

    private static int level(float value) {
        return Math.round(127.5f + 127.5f * value);
    }
}
