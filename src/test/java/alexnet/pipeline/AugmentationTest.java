package alexnet.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Augmentation;
import alexnet.config.Lighting;
import alexnet.config.UsageException;
import alexnet.image.ColourStatistics;
import alexnet.image.Pixels;
import alexnet.image.View;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AugmentationTest {
    private static final int SIDE = 40;
    private static final int CROP = 8; // 33 places each way, as 224 of 256
    private static final MemoryData DATA = new MemoryData(SIDE, 200);
    private static final Lighting AS_RUN = new Lighting(Lighting.Reading.DEVIATIONS_BYTE, 0.1, 1.1);

    private static Augmentation augmentation(int chunk, boolean mean, Lighting lighting) {
        return new Augmentation(CROP, true, true, chunk, mean, lighting);
    }

    private static AugmentationPipeline.Use use(int epoch, int batch, int position, int image, double strength) {
        return new AugmentationPipeline.Use(11, epoch, batch, position, image, strength);
    }

    private static float[] apply(AugmentationPipeline.Worker worker, byte[] rgb, AugmentationPipeline.Use use) {
        try (FloatPointer target = new FloatPointer(3L * CROP * CROP)) {
            worker.apply(rgb, use, target);
            float[] values = new float[3 * CROP * CROP];
            target.get(values);
            return values;
        }
    }

    /** Where a crop of {@link MemoryData} without mean was cut: x, y, mirrored. */
    private static int[] place(float[] values) {
        boolean mirrored = values[1] < values[0];
        return new int[] {(int) (mirrored ? values[CROP - 1] : values[0]), (int) values[CROP * CROP], mirrored ? 1 : 0};
    }

    @Test
    void allPlacesAndMirrorsAreReachedAndEquallyLikely() {
        int perCell = 20;
        int cells = 33 * 33 * 2;
        int[] counts = new int[cells];
        byte[] picture = DATA.picture(0);
        AugmentationPipeline pipeline = AugmentationPipeline.training(augmentation(1, false, Lighting.NONE), DATA);
        try (AugmentationPipeline.Worker worker = pipeline.newWorker()) {
            for (int i = 0; i < perCell * cells; i++) {
                int[] place = place(apply(worker, picture, use(0, i / 128, i % 128, 0, 0)));
                counts[(place[0] * 33 + place[1]) * 2 + place[2]]++;
            }
        }
        double chiSquare = 0;
        for (int count : counts) {
            assertTrue(count > 0, "a place is never reached");
            chiSquare += (count - perCell) * (double) (count - perCell) / perCell;
        }
        double freedom = cells - 1;
        assertEquals(freedom, chiSquare, 4 * Math.sqrt(2 * freedom), "four standard deviations");
    }

    @ParameterizedTest
    @CsvSource({"1, 96", "32, 3"})
    void theImagesOfAChunkShareOnePlaceAndOneCoin(int chunk, int leastDifferent) {
        AugmentationPipeline pipeline = AugmentationPipeline.training(augmentation(chunk, false, Lighting.NONE), DATA);
        java.util.Set<List<Integer>> places = new java.util.HashSet<>();
        try (AugmentationPipeline.Worker worker = pipeline.newWorker()) {
            int[] first = {};
            for (int position = 0; position < 96; position++) {
                int[] place = place(apply(worker, DATA.picture(position), use(0, 5, position, position, 0)));
                if (position % chunk == 0) {
                    first = place;
                    places.add(List.of(place[0], place[1], place[2]));
                }
                assertArrayEquals(first, place, "position " + position);
            }
        }
        assertTrue(places.size() >= leastDifferent * 0.9, places.size() + " different places");
    }

    @Test
    void trainingIsCropMirrorMinusCentralMeanPlusShiftOverDivisor() {
        byte[] picture = DATA.picture(77);
        ColourStatistics colour = DATA.colour();
        float[] mean = DATA.mean().planes();
        AugmentationPipeline pipeline = AugmentationPipeline.training(augmentation(1, true, AS_RUN), DATA);
        AugmentationPipeline plain = AugmentationPipeline.training(augmentation(1, false, Lighting.NONE), DATA);
        int mirrored = 0;
        try (AugmentationPipeline.Worker worker = pipeline.newWorker();
                AugmentationPipeline.Worker places = plain.newWorker()) {
            for (int position = 0; position < 20; position++) {
                AugmentationPipeline.Use use = use(3, 4, position, 77, 0.5);
                float[] found = apply(worker, picture, use);
                int[] place = place(apply(places, picture, use));
                mirrored += place[2];
                SeededRandom random = new SeededRandom().at(11, 3, 77, 2);
                double[] alphas = new double[3];
                for (int i = 0; i < 3; i++) {
                    alphas[i] = 0.5 * 0.1 * random.nextGaussian();
                }
                float[] shift = colour.shift(Lighting.Reading.DEVIATIONS_BYTE, alphas);
                for (int i = 0; i < found.length; i++) {
                    int channel = i / (CROP * CROP);
                    int y = i / CROP % CROP;
                    int x = i % CROP;
                    int fromX = place[0] + (place[2] == 1 ? CROP - 1 - x : x);
                    int value = picture[((place[1] + y) * SIDE + fromX) * 3 + channel] & 0xff;
                    float centre = mean[(channel * SIDE + y + 16) * SIDE + x + 16];
                    assertEquals((value - centre + shift[channel]) / 1.1, found[i], 1e-4, "value " + i);
                }
            }
        }
        assertTrue(mirrored > 0 && mirrored < 20);
    }

    @ParameterizedTest
    @EnumSource(
            value = Lighting.Reading.class,
            names = {"EIGENVALUES_UNIT", "EIGENVALUES_BYTE", "DEVIATIONS_BYTE"})
    void theShiftsDeviationIsThatOfTheReading(Lighting.Reading reading) {
        ColourStatistics colour = DATA.colour();
        double[] expected = new double[3];
        for (int i = 0; i < 3; i++) {
            double lambda = colour.eigenvalues()[i];
            double scale = switch (reading) {
                case EIGENVALUES_UNIT -> lambda / 255;
                case EIGENVALUES_BYTE -> lambda;
                default -> Math.sqrt(lambda);
            };
            for (int channel = 0; channel < 3; channel++) {
                expected[channel] += Math.pow(colour.eigenvectors()[i][channel] * scale * 0.1, 2);
            }
        }
        int draws = 20_000;
        double[] squares = new double[3];
        double[] sums = new double[3];
        byte[] black = new byte[3 * SIDE * SIDE];
        Augmentation onlyLight = new Augmentation(CROP, false, false, 1, false, new Lighting(reading, 0.1, 2));
        try (AugmentationPipeline.Worker worker =
                AugmentationPipeline.training(onlyLight, DATA).newWorker()) {
            for (int i = 0; i < draws; i++) {
                float[] values = apply(worker, black, use(i / 1000, 0, 0, i % 1000, 1));
                for (int channel = 0; channel < 3; channel++) {
                    float value = values[channel * CROP * CROP];
                    assertEquals(value, values[(channel + 1) * CROP * CROP - 1], "one shift for all pixels");
                    sums[channel] += value;
                    squares[channel] += value * value;
                }
            }
        }
        for (int channel = 0; channel < 3; channel++) {
            double deviation = Math.sqrt(expected[channel]) / 2; // the divisor
            assertEquals(deviation, Math.sqrt(squares[channel] / draws), 0.02 * deviation, "channel " + channel);
            assertEquals(0, sums[channel] / draws, 0.03 * deviation);
        }
    }

    @Test
    void withStrengthZeroThereIsNeitherShiftNorDivisor() {
        AugmentationPipeline with = AugmentationPipeline.training(augmentation(1, true, AS_RUN), DATA);
        AugmentationPipeline without = AugmentationPipeline.training(augmentation(1, true, Lighting.NONE), DATA);
        try (AugmentationPipeline.Worker off = with.newWorker();
                AugmentationPipeline.Worker none = without.newWorker()) {
            AugmentationPipeline.Use use = use(1, 2, 3, 4, 0);
            assertArrayEquals(apply(none, DATA.picture(4), use), apply(off, DATA.picture(4), use));
        }
    }

    @Test
    void evaluationIsWhatServingSees() {
        AugmentationPipeline pipeline = AugmentationPipeline.evaluation(augmentation(32, true, AS_RUN), DATA);
        try (AugmentationPipeline.Worker worker = pipeline.newWorker()) {
            for (int i = 0; i < 5; i++) {
                float[] served =
                        Pixels.views(DATA.picture(i), SIDE, CROP, List.of(View.centre(SIDE, CROP)), DATA.mean());
                assertArrayEquals(served, apply(worker, DATA.picture(i), use(i, i, i, i, 1)));
            }
        }
    }

    @Test
    void neighbouringPlacesDrawIndependently() {
        SeededRandom random = new SeededRandom();
        int draws = 50_000;
        double sum = 0;
        double product = 0;
        double last = 0;
        for (int i = 0; i < draws; i++) {
            double value = random.at(1, 0, i, 2).nextGaussian();
            sum += value;
            product += value * last;
            last = value;
        }
        assertEquals(0, sum / draws, 4 / Math.sqrt(draws));
        assertEquals(0, product / draws, 4 / Math.sqrt(draws));
        assertEquals(random.at(1, 2, 3, 4).nextLong(), random.at(1, 2, 3, 4).nextLong());
    }

    @Test
    void impossibleRequestsAreRefused() {
        Augmentation large = new Augmentation(224, true, true, 1, true, Lighting.NONE);
        assertEquals(
                "The crop is 224 pixels, the prepared pictures have 40, expected at least as many. Prepare larger"
                        + " pictures or lower augmentation.crop.",
                assertThrows(UsageException.class, () -> AugmentationPipeline.training(large, DATA))
                        .getMessage());
        AugmentationPipeline pipeline = AugmentationPipeline.training(augmentation(1, true, AS_RUN), DATA);
        assertEquals(
                "The lighting strength is 1.5, expected 0 to 1. Correct the schedule.",
                assertThrows(UsageException.class, () -> pipeline.lightingStrength(1.5))
                        .getMessage());
    }
}
