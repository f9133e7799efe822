package alexnet.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeTest {
    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(3).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"2, 64, 32", "3, 96, 48", "4, 32, 64"})
    void shrinkingAveragesAreas(int factor, int width, int height) {
        int side = Math.min(width, height);
        byte[] large = noise(3 * width * height * factor * factor);
        byte[] square;
        try (RgbImage image = RgbImage.of(large, width * factor, height * factor)) {
            square = Resize.square(image, side);
        }
        int left = (width - side) / 2;
        int top = (height - side) / 2;
        for (int i = 0; i < square.length; i++) {
            int x = left + i / 3 % side;
            int y = top + i / 3 / side;
            double sum = 0;
            for (int dy = 0; dy < factor; dy++) {
                for (int dx = 0; dx < factor; dx++) {
                    sum += large[((y * factor + dy) * width * factor + x * factor + dx) * 3 + i % 3] & 0xff;
                }
            }
            assertEquals(sum / (factor * factor), square[i] & 0xff, 0.6, "byte " + i);
        }
    }

    /** The square is cut out before it is made; OpenCV makes the whole and cuts then. */
    @ParameterizedTest
    @CsvSource({"500, 375, 256", "375, 500, 256", "333, 1000, 64", "257, 300, 256", "97, 61, 13", "900, 40, 39"})
    void theSquareIsThatOfTheWholePictureToWithinALevel(int width, int height, int side) {
        try (RgbImage image = RgbImage.of(noise(3 * width * height), width, height);
                Mat whole = Resize.shorterSide(image.mat(), side);
                Mat centre = Resize.centre(whole, side).clone()) {
            byte[] expected = new byte[3 * side * side];
            centre.data().get(expected);
            byte[] square = Resize.square(image, side);
            for (int i = 0; i < square.length; i++) {
                assertEquals(expected[i] & 0xff, square[i] & 0xff, 1, "byte " + i);
            }
        }
    }

    @Test
    void aPictureOfTheRightSizeIsNotResampled() {
        byte[] rgb = noise(3 * 40 * 32);
        try (RgbImage image = RgbImage.of(rgb, 40, 32)) {
            assertSame(image.mat(), Resize.shorterSide(image.mat(), 32));
            byte[] square = Resize.square(image, 32);
            for (int y = 0; y < 32; y++) {
                for (int x = 0; x < 96; x++) {
                    assertEquals(rgb[y * 120 + 12 + x], square[y * 96 + x]);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"500, 375, 341, 256", "375, 500, 256, 341", "100, 50, 512, 256", "255, 257, 256, 258"})
    void theRatioIsKept(int width, int height, int newWidth, int newHeight) {
        try (RgbImage image = RgbImage.of(new byte[3 * width * height], width, height);
                Mat resized = Resize.shorterSide(image.mat(), 256)) {
            assertEquals(newWidth, resized.cols());
            assertEquals(newHeight, resized.rows());
        }
    }

    @Test
    void growingIsCubicAndKeepsAPlainColour() {
        byte[] step = new byte[3 * 8 * 8];
        for (int i = 0; i < step.length; i++) {
            step[i] = (byte) (i / 3 % 8 < 4 ? 60 : 200);
        }
        try (RgbImage image = RgbImage.of(step, 8, 8)) {
            byte[] square = Resize.square(image, 32);
            int least = 255;
            int most = 0;
            for (byte value : square) {
                least = Math.min(least, value & 0xff);
                most = Math.max(most, value & 0xff);
            }
            assertTrue(least < 58 && most > 202, "cubic overshoots a step: " + least + " to " + most);
        }
        byte[] plain = new byte[3 * 8 * 8];
        java.util.Arrays.fill(plain, (byte) 77);
        byte[] expected = new byte[3 * 32 * 32];
        java.util.Arrays.fill(expected, (byte) 77);
        try (RgbImage image = RgbImage.of(plain, 8, 8)) {
            assertArrayEquals(expected, Resize.square(image, 32));
        }
    }
}
