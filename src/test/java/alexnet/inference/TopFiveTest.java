package alexnet.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.ModelBundle;
import alexnet.bundle.SmallModels;
import alexnet.config.Recipe;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fig. 4, left, for pictures of noise and classes with the names of their folders. */
class TopFiveTest {
    private static final List<String> CLASSES = List.of("ape", "bat", "cat", "dog", "elk", "fox");
    private static final int SIDE = 144;
    private static final int BARS = SIDE + 17 + 10; // below the picture and its caption

    @TempDir
    private Path folder;

    @Test
    void barsAreAsLongAsTheProbabilitiesAndThatOfTheTrueClassHasItsOwnColour() throws Exception {
        Recipe recipe = SmallModels.recipe("paper");
        Classifier classifier = new Classifier(ModelBundle.of(
                SmallModels.training(recipe, CLASSES.size(), 1),
                recipe,
                CLASSES,
                SmallModels.mean(recipe.size(), 1),
                "{}"));
        Path noise = picture("bat", 1);
        List<Prediction> guesses = classifier.classify(noise, 5);
        Path right = picture(guesses.get(0).label(), 1); // the same picture, in the folder of what it is taken for
        BufferedImage figure = TopFive.figure(classifier, List.of(right, picture("unknown", 1)));
        assertEquals(2 * SIDE + 10, figure.getWidth());
        assertEquals(BARS + SIDE, figure.getHeight());
        int pitch = SIDE / 5;
        int marked = figure.getRGB(0, BARS + 18);
        int plain = figure.getRGB(0, BARS + pitch + 18);
        assertTrue(marked != plain, "both are " + new Color(marked));
        for (int i = 0; i < 5; i++) {
            int length = (int) Math.round(SIDE * guesses.get(i).probability());
            assertTrue(length > 0, guesses.toString());
            int row = BARS + i * pitch + 18;
            assertEquals(length, run(figure, 0, row, i == 0 ? marked : plain), "guess " + i);
            assertEquals(length, run(figure, SIDE + 10, row, plain), "guess " + i + " where none is right");
        }
    }

    private static int run(BufferedImage image, int x, int y, int argb) {
        int length = 0;
        while (length < SIDE && image.getRGB(x + length, y) == argb) {
            length++;
        }
        return length;
    }

    private Path picture(String label, long seed) throws Exception {
        BufferedImage noise = new BufferedImage(90, 80, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int i = 0; i < 90 * 80; i++) {
            noise.setRGB(i % 90, i / 90, random.nextInt(1 << 24));
        }
        Path file = Files.createDirectories(folder.resolve(label)).resolve("picture.png");
        ImageIO.write(noise, "png", file.toFile());
        return file;
    }
}
