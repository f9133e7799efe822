package alexnet.data.scenes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The scenes need form: what sees only small pixels or colours fails on them and succeeds on the control set. */
class SceneDifficultyTest {
    private static final int TRAIN = 300;
    private static final int HELD_OUT = 100;
    private static final long SEED = 7;

    @Test
    void scenesAreNotSolvedByPixelsOrColours(TestReporter reporter) throws IOException {
        Errors errors = measure(Scenes.source());
        reporter.publishEntry("scenes", errors.toString());
        assertTrue(errors.logistic > 0.5, errors.toString());
        assertTrue(errors.neighbours > 0.5, errors.toString());
    }

    @Test
    void controlSetIsSolvedByPixelsAndColours(TestReporter reporter) throws IOException {
        Errors errors = measure(ControlScenes.source());
        reporter.publishEntry("control", errors.toString());
        assertTrue(errors.logistic < 0.1, errors.toString());
        assertTrue(errors.neighbours < 0.1, errors.toString());
    }

    /** Held-out errors, 0 to 1. */
    private record Errors(double logistic, double neighbours) {}

    private static Errors measure(SceneSource source) throws IOException {
        int classes = source.classes().size();
        PixelBaselines.Sample[] train = samples(source, "train", TRAIN);
        PixelBaselines.Sample[] heldOut = samples(source, "val", HELD_OUT);
        PixelBaselines.Logistic logistic = PixelBaselines.logistic(train[0], heldOut[0], classes, 1e-4, 1e-3, 1e-2);
        assertTrue(logistic.converged(), logistic.toString());
        return new Errors(logistic.error(), PixelBaselines.neighbourError(train[1], heldOut[1], classes));
    }

    /** @return the pictures as small pixels, and as colour histograms */
    private static PixelBaselines.Sample[] samples(SceneSource source, String split, int each) throws IOException {
        int classes = source.classes().size();
        float[][] pixels = new float[classes * each][];
        float[][] histograms = new float[classes * each][];
        int[] labels = new int[classes * each];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i / each;
            String name = split + "/" + source.classes().get(labels[i]) + "/" + i % each;
            byte[] jpeg = source.jpeg(labels[i], Dice.of(SEED, name));
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
            pixels[i] = PixelBaselines.pixels(image);
            histograms[i] = PixelBaselines.histogram(image);
        }
        return new PixelBaselines.Sample[] {
            new PixelBaselines.Sample(pixels, labels), new PixelBaselines.Sample(histograms, labels)
        };
    }
}
