package alexnet.figures;

import alexnet.image.RgbImage;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Area;
import java.awt.image.BufferedImage;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Numbers as pictures. */
public final class Pictures {
    private static final int OPAQUE = 0xff000000;
    private static final int CHANNELS = 3;
    private static final int TOP = 255;
    private static final int FRAMES_ACROSS = 64;

    private Pictures() {}

    /**
     * @param rgb {@code [height, width, 3]}, levels of 0–255
     * @param width in pixels
     * @param height in pixels
     * @return the picture
     */
    public static BufferedImage of(byte[] rgb, int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            picture.setRGB(
                    i % width,
                    i / width,
                    (rgb[3 * i] & TOP) << 16 | (rgb[3 * i + 1] & TOP) << 8 | rgb[3 * i + 2] & TOP);
        }
        return picture;
    }

    /**
     * @param image any
     * @return the picture
     */
    public static BufferedImage of(RgbImage image) {
        return of(image.bytes(), image.width(), image.height());
    }

    /**
     * @param levels {@code [3, height, width]}, red, green, blue; what lies outside 0–255 is cut off
     * @return the picture
     */
    public static BufferedImage ofLevels(INDArray levels) {
        return scaled(levels, 0, 1);
    }

    /**
     * @param values {@code [3, height, width]} of either sign, such as a picture less the mean
     * @param largest the size that is shown as black or full colour; 0 is middle grey
     * @return the picture
     */
    public static BufferedImage ofDifferences(INDArray values, double largest) {
        return scaled(values, TOP / 2.0, TOP / 2.0 / largest);
    }

    private static BufferedImage scaled(INDArray values, double offset, double factor) {
        int height = (int) values.size(1);
        int width = (int) values.size(2);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        float[] all = values.dup('c').reshape(values.length()).toFloatVector();
        for (int i = 0; i < width * height; i++) {
            int rgb = 0;
            for (int channel = 0; channel < CHANNELS; channel++) {
                double level = offset + factor * all[channel * width * height + i];
                rgb = rgb << 8 | (int) Math.max(0, Math.min(TOP, Math.round(level)));
            }
            picture.setRGB(i % width, i / width, rgb);
        }
        return picture;
    }

    /**
     * A map of numbers on a scale from grey (0) to red (largest) or blue (smallest).
     *
     * @param values {@code [height, width]}
     * @return one pixel for each number, transparent at 0, so that it can lie over a picture
     */
    public static BufferedImage map(INDArray values) {
        int height = (int) values.size(0);
        int width = (int) values.size(1);
        double largest = Math.max(values.amaxNumber().doubleValue(), Float.MIN_NORMAL);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double value = values.getDouble(y, x) / largest;
                int alpha = (int) Math.round(TOP * Math.abs(value));
                int colour = (value > 0 ? Ink.series(0) : Ink.series(1)).getRGB() & ~OPAQUE;
                picture.setRGB(x, y, alpha << 24 | colour);
            }
        }
        return picture;
    }

    /**
     * @param red level, cut to 0–255
     * @param green level, cut to 0–255
     * @param blue level, cut to 0–255
     * @return one pixel of that colour
     */
    public static BufferedImage swatch(double red, double green, double blue) {
        return ofLevels(Nd4j.createFromArray(red, green, blue).reshape(CHANNELS, 1, 1));
    }

    /**
     * @param picture any
     * @param window what to frame, in its pixels
     * @return the picture with what lies outside the window dimmed, and a frame around the window
     */
    public static BufferedImage outlined(BufferedImage picture, Rectangle window) {
        BufferedImage result = Ink.sheet(picture.getWidth(), picture.getHeight());
        Graphics2D pen = Ink.pen(result);
        pen.drawImage(picture, 0, 0, null);
        Area outside = new Area(new Rectangle(result.getWidth(), result.getHeight()));
        outside.subtract(new Area(window));
        pen.setColor(Ink.SHADE);
        pen.fill(outside);
        float width = Math.max(1, result.getWidth() / FRAMES_ACROSS);
        pen.setStroke(new BasicStroke(width));
        pen.setColor(Ink.series(0));
        pen.draw(window);
        pen.dispose();
        return result;
    }

    /**
     * @param below a picture
     * @param above laid over it, stretched to its size
     * @return both
     */
    public static BufferedImage over(BufferedImage below, BufferedImage above) {
        BufferedImage both = Ink.sheet(below.getWidth(), below.getHeight());
        var pen = Ink.pen(both);
        pen.drawImage(below, 0, 0, null);
        pen.drawImage(above, 0, 0, both.getWidth(), both.getHeight(), null);
        pen.dispose();
        return both;
    }
}
