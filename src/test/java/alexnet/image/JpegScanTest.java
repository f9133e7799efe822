package alexnet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the walk vouches for, held against the JDK's reader. */
class JpegScanTest {
    private static byte[] opencv(int side) {
        return StoredJpeg.encode(Pictures.rgb(Pictures.photo(side, side, side)), side);
    }

    @Test
    void soundPicturesOfAllShapesAreVouchedFor() {
        for (int width = 1; width < 40; width += 3) {
            for (int height : new int[] {1, 8, 15, 16, 17, 33}) {
                byte[] jpeg = Pictures.jpeg(Pictures.photo(width, height, width));
                assertTrue(JpegScan.isSound(jpeg), width + "x" + height);
            }
        }
        for (int side : new int[] {8, 15, 64, 100}) {
            assertTrue(JpegScan.isSound(opencv(side)), "with colour at half the resolution: " + side);
        }
        BufferedImage grey = new BufferedImage(50, 41, BufferedImage.TYPE_BYTE_GRAY);
        grey.createGraphics().drawImage(Pictures.photo(50, 41, 3), 0, 0, null);
        assertTrue(JpegScan.isSound(Pictures.jpeg(grey)));
        assertTrue(JpegScan.isSound(Pictures.cmykJpeg(Pictures.photo(50, 41, 4))));
        assertTrue(JpegScan.isSound(Pictures.withRotation(opencv(40))));
    }

    @Test
    void progressivePicturesAreLeftToADecoder() throws BadImageException {
        byte[] progressive = Pictures.jpeg(Pictures.photo(50, 40, 1), true);
        assertFalse(JpegScan.isSound(progressive));
        JpegChecker.check(progressive);
    }

    @Test
    void whereverItIsCutAPictureIsNotVouchedFor() {
        byte[] jpeg = opencv(64);
        for (int length = 0; length < jpeg.length; length += length < jpeg.length - 20 ? 37 : 1) {
            assertFalse(JpegScan.isSound(Arrays.copyOf(jpeg, length)), "cut at " + length);
        }
    }

    /** Damage that happens to leave valid codes is found by no decoder; all that one finds must be found here. */
    @Test
    void whatTheJdkWarnsOfIsNeverVouchedFor() {
        Random random = new Random(7);
        int found = 0;
        for (int round = 0; round < 300; round++) {
            byte[] jpeg = opencv(48);
            int at = 700 + random.nextInt(jpeg.length - 702);
            for (int i = at; i < Math.min(jpeg.length, at + 1 + round % 20); i++) {
                jpeg[i] = (byte) random.nextInt();
            }
            if (JpegScan.isSound(jpeg)) {
                assertEquals(0, JpegChecker.warnings(jpeg), "round " + round);
            } else {
                found++;
            }
        }
        assertTrue(found > 150, "of 300 damaged pictures " + found + " are found");
    }

    @Test
    void bytesLeftOverBetweenTheLastBlockAndTheEndAreNotVouchedFor() {
        byte[] jpeg = opencv(48);
        byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 9);
        longer[jpeg.length + 7] = (byte) 0xff;
        longer[jpeg.length + 8] = (byte) 0xd9;
        longer[jpeg.length - 2] = 0;
        longer[jpeg.length - 1] = 0;
        assertFalse(JpegScan.isSound(longer));
        assertThrows(BadImageException.class, () -> JpegChecker.check(longer));
    }

    /** Big photographs are decoded small; the squares must be nearly those of the long way. */
    @Test
    void squaresOfAPictureDecodedSmallAreNearlyTheSame() throws BadImageException {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.COLLECTION, true);
        byte[] jpeg = Pictures.jpeg(Pictures.photo(301, 260, 9));
        for (int side : new int[] {128, 64, 30}) {
            byte[] whole;
            byte[] small;
            try (RgbImage image = decoder.decode(jpeg)) {
                whole = Resize.square(image, side);
            }
            try (RgbImage image = decoder.decode(jpeg, side)) {
                assertTrue(Math.min(image.width(), image.height()) < 260, "it was decoded small");
                assertTrue(Math.min(image.width(), image.height()) >= side);
                small = Resize.square(image, side);
            }
            long sum = 0;
            for (int i = 0; i < whole.length; i++) {
                sum += Math.abs((whole[i] & 0xff) - (small[i] & 0xff));
            }
            assertTrue(sum < 1.5 * whole.length, side + ": mean difference " + (double) sum / whole.length);
        }
    }
}
