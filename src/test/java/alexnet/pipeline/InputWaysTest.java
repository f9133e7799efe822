package alexnet.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Against plain loops, on a picture of 90 × 60 pixels that is made into a square of 20. */
class InputWaysTest {
    private static final int SIDE = 20;
    private static final int CROP = 16;
    private static final int WIDTH = 90;
    private static final int HEIGHT = 60;
    private static final MemoryData DATA = new MemoryData(SIDE, 1);

    @TempDir
    private static Path folder;

    private static Map<String, InputWays.Pair> ways;

    @BeforeAll
    static void drawPicture() throws Exception {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, red(x, y) << 16 | x << 8 | y);
            }
        }
        Path file = folder.resolve("picture.png");
        try (var out = Files.newOutputStream(file)) {
            assertTrue(ImageIO.write(image, "png", out), "no writer for " + new File(file.toString()));
        }
        ways = InputWays.of(List.of(file, file), DATA, CROP);
        assertEquals(3, ways.size());
    }

    /** Stripes of two pixels' width, which an area of three by three evens out and two nearest pixels do not. */
    private static int red(int x, int y) {
        return (x + y) / 2 % 2 == 0 ? 220 : 20;
    }

    private static InputWays.Pair way(int number) {
        return List.copyOf(ways.values()).get(number);
    }

    private static double mean(int channel, int row, int column) {
        return DATA.mean().planes()[(channel * SIDE + row) * SIDE + column];
    }

    @Test
    void resizedByAreaOrByTheTwoNearestPixels() {
        int margin = (SIDE - CROP) / 2; // of the window in the square
        int left = (WIDTH * SIDE / HEIGHT - SIDE) / 2; // of the square in the resized picture
        for (int row = 0; row < CROP; row++) {
            for (int column = 0; column < CROP; column++) {
                double less = mean(0, row + margin, column + margin);
                int y = 3 * (row + margin);
                int x = 3 * (column + margin + left);
                double area = 0;
                for (int i = 0; i < 9; i++) {
                    area += red(x + i % 3, y + i / 3) / 9.0;
                }
                for (int picture = 0; picture < 2; picture++) {
                    assertEquals(area, way(0).usual().getDouble(picture, 0, row, column) + less, 0.51);
                    // the middle of three pixels is a pixel's own middle: it alone counts
                    assertEquals(red(x + 1, y + 1), way(0).other().getDouble(picture, 0, row, column) + less, 0.51);
                }
            }
        }
    }

    @Test
    void storingAsJpegChangesThePixelsSlightly() {
        assertEquals(way(0).usual(), way(1).usual());
        double levels = way(1).levels();
        assertTrue(levels > 0.1 && levels < 25, "moved by " + levels);
    }

    @Test
    void aCornerIsTheSamePixelsLessAnotherWindowOfTheMean() {
        int margin = (SIDE - CROP) / 2;
        INDArray moved = way(2).usual().sub(way(2).other());
        double squares = 0;
        for (int i = 0; i < 3 * CROP * CROP; i++) {
            int channel = i / (CROP * CROP);
            int row = i / CROP % CROP;
            int column = i % CROP;
            double expected = mean(channel, row, column) - mean(channel, row + margin, column + margin);
            assertEquals(expected, moved.getDouble(1, channel, row, column), 1e-4);
            squares += expected * expected;
        }
        assertEquals(Math.sqrt(squares / (3 * CROP * CROP)), way(2).levels(), 1e-3);
    }
}
