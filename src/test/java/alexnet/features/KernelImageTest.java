package alexnet.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
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
    void kernelsOneByOneAreThoseOfTheWholePicture() throws IOException {
        INDArray weights = Nd4j.rand(3, 3, 4, 4).subi(0.5);
        List<BufferedImage> each = KernelImage.each(weights);
        assertEquals(3, each.size());
        BufferedImage whole = draw(weights);
        int columns = (whole.getWidth() + 1) / 5;
        for (int kernel = 0; kernel < 3; kernel++) {
            assertEquals(4, each.get(kernel).getWidth());
            assertEquals(4, each.get(kernel).getHeight());
            for (int i = 0; i < 16; i++) {
                int x = kernel % columns * 5 + i % 4;
                int y = kernel / columns * 5 + i / 4;
                assertEquals(whole.getRGB(x, y), each.get(kernel).getRGB(i % 4, i / 4));
            }
        }
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
