package alexnet.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class KernelImageTest {
    private static BufferedImage draw(INDArray weights) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(KernelImage.png(weights)));
    }

    @Test
    void zeroIsGreyAndEachKernelReachesItsExtremes() throws IOException {
        INDArray weights = Nd4j.zeros(2, 3, 2, 2);
        weights.putScalar(0, 0, 0, 1, 0.5); // red, row 0, column 1
        weights.putScalar(0, 2, 1, 0, -0.25); // blue, row 1, column 0
        weights.putScalar(new int[] {1, 1, 1, 1}, 100); // green of another kernel, whose scale is its own
        BufferedImage image = draw(weights);
        assertArrayEquals(new int[] {5, 2}, new int[] {image.getWidth(), image.getHeight()});
        assertEquals(0xff808080, image.getRGB(0, 0));
        assertEquals(0xffff8080, image.getRGB(1, 0));
        assertEquals(0xff808040, image.getRGB(0, 1));
        assertEquals(0, image.getRGB(2, 0) >>> 24); // between two kernels nothing
        assertEquals(0xff80ff80, image.getRGB(4, 1));
    }

    @Test
    void aTowerOfThePaperIsSixRowsOfEight() throws IOException {
        BufferedImage image = draw(Nd4j.ones(48, 3, 11, 11));
        assertArrayEquals(new int[] {8 * 12 - 1, 6 * 12 - 1}, new int[] {image.getWidth(), image.getHeight()});
    }

    @Test
    void weightsInAnyOrderOfMemoryGiveTheSamePicture() {
        INDArray weights = Nd4j.rand(4, 3, 5, 5);
        assertArrayEquals(KernelImage.png(weights.dup('c')), KernelImage.png(weights.dup('f')));
    }
}
