package alexnet.data.scenes;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** Arithmetic on packed pixels, {@code 0xAARRGGBB}. */
final class Pixels {
    private Pixels() {}

    /** @return the pixels themselves of a picture of 32-bit type, row by row */
    static int[] of(BufferedImage image) {
        return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }

    /** @return the pixel moved towards a colour by a share of 0 to 1 */
    static int blend(int pixel, Color colour, double share) {
        int weight = (int) (share * 256);
        int red = mix(pixel >> 16 & 0xff, colour.getRed(), weight);
        int green = mix(pixel >> 8 & 0xff, colour.getGreen(), weight);
        int blue = mix(pixel & 0xff, colour.getBlue(), weight);
        return red << 16 | green << 8 | blue;
    }

    /** @return all channels times factor / 256 */
    static int scaled(int pixel, int factor) {
        return clamp((pixel >> 16 & 0xff) * factor >> 8) << 16
                | clamp((pixel >> 8 & 0xff) * factor >> 8) << 8
                | clamp((pixel & 0xff) * factor >> 8);
    }

    /** @return from + (to - from) * weight / 256 */
    static int mix(int from, int to, int weight) {
        return from + ((to - from) * weight >> 8);
    }

    static int clamp(int value) {
        return value < 0 ? 0 : Math.min(value, 255);
    }
}
