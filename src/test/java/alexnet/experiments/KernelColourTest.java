package alexnet.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class KernelColourTest {
    private static INDArray noise(int kernels, long seed) {
        Random random = new Random(seed);
        INDArray weights = Nd4j.create(kernels, 3, 5, 5);
        for (long i = 0; i < weights.length(); i++) {
            weights.putScalar(i, random.nextGaussian());
        }
        return weights;
    }

    /** Plain loops: the squares of what is left of each weight when the mean of its place's three is taken away. */
    private static double plainShare(INDArray weights) {
        double coloured = 0;
        double all = 0;
        for (int kernel = 0; kernel < weights.size(0); kernel++) {
            for (int y = 0; y < weights.size(2); y++) {
                for (int x = 0; x < weights.size(3); x++) {
                    double mean = 0;
                    for (int channel = 0; channel < 3; channel++) {
                        mean += weights.getDouble(kernel, channel, y, x) / 3;
                    }
                    for (int channel = 0; channel < 3; channel++) {
                        double weight = weights.getDouble(kernel, channel, y, x);
                        coloured += (weight - mean) * (weight - mean);
                        all += weight * weight;
                    }
                }
            }
        }
        return coloured / all;
    }

    @Test
    void shareIsThatOfPlainLoops() {
        for (long seed = 1; seed <= 3; seed++) {
            INDArray weights = noise(4, seed);
            assertEquals(plainShare(weights), KernelColour.share(weights), 1e-6);
            assertEquals(plainShare(weights), KernelColour.share(weights.dup('f')), 1e-6);
        }
        assertEquals(2 / 3.0, KernelColour.share(noise(400, 7)), 0.01, "weights that know nothing of each other");
    }

    @Test
    void greyKernelsHaveNoColourAndOpponentOnesNothingElse() {
        INDArray plane = noise(3, 4)
                .get(
                        org.nd4j.linalg.indexing.NDArrayIndex.all(),
                        org.nd4j.linalg.indexing.NDArrayIndex.interval(0, 1),
                        org.nd4j.linalg.indexing.NDArrayIndex.all(),
                        org.nd4j.linalg.indexing.NDArrayIndex.all());
        assertEquals(0, KernelColour.share(Nd4j.concat(1, plane, plane, plane)), 1e-6);
        assertEquals(1, KernelColour.share(Nd4j.concat(1, plane, plane.neg(), plane.mul(0))), 1e-6);
        INDArray red = Nd4j.concat(1, plane, plane.mul(0), plane.mul(0));
        assertEquals(2 / 3.0, KernelColour.share(red), 1e-6, "a red weight is a third grey");
        assertEquals(2 / 3.0, KernelColour.share(red.mul(100)), 1e-6, "whatever its size");
    }

    @Test
    void exchangingTheTowersChangesNothing() {
        KernelColour.Tower grey = new KernelColour.Tower("a", 48, 0.05);
        KernelColour.Tower coloured = new KernelColour.Tower("b", 48, 0.6);
        double one = new KernelColour("conv1", List.of(grey, coloured)).apart();
        double other = new KernelColour("conv1", List.of(coloured, grey)).apart();
        assertEquals(0.55, one, 1e-12);
        assertEquals(one, other);
        String message = assertThrows(UsageException.class, () -> new KernelColour("conv1", List.of(grey)).apart())
                .getMessage();
        assertTrue(message.contains("expected two towers"), message);
    }

    @Test
    void itComesBackFromItsFile(@TempDir Path folder) throws Exception {
        KernelColour colour = new KernelColour(
                "conv1", List.of(new KernelColour.Tower("a", 2, 0.25), new KernelColour.Tower("b", 2, 0.5)));
        colour.write(folder);
        assertEquals(colour, KernelColour.parse(Files.readString(folder.resolve(KernelColour.FILE))));
    }
}
