package alexnet.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Augmentation;
import alexnet.config.Recipes;
import alexnet.image.View;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class AugmentedTest {
    private static final int SIDE = 256;
    private static final int CROP = 224;
    private static final MemoryData DATA = new MemoryData(SIDE, 130);

    private static Augmentation augmentation(String recipe) {
        return Recipes.load(recipe, Map.of()).augmentation();
    }

    @Test
    void eachUseIsThePictureCutMirroredShiftedAndDividedInPlainLoops() {
        float[] mean = DATA.mean().centre(CROP).planes();
        for (String recipe : List.of("paper", "as-run-2012")) {
            Augmentation augmentation = augmentation(recipe);
            double divisor = augmentation.lighting().divisor();
            List<Augmented> uses = Augmented.of(DATA, "train", 7, augmentation, 3, 4);
            assertEquals(4, new HashSet<>(uses.stream().map(Augmented::view).toList()).size());
            for (Augmented use : uses) {
                int from = use.view().mirror() ? CROP - 1 : 0;
                for (int at : List.of(0, 100, CROP - 1)) {
                    double[] levels = {
                        use.view().x() + Math.abs(from - at), use.view().y() + at, 7
                    };
                    for (int channel = 0; channel < 3; channel++) {
                        double shifted = levels[channel] + use.shift()[channel];
                        assertEquals(shifted / divisor, use.picture().getDouble(channel, at, at), 1e-3);
                        double less = shifted - mean[(channel * CROP + at) * CROP + at];
                        assertEquals(less / divisor, use.input().getDouble(channel, at, at), 1e-3);
                    }
                }
            }
        }
    }

    @Test
    void theNetworkGetsTheSameInTraining() {
        Augmentation augmentation = augmentation("paper");
        var settings = new ImageBatches.Settings(1, 3, 1, false, 1);
        MemoryData one = new MemoryData(SIDE, 1);
        try (var batches = new ImageBatches(
                one.split("train"), AugmentationPipeline.training(augmentation, one), one.classes(), settings)) {
            INDArray fed = batches.next().getFeatures();
            Augmented use = Augmented.of(one, "train", 0, augmentation, 3, 1).get(0);
            assertEquals(
                    0, fed.reshape(3, CROP, CROP).sub(use.input()).amaxNumber().doubleValue());
        }
    }

    @Test
    void aChunkOf32SharesItsWindowAndOneOf1DoesNot() {
        List<View> asRun = Augmented.views(DATA, augmentation("as-run-2012"), 1, 0, 0, 128);
        for (int i = 0; i < 128; i++) {
            assertEquals(asRun.get(i / 32 * 32), asRun.get(i));
        }
        assertTrue(new HashSet<>(asRun).size() > 1);
        List<View> text = Augmented.views(DATA, augmentation("paper"), 1, 0, 0, 128);
        assertTrue(new HashSet<>(text).size() > 100);
        text.forEach(view -> assertTrue(view.x() >= 0 && view.x() <= 32 && view.y() >= 0 && view.y() <= 32));
    }

    @Test
    void placesAbove256PixelsAreTold() {
        MemoryData large = new MemoryData(700, 1);
        List<View> views = Augmented.views(large, augmentation("paper"), 1, 0, 0, 60);
        assertTrue(views.stream().anyMatch(view -> view.x() > 256)
                && views.stream().anyMatch(view -> view.y() > 256));
        views.forEach(view -> assertTrue(view.x() <= 700 - CROP && view.y() <= 700 - CROP, "" + view));
    }

    @Test
    void figuresShowWhatTheyAreGiven() {
        List<Augmented> uses = Augmented.of(DATA, "train", 7, augmentation("paper"), 3, 2);
        assertEquals(202, DataFigures.windows(DATA, "train", 7, uses).getWidth());
        assertEquals(202, DataFigures.inputs(uses).getWidth());
        assertEquals(0xff000000 | 7, DataFigures.picture(DATA.split("train"), 7).getRGB(0, 0));
        assertEquals(16, DataFigures.centre(DATA.split("train"), 7, CROP).getInt(0, 0, 0));
        assertEquals(10 * 62 - 10, DataFigures.classes(DATA, "train", 2).getWidth());
        var colour = DATA.colour();
        String table = DataFigures.axesTable(colour).toString();
        double sum = 2000 + 1900 + 2100; // the trace
        assertTrue(table.contains(String.format(">%.1f %%<", 100 * colour.eigenvalues()[0] / sum)), table);
        assertArrayEquals(new int[] {7 * 62 - 10, 3 * (17 + 52 + 17 + 10) - 10}, new int[] {
            DataFigures.axes(colour).getWidth(), DataFigures.axes(colour).getHeight()
        });
    }

    @Test
    void theReadingsAreEigenvalueTimesDeviation() {
        String table = DataFigures.readings(DATA.colour(), 0.1).toString();
        double largest = DATA.colour().eigenvalues()[0];
        for (double levels : new double[] {0.1 * largest / 255, 0.1 * largest, 0.1 * Math.sqrt(largest)}) {
            assertTrue(table.contains(String.format(">%.1f<", levels)), levels + " in " + table);
        }
        assertEquals(
                3 * (17 + 96 + 17 + 10) - 10,
                DataFigures.readings(DATA, "train", 7, 0.1).getHeight());
        View view = new View(3, 4, false);
        assertEquals(820, DataFigures.places(Map.of("a", List.of(view, view))).getWidth());
    }
}
