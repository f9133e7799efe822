package alexnet.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static final int SIZE = 32;
    private static final int CROP = 24;

    private static float[] meanPlanes() {
        Random random = new Random(5);
        float[] planes = new float[3 * SIZE * SIZE];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = random.nextFloat() * 255;
        }
        return planes;
    }

    @Test
    void tenViewsAreCornersCentreAndMirrorsMinusTheMeansCentre() {
        byte[] rgb = new byte[3 * SIZE * SIZE];
        new Random(4).nextBytes(rgb);
        float[] mean = meanPlanes();
        float[] views = Pixels.views(rgb, SIZE, CROP, View.ten(SIZE, CROP), new MeanImage(mean, SIZE));
        int[][] corners = {{0, 0}, {8, 0}, {0, 8}, {8, 8}, {4, 4}};
        float[] expected = new float[10 * 3 * CROP * CROP];
        int at = 0;
        for (int view = 0; view < 10; view++) {
            for (int channel = 0; channel < 3; channel++) {
                for (int y = 0; y < CROP; y++) {
                    for (int x = 0; x < CROP; x++) {
                        int fromX = corners[view % 5][0] + (view < 5 ? x : CROP - 1 - x);
                        int fromY = corners[view % 5][1] + y;
                        int value = rgb[(fromY * SIZE + fromX) * 3 + channel] & 0xff;
                        expected[at++] = value - mean[(channel * SIZE + y + 4) * SIZE + x + 4];
                    }
                }
            }
        }
        assertArrayEquals(expected, views);
    }

    @Test
    void withoutAMeanTheBytesAreTheValues() {
        byte[] rgb = {10, 20, 30, 40, 50, 60, 70, 80, 90, (byte) 200, (byte) 210, (byte) 220};
        float[] views = Pixels.views(rgb, 2, 2, java.util.List.of(View.centre(2, 2)), null);
        assertArrayEquals(new float[] {10, 40, 70, 200, 20, 50, 80, 210, 30, 60, 90, 220}, views);
    }

    @Test
    void aMeanSurvivesTheNpyFile() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpyFiles.write(out, new int[] {3, SIZE, SIZE}, meanPlanes());
        assertEquals(128 + 4 * 3 * SIZE * SIZE, out.size(), "the header fills 128 bytes, as NumPy's does");
        String header = new String(out.toByteArray(), 10, 118, StandardCharsets.US_ASCII);
        assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 32, 32), }", header.strip());
        NpyFiles.Floats back = NpyFiles.read(new ByteArrayInputStream(out.toByteArray()), 3 * SIZE * SIZE);
        assertArrayEquals(new int[] {3, SIZE, SIZE}, back.shape());
        assertArrayEquals(meanPlanes(), back.values());
    }

    @Test
    void aForeignShortOrGiantNpyFileIsRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpyFiles.write(out, new int[] {4, 4}, new float[16]);
        byte[] whole = out.toByteArray();
        assertEquals("its shape is [4, 4], at most 15 values are accepted", npyReason(whole, 15));
        assertEquals("it ends early", npyReason(Arrays.copyOf(whole, whole.length - 1), 16));
        byte[] doubles = whole.clone();
        doubles[23] = '8';
        assertEquals(
                "its header is {'descr': '<f8', 'fortran_order': False, 'shape': (4, 4), },"
                        + " expected float32, little endian, C order",
                npyReason(doubles, 16));
        whole[0] = 'P';
        assertEquals("it does not begin as a .npy file of version 1.0", npyReason(whole, 16));
    }

    private static String npyReason(byte[] bytes, int most) {
        return assertThrows(IOException.class, () -> NpyFiles.read(new ByteArrayInputStream(bytes), most))
                .getMessage();
    }
}
