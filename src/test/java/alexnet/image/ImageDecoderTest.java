package alexnet.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    private static final BufferedImage PHOTO = Pictures.photo(60, 40, 1);
    private static final byte[] JPEG = Pictures.jpeg(PHOTO);
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.COLLECTION, true);

    private byte[] decode(byte[] encoded) throws BadImageException {
        try (RgbImage image = decoder.decode(encoded)) {
            return image.bytes();
        }
    }

    private String reason(byte[] encoded) {
        return assertThrows(BadImageException.class, () -> decode(encoded)).getMessage();
    }

    private static double meanDifference(byte[] a, byte[] b) {
        assertEquals(a.length, b.length);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
        }
        return sum / a.length;
    }

    @Test
    void aRedPictureIsRedEverywhere() throws BadImageException {
        byte[] rgb = decode(Pictures.encode(Pictures.plain(9, 7, Color.RED), "png"));
        for (int i = 0; i < rgb.length; i++) {
            assertEquals(i % 3 == 0 ? 255 : 0, rgb[i] & 0xff, "byte " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff"})
    void losslessKindsDecodeExactly(String format) throws BadImageException {
        assertArrayEquals(Pictures.rgb(PHOTO), decode(Pictures.encode(PHOTO, format)));
    }

    @Test
    void gifDecodesToItsPalette() throws BadImageException {
        byte[] rgb = decode(Pictures.encode(Pictures.plain(5, 4, Color.GREEN), "gif"));
        assertEquals(60, rgb.length);
        assertEquals(0, rgb[0]);
        assertEquals(255, rgb[1] & 0xff);
    }

    @Test
    void jpegDecodesCloseToThePicture() throws BadImageException {
        assertTrue(meanDifference(Pictures.rgb(PHOTO), decode(JPEG)) < 5);
    }

    @Test
    void progressiveIsWholeAndTheSame() throws BadImageException {
        assertTrue(meanDifference(decode(JPEG), decode(Pictures.jpeg(PHOTO, true))) < 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void greyBecomesThreeEqualChannelsAndSixteenBitsEight(int type) throws BadImageException {
        BufferedImage grey = new BufferedImage(8, 8, type);
        boolean wide = type == BufferedImage.TYPE_USHORT_GRAY;
        for (int i = 0; i < 64; i++) {
            grey.getRaster().setSample(i % 8, i / 8, 0, wide ? i * 4 * 257 : i * 4);
        }
        for (String format : new String[] {"png", "tiff"}) {
            byte[] rgb = decode(Pictures.encode(grey, format));
            for (int i = 0; i < rgb.length; i++) {
                assertEquals(i / 3 * 4, rgb[i] & 0xff, format + " byte " + i);
            }
        }
    }

    @Test
    void cmykIsConvertedToTheSameColours() throws BadImageException {
        byte[] rgb = decode(Pictures.cmykJpeg(PHOTO));
        assertTrue(meanDifference(Pictures.rgb(PHOTO), rgb) < 8);
    }

    @Test
    void exifRotationIsIgnored() throws BadImageException {
        byte[] rotated = Pictures.withRotation(JPEG);
        try (RgbImage image = decoder.decode(rotated)) {
            assertEquals(60, image.width());
            assertEquals(40, image.height());
        }
        assertArrayEquals(decode(JPEG), decode(rotated));
    }

    @Test
    void jpegWithoutEndMarkerOrWithBytesBehindItIsWhole() throws BadImageException {
        byte[] expected = decode(JPEG);
        assertArrayEquals(expected, decode(Arrays.copyOf(JPEG, JPEG.length - 2)));
        assertArrayEquals(expected, decode(Arrays.copyOf(JPEG, JPEG.length + 500)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.8, 0.97})
    void truncatedJpegIsRefused(double part) {
        byte[] half = Arrays.copyOf(JPEG, (int) (JPEG.length * part));
        assertTrue(reason(half).startsWith("damaged JPEG: "), reason(half));
    }

    @Test
    void jpegDamagedInItsMiddleIsRefused() {
        byte[] damaged = JPEG.clone();
        for (int i = 0; i < 200; i++) {
            damaged[JPEG.length / 2 + i] = (byte) (i * 37 & 0x7f);
        }
        assertTrue(reason(damaged).startsWith("damaged JPEG: Corrupt JPEG data"), reason(damaged));
    }

    @Test
    void withoutStrictnessATruncatedJpegDecodesToTheSamePixelsEachTime() throws BadImageException {
        ImageDecoder lenient = new ImageDecoder(ImageLimits.COLLECTION, false);
        byte[] half = Arrays.copyOf(JPEG, JPEG.length / 2);
        try (RgbImage first = lenient.decode(half);
                RgbImage second = lenient.decode(half)) {
            assertArrayEquals(first.bytes(), second.bytes());
        }
    }

    @Test
    void truncatedPngIsRefused() {
        byte[] png = Pictures.encode(PHOTO, "png");
        assertEquals("the PNG data cannot be decoded", reason(Arrays.copyOf(png, png.length / 2)));
    }

    @Test
    void textEmptyAndHeaderOnlyFilesAreRefused() {
        assertEquals("the file is empty", reason(new byte[0]));
        assertEquals(
                "not a picture: neither JPEG, PNG, GIF, BMP, WebP nor TIFF",
                reason("<html>404</html>".getBytes(StandardCharsets.US_ASCII)));
        assertEquals("the file ends inside its header", reason(Arrays.copyOf(JPEG, 20)));
        assertEquals("the GIF data cannot be decoded", reason("GIF89a".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aGiantClaimedByASmallFileIsRefusedBeforeDecoding() {
        byte[] png = Pictures.encode(PHOTO, "png");
        png[16] = 0;
        png[17] = 0;
        png[18] = (byte) 0xff;
        png[19] = (byte) 0xdc; // 65500
        System.arraycopy(png, 16, png, 20, 4);
        assertEquals(
                "the header says 65500x65500 pixels, at most 65500x65500 and 200000000 in all are accepted",
                reason(png));
    }

    @Test
    void limitsOnBytesSidesAndRatioHold() {
        ImageDecoder small = new ImageDecoder(new ImageLimits(100, 50, 50, 10_000, 100), false);
        String bytes =
                assertThrows(BadImageException.class, () -> small.decode(JPEG)).getMessage();
        assertEquals("the file has " + JPEG.length + " bytes, at most 100 are accepted", bytes);
        ImageDecoder narrow = new ImageDecoder(new ImageLimits(1 << 20, 50, 50, 10_000, 100), false);
        String side =
                assertThrows(BadImageException.class, () -> narrow.decode(JPEG)).getMessage();
        assertTrue(side.startsWith("the header says 60x40 pixels, at most 50x50"), side);
        String line = reason(Pictures.encode(Pictures.plain(101, 1, Color.RED), "png"));
        assertEquals("the header says 101x1 pixels, sides of at most 100 to 1 are accepted", line);
    }
}
