package alexnet.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.ModelBundle;
import alexnet.bundle.SmallModels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Occlusion maps and single views against pictures covered, and views cut, by plain loops. */
class OcclusionTest {
    private static final int SIZE = SmallModels.SIZE;
    private static final int CLASSES = 6;
    private static ModelBundle model;
    private static Classifier classifier;
    private static byte[] square;

    @BeforeAll
    static void picture() {
        model = SmallModels.bundle(SmallModels.recipe("paper"), CLASSES, 1);
        classifier = new Classifier(SmallModels.bundle(SmallModels.recipe("paper"), CLASSES, 1));
        square = new byte[3 * SIZE * SIZE];
        new Random(7).nextBytes(square);
    }

    @Test
    void eachPlaceHasTheProbabilityOfThePictureCoveredThere() {
        String label = model.labels().get(2);
        Occlusion found = Occlusion.of(classifier, square, label, 20, 3);
        assertEquals(PlainViews.probabilities(model, square, false, true)[2], found.whole(), 1e-6);
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                double expected = PlainViews.probabilities(model, covered(row, column), false, true)[2];
                assertEquals(expected, found.covered().getDouble(row, column), 1e-6, row + ", " + column);
                assertEquals(found.whole() - expected, found.lost().getDouble(row, column), 1e-6);
            }
        }
        assertTrue(found.lost().amaxNumber().doubleValue() > 1e-5, "covering hardly changes anything");
    }

    /** Places are centred on 12, 36 and 60 of 72 pixels; the square reaches 10 to either side. */
    private static byte[] covered(int row, int column) {
        byte[] result = square.clone();
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                boolean inside =
                        Math.abs(y + 0.5 - (12 + 24 * row)) < 10 && Math.abs(x + 0.5 - (12 + 24 * column)) < 10;
                for (int channel = 0; inside && channel < 3; channel++) {
                    result[3 * (y * SIZE + x) + channel] = (byte) 128;
                }
            }
        }
        return result;
    }

    @Test
    void aSquareOverTheEdgeCoversOnlyWhatIsThere() {
        Occlusion all = Occlusion.of(classifier, square, model.labels().get(0), 3 * SIZE, 1);
        byte[] grey = new byte[square.length];
        Arrays.fill(grey, (byte) 128);
        assertEquals(
                PlainViews.probabilities(model, grey, false, true)[0],
                all.covered().getDouble(0, 0),
                1e-6);
    }

    @Test
    void theMeanOfTenViewsIsWhatTheClassifierAverages() {
        TenViews views = TenViews.of(classifier, square, model.labels().get(3));
        assertEquals(10, views.probabilities().length);
        assertEquals(PlainViews.probabilities(model, square, true, true)[3], views.mean(), 1e-6);
        assertEquals(
                PlainViews.probabilities(model, square, false, true)[3], views.probabilities()[4], 1e-6, "the centre");
        assertTrue(views.figure().getWidth() > 0);
    }

    @Test
    void aClassThatTheModelLacksIsRefusedWithThoseItHas() {
        Exception thrown =
                assertThrows(IllegalArgumentException.class, () -> Occlusion.of(classifier, square, "unicorn", 8, 2));
        assertTrue(thrown.getMessage().contains("unicorn"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains(String.join(", ", List.copyOf(model.labels()))), thrown.getMessage());
    }
}
