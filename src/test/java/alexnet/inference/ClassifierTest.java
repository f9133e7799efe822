package alexnet.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.ModelBundle;
import alexnet.bundle.SmallModels;
import alexnet.image.BadImageException;
import alexnet.image.Pictures;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierTest {
    private static final int CLASSES = 6;
    private static final int SIZE = SmallModels.SIZE;
    private static Classifier classifier;

    @TempDir
    Path folder;

    @BeforeAll
    static void load(@TempDir Path folder) throws IOException {
        Path zip = folder.resolve("model.zip");
        SmallModels.bundle(SmallModels.recipe("paper"), CLASSES, 1).write(zip);
        classifier = Classifier.load(zip);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void probabilitiesAreThoseOfPlainViewsOneByOne(boolean tenViews, String subtractMean) {
        ModelBundle model =
                SmallModels.bundle(SmallModels.recipe("paper", "augmentation.subtractMean", subtractMean), CLASSES, 1);
        List<byte[]> squares = List.of(square(1), square(2), square(3));
        double[][] found = new Classifier(model).probabilities(squares, tenViews);
        for (int i = 0; i < squares.size(); i++) {
            double[] expected = PlainViews.probabilities(model, squares.get(i), tenViews, true);
            assertArrayEquals(expected, found[i], 1e-5, "picture " + i);
            assertEquals(1, Arrays.stream(found[i]).sum(), 1e-5);
        }
        assertTrue(Math.abs(found[0][0] - found[1][0]) > 1e-4, "pictures hardly differ");
    }

    @Test
    void aBatchGivesWhatItsPicturesGiveAlone() {
        List<byte[]> squares = List.of(square(4), square(5));
        double[][] together = classifier.probabilities(squares, true);
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(classifier.probabilities(List.of(squares.get(i)), true)[0], together[i], 1e-6);
        }
    }

    @Test
    void predictionsComeBestFirst() throws Exception {
        Path file = folder.resolve("picture.jpg");
        Files.write(file, Pictures.jpeg(Pictures.photo(200, 140, 6)));
        double[] probabilities = classifier.probabilities(Files.readAllBytes(file), false);
        List<Prediction> all = classifier.classify(file, 100);
        assertEquals(CLASSES, all.size());
        for (int i = 0; i < CLASSES; i++) {
            Prediction prediction = all.get(i);
            int label = SmallModels.labels(CLASSES).indexOf(prediction.label());
            assertEquals(probabilities[label], prediction.probability());
            assertTrue(i == 0 || prediction.probability() <= all.get(i - 1).probability(), all.toString());
        }
        assertEquals(all.subList(0, 2), classifier.classify(file, 2));
    }

    @Test
    void aPictureOfTheStoredSizeIsSeenAsItIs() throws BadImageException {
        BufferedImage image = Pictures.photo(SIZE, SIZE, 7);
        double[] found = classifier.probabilities(Pictures.encode(image, "png"), true);
        assertArrayEquals(PlainViews.probabilities(classifier.model(), Pictures.rgb(image), true, false), found, 1e-5);
    }

    @Test
    void redIsTheFirstChannel() throws BadImageException {
        byte[] red = new byte[3 * SIZE * SIZE];
        for (int i = 0; i < red.length; i += 3) {
            red[i] = (byte) 255;
        }
        double[] expected = PlainViews.probabilities(classifier.model(), red, false, false);
        double[] found = classifier.probabilities(plain(Color.RED), false);
        assertArrayEquals(expected, found, 1e-5);
        double[] blue = classifier.probabilities(plain(Color.BLUE), false);
        assertTrue(Math.abs(found[0] - blue[0]) > 1e-3, "red and blue look the same");
    }

    @Test
    void aDamagedPictureIsRefused() throws IOException {
        byte[] jpeg = Pictures.jpeg(Pictures.photo(100, 100, 8));
        assertThrows(
                BadImageException.class, () -> classifier.probabilities(Arrays.copyOf(jpeg, jpeg.length / 2), false));
        Path text = folder.resolve("text.jpg");
        Files.writeString(text, "no picture");
        assertThrows(BadImageException.class, () -> classifier.classify(text, 5));
        assertThrows(IOException.class, () -> classifier.classify(folder.resolve("absent.jpg"), 5));
    }

    private static byte[] plain(Color colour) {
        return Pictures.encode(Pictures.plain(SIZE + 20, SIZE + 5, colour), "png");
    }

    private static byte[] square(long seed) {
        byte[] rgb = new byte[3 * SIZE * SIZE];
        new Random(seed).nextBytes(rgb);
        return rgb;
    }
}
