package alexnet.data.scenes;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** Shadow and shading of the object, then light, contrast, cast and noise over the whole picture. */
final class Lighting {
    private final SceneStyle.Light light;
    private final Dice dice;

    Lighting(SceneStyle.Light light, Dice dice) {
        this.light = light;
        this.dice = dice;
    }

    /**
     * Lays the object on the picture, shaded from one side and with a shadow to the other.
     *
     * @param image 32-bit, changed in place
     * @param layer the object, 32-bit with alpha, of the same size
     * @param extent the object's longer extent in pixels, the measure of the shadow's offset
     */
    void merge(BufferedImage image, BufferedImage layer, double extent) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] below = Pixels.of(image);
        int[] above = Pixels.of(layer);
        int shadowX = (int) (extent * dice.around(0.08));
        int shadowY = (int) (extent * dice.between(0.02, 0.08));
        int dark = dice.chance(0.6) ? (int) dice.between(20, 100) : 0;
        double slopeX = dice.around(light.gradient()) * 2 / width;
        double slopeY = dice.around(light.gradient()) * 2 / height;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                int pixel = below[i];
                if (dark > 0) {
                    pixel = Pixels.scaled(
                            pixel, 256 - dark * alpha(above, width, height, x - shadowX, y - shadowY) / 255);
                }
                int cover = above[i] >>> 24;
                if (cover > 0) {
                    int factor = (int) (256 * (1 + slopeX * (x - width / 2.0) + slopeY * (y - height / 2.0)));
                    int shaded = Pixels.scaled(above[i], factor);
                    int weight = cover + (cover >> 7);
                    pixel = Pixels.mix(pixel >> 16 & 0xff, shaded >> 16 & 0xff, weight) << 16
                            | Pixels.mix(pixel >> 8 & 0xff, shaded >> 8 & 0xff, weight) << 8
                            | Pixels.mix(pixel & 0xff, shaded & 0xff, weight);
                }
                below[i] = pixel;
            }
        }
    }

    /** @return the mean alpha of four pixels around, which softens the shadow's edge */
    private static int alpha(int[] layer, int width, int height, int x, int y) {
        if (x < 1 || y < 1 || x >= width - 1 || y >= height - 1) {
            return 0;
        }
        int i = y * width + x;
        return (layer[i - 1] >>> 24) + (layer[i + 1] >>> 24) + (layer[i - width] >>> 24) + (layer[i + width] >>> 24)
                >> 2;
    }

    /**
     * Changes light, contrast, brightness and noise in place.
     *
     * @param cast whether the light has a colour of its own
     */
    void expose(BufferedImage image, boolean cast) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = Pixels.of(image);
        double slopeX = dice.around(light.gradient()) * 2 / width;
        double slopeY = dice.around(light.gradient()) * 2 / height;
        double contrast = dice.between(light.contrastMin(), light.contrastMax());
        double shift = 128 - 128 * contrast + dice.around(light.brightness());
        double red = contrast * (cast ? dice.between(0.9, 1.1) : 1);
        double green = contrast * (cast ? dice.between(0.9, 1.1) : 1);
        double blue = contrast * (cast ? dice.between(0.9, 1.1) : 1);
        int grain = (int) (dice.between(0, light.noise()) * 2);
        int state = dice.bits() | 1;
        for (int y = 0; y < height; y++) {
            double row = 1 + slopeY * (y - height / 2.0);
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                int pixel = pixels[i];
                double factor = row + slopeX * (x - width / 2.0);
                state ^= state << 13; // xorshift, Marsaglia 2003
                state ^= state >>> 17;
                state ^= state << 5;
                // the sum of two even draws: a triangle around zero
                int noise = ((state & 0xff) + (state >>> 8 & 0xff) - 255) * grain >> 9;
                double added = shift + noise;
                pixels[i] = Pixels.clamp((int) ((pixel >> 16 & 0xff) * factor * red + added)) << 16
                        | Pixels.clamp((int) ((pixel >> 8 & 0xff) * factor * green + added)) << 8
                        | Pixels.clamp((int) ((pixel & 0xff) * factor * blue + added));
            }
        }
    }

    /** @return the luma alone, as a picture of one channel */
    static BufferedImage grey(BufferedImage image) {
        BufferedImage result = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        byte[] luma = ((DataBufferByte) result.getRaster().getDataBuffer()).getData();
        int[] pixels = Pixels.of(image);
        for (int i = 0; i < pixels.length; i++) {
            int pixel = pixels[i];
            // ITU-R BT.601, in parts of 256
            luma[i] = (byte) (77 * (pixel >> 16 & 0xff) + 150 * (pixel >> 8 & 0xff) + 29 * (pixel & 0xff) >> 8);
        }
        return result;
    }
}
