package alexnet.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import alexnet.config.Lighting;
import alexnet.image.Pictures;
import alexnet.image.Resize;
import alexnet.image.RgbImage;
import java.util.Random;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;
import org.datavec.image.data.ImageWritable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** The transforms as any DataVec program may use them. */
class TransformsTest {
    private final OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
    private final RgbImage photo = RgbImage.of(Pictures.rgb(Pictures.photo(90, 70, 2)), 90, 70);

    private ImageWritable writable() {
        return new ImageWritable(converter.convert(photo.mat()));
    }

    private byte[] bytes(ImageWritable image) {
        Mat mat = new OpenCVFrameConverter.ToMat().convert(image.getFrame());
        byte[] bytes = new byte[3 * mat.rows() * mat.cols()];
        mat.data().get(bytes);
        return bytes;
    }

    @Test
    void shorterSideAndCentreCropMakeThePreparedSquare() {
        try (ShorterSideTransform shorter = new ShorterSideTransform(32);
                CentreCropTransform crop = new CentreCropTransform(32)) {
            ImageWritable scaled = shorter.transform(writable(), new Random(1));
            assertEquals(32, scaled.getHeight());
            assertEquals(41, scaled.getWidth());
            byte[] expected = Resize.square(photo, 32);
            byte[] found = bytes(crop.transform(scaled, new Random(1)));
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i] & 0xff, found[i] & 0xff, 1, "to within a level");
            }
        }
    }

    @Test
    void aPictureOfTheRightSizePassesAsItIs() {
        try (ShorterSideTransform shorter = new ShorterSideTransform(70)) {
            ImageWritable image = writable();
            assertSame(image, shorter.transform(image, null));
            assertNull(shorter.transform(null, null));
        }
    }

    @Test
    void mirrorExchangesLeftAndRightInAboutHalf() {
        byte[] original = Pictures.rgb(Pictures.photo(90, 70, 2));
        int mirrored = 0;
        try (MirrorTransform mirror = new MirrorTransform()) {
            Random random = new Random(5);
            for (int i = 0; i < 400; i++) {
                byte[] result = bytes(mirror.transform(writable(), random));
                boolean same = result[0] == original[0] && result[1] == original[1];
                mirrored += same ? 0 : 1;
                if (!same) {
                    for (int channel = 0; channel < 3; channel++) {
                        assertEquals(original[3 * 89 + channel], result[channel]);
                    }
                }
            }
        }
        assertEquals(200, mirrored, 40, "four standard deviations");
    }

    @Test
    void nothingTouchesTheLibrarysGenerator() {
        Nd4j.getRandom().setSeed(123);
        double expected = Nd4j.getRandom().nextDouble();
        Nd4j.getRandom().setSeed(123);
        MemoryData data = new MemoryData(70, 1);
        try (CropTransform crop = new CropTransform(64);
                MirrorTransform mirror = new MirrorTransform();
                LightingTransform lighting = new LightingTransform(
                        data.colour(), new Lighting(Lighting.Reading.DEVIATIONS_BYTE, 0.1, 1.1))) {
            Random random = new Random(9);
            lighting.transform(mirror.transform(crop.transform(writable(), random), random), random);
        }
        assertEquals(expected, Nd4j.getRandom().nextDouble());
    }

    @Test
    void theSameRandomGivesTheSameCrop() {
        try (CropTransform crop = new CropTransform(30)) {
            byte[] first = bytes(crop.transform(writable(), new Random(1)));
            assertArrayEquals(first, bytes(crop.transform(writable(), new Random(1))));
            assertNotEquals(0, java.util.Arrays.compare(first, bytes(crop.transform(writable(), new Random(2)))));
        }
    }
}
