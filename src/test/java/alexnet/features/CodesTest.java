package alexnet.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import alexnet.run.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CodesTest {
    private static final AutoEncoder.Settings SETTINGS = new AutoEncoder.Settings(64, 6, 2, 0.003, 64, 1);

    @TempDir
    private static Path folder;

    private static FeatureFile features;
    private static CodeFile codes;

    @BeforeAll
    static void train() throws IOException {
        features = SmallFeatures.clusters(folder.resolve("train.safetensors"), 2000, 48, 1);
        codes = new AutoEncoder(features, SETTINGS).run(CodeFile.beside(features.path(), 64), Progress.SILENT);
    }

    @Test
    void theSameSettingsGiveTheSameFile() throws IOException {
        FeatureFile few = SmallFeatures.clusters(folder.resolve("few.safetensors"), 200, 48, 4);
        Path first = trained(few, 1, "first.safetensors");
        assertEquals(-1, Files.mismatch(first, trained(few, 1, "again.safetensors")));
        assertTrue(Files.mismatch(first, trained(few, 2, "other.safetensors")) >= 0, "another seed gives the same");
    }

    private static Path trained(FeatureFile features, long seed, String name) {
        AutoEncoder.Settings settings = new AutoEncoder.Settings(64, 1, 2, 0.003, 64, seed);
        return new AutoEncoder(features, settings)
                .run(folder.resolve(name), Progress.SILENT)
                .path();
    }

    @Test
    void theFileGivesTheCodesBackAndEncodesLikeThem() {
        CodeFile read = CodeFile.open(codes.path(), features);
        assertArrayEquals(codes.codes(), read.codes());
        float[][] rows = {features.vectors().row(3), features.vectors().row(1500)};
        long[][] encoded = read.encode(rows);
        assertArrayEquals(new long[] {codes.codes()[3]}, encoded[0]);
        assertArrayEquals(new long[] {codes.codes()[1500]}, encoded[1]);
        assertEquals(List.of(64), assertPresent());
    }

    private static List<Integer> assertPresent() {
        try {
            return CodeFile.present(features.path());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void equallyNearCodesAreToldApartByTheFeatures() {
        float[] query = features.vectors().row(5);
        List<Neighbour> found =
                codes.nearest(features, new float[][] {query}, 200).get(0);
        assertEquals(new Neighbour(5, 0), found.get(0));
        for (int i = 1; i < found.size(); i++) {
            Neighbour before = found.get(i - 1);
            Neighbour after = found.get(i);
            assertTrue(before.distance() < after.distance()
                    || before.distance() == after.distance()
                            && features.search().distance(before.row(), query)
                                    <= features.search().distance(after.row(), query));
        }
    }

    /** By the encoder's formula with plain loops. */
    @Test
    void aBitIsOneWhereTheLogisticUnitIsAboveAHalf() throws IOException {
        SafeTensors file = SafeTensors.open(codes.path(), "codes", "");
        float[] w1 = file.floats("w1");
        float[] b1 = file.floats("b1");
        float[] w2 = file.floats("w2");
        float[] b2 = file.floats("b2");
        double[] read = prepared(features.vectors().row(7), file.floats("mean"));
        for (int bit = 0; bit < 64; bit++) {
            double sum = b2[bit];
            for (int unit = 0; unit < b1.length; unit++) {
                double hidden = b1[unit];
                for (int i = 0; i < read.length; i++) {
                    hidden += read[i] * w1[i * b1.length + unit];
                }
                sum += Math.max(0, hidden) * w2[unit * 64 + bit];
            }
            if (Math.abs(sum) > 1e-3) {
                assertEquals(sum > 0 ? 1 : 0, codes.codes()[7] >>> bit & 1, "bit " + bit);
            }
        }
    }

    private static double[] prepared(float[] row, float[] mean) {
        double[] read = new double[row.length];
        double squares = 0;
        for (int i = 0; i < row.length; i++) {
            read[i] = (row[i] < 0 ? -Math.sqrt(-row[i]) : Math.sqrt(row[i])) - mean[i];
            squares += read[i] * read[i];
        }
        for (int i = 0; i < row.length; i++) {
            read[i] *= Math.sqrt(row.length / squares);
        }
        return read;
    }

    @Test
    void whatTheAutoEncoderReadsHasNoLengthAndKeepsSigns() {
        float[] mean = {0.5f, -1, 0.25f};
        float[][] rows = {{4, -9, 2}, {0, 0, 0}, {0.25f, -1, 0.0625f}};
        INDArray read = Encoder.prepared(
                Nd4j.createFromArray(rows), Nd4j.createFromArray(mean).reshape(1, 3));
        for (int row = 0; row < 2; row++) {
            double[] expected = prepared(rows[row], mean);
            for (int i = 0; i < 3; i++) {
                assertEquals(expected[i], read.getDouble(row, i), 1e-5);
            }
        }
        assertEquals(0, read.getRow(2).norm2Number().doubleValue(), "a row at the mean");
    }

    @Test
    void theMeanIsThatOfTheRoots() throws IOException {
        SafeTensors file = SafeTensors.open(codes.path(), "codes", "");
        float[] mean = file.floats("mean");
        double sum = 0;
        for (int row = 0; row < features.rows(); row++) {
            sum += Math.sqrt(features.vectors().row(row)[5]);
        }
        assertEquals(sum / features.rows(), mean[5], 1e-5);
    }

    @Test
    void aTrainingThatWasStoppedGoesOnToTheSameFile() throws IOException {
        FeatureFile few = SmallFeatures.clusters(folder.resolve("resumed.safetensors"), 200, 48, 4);
        AutoEncoder.Settings settings = new AutoEncoder.Settings(64, 4, 2, 0.003, 64, 1);
        Path whole = new AutoEncoder(few, settings)
                .run(folder.resolve("whole.safetensors"), Progress.SILENT)
                .path();
        Path target = folder.resolve("stopped.safetensors");
        Counted first = new Counted(500); // in the third epoch of four
        assertThrows(IllegalStateException.class, () -> new AutoEncoder(few, settings).run(target, first));
        assertFalse(Files.exists(target));
        Counted second = new Counted(Integer.MAX_VALUE);
        new AutoEncoder(few, settings).run(target, second);
        assertEquals(400, second.seen, "vectors of the epochs that were left");
        assertEquals(-1, Files.mismatch(whole, target));
        assertEquals(List.of(), unfinished());
        assertThrows(IllegalStateException.class, () -> new AutoEncoder(few, settings).run(target, new Counted(500)));
        Counted other = new Counted(Integer.MAX_VALUE);
        new AutoEncoder(few, new AutoEncoder.Settings(64, 4, 2, 0.003, 64, 2)).run(target, other);
        assertEquals(800, other.seen, "another training begins anew");
    }

    private static List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains("unfinished")).toList();
        }
    }

    /** Fails when so many were seen. */
    private static final class Counted implements Progress, Progress.Factory {
        private final int most;
        private int seen;

        Counted(int most) {
            this.most = most;
        }

        @Override
        public Progress start(String task, long total, String unit) {
            return this;
        }

        @Override
        public void advance(long units) {
            seen += (int) units;
            if (seen > most) {
                throw new IllegalStateException("stopped");
            }
        }

        @Override
        public void message(String text) {}

        @Override
        public void close() {}
    }

    @Test
    void learnedCodesRankClassesBetterThanRandomPlanesAndFindTheNearest() throws IOException {
        FeatureFile queries = SmallFeatures.clusters(folder.resolve("test.safetensors"), 200, 48, 2);
        Comparison comparison = new Comparison(features, queries, 100, 1);
        comparison.addCodes(codes);
        List<Comparison.Row> rows = comparison.run(Progress.SILENT);
        assertEquals(
                List.of("features", "codes, 64 bits", "random planes, 64 bits"),
                rows.stream().map(Comparison.Row::method).toList());
        assertEquals(1, rows.get(0).recall10());
        assertEquals(1, rows.get(0).recall100());
        assertEquals(8, rows.get(1).bytes());
        assertTrue(rows.get(0).agreement6() > 0.9, rows::toString);
        assertTrue(rows.get(1).meanAveragePrecision() > rows.get(2).meanAveragePrecision() + 0.02, rows::toString);
        assertTrue(rows.get(1).recall10() > 0.8, rows::toString);
        assertTrue(rows.get(1).recall100() > 0.45, rows::toString);
        assertEquals(4, rows.get(1).byClass().size());
    }

    @Test
    void codesOfOtherFeaturesAreRefused() throws IOException {
        Path fewer = folder.resolve("fewer.safetensors");
        FeatureFile others = SmallFeatures.clusters(fewer, 100, 48, 3);
        assertRefused(others, "are of 2000 pictures", "of 100");
        FeatureFile another = SmallFeatures.write(
                fewer,
                SmallFeatures.origin("another", "d", List.of("a", "b", "c", "d")),
                new float[2000][48],
                new int[2000]);
        assertRefused(another, "layer fc7 of the model another", "expected the same");
        FeatureFile wider = SmallFeatures.write(
                fewer, SmallFeatures.origin("m", "d", List.of("a")), new float[2000][50], new int[2000]);
        assertRefused(wider, "made of 48 numbers", "have 50");
        Path cut = folder.resolve("cut.safetensors");
        byte[] whole = Files.readAllBytes(codes.path());
        Files.write(cut, Arrays.copyOf(whole, whole.length - 8));
        String message = assertThrows(UsageException.class, () -> CodeFile.open(cut, features))
                .getMessage();
        assertTrue(message.contains("cut short"), message);
    }

    private static void assertRefused(FeatureFile others, String... parts) {
        String message = assertThrows(UsageException.class, () -> CodeFile.open(codes.path(), others))
                .getMessage();
        Arrays.stream(parts).forEach(part -> assertTrue(message.contains(part), message));
    }

    @Test
    void featuresOfMixedOriginAreNotCompared() throws IOException {
        FeatureFile wider = SmallFeatures.write(
                folder.resolve("wider.safetensors"),
                SmallFeatures.origin("m", "d", List.of("a", "b", "c", "d")),
                new float[5][50],
                new int[5]);
        String message = assertThrows(UsageException.class, () -> new Comparison(features, wider, 10, 1))
                .getMessage();
        assertTrue(message.contains("have 50 numbers") && message.contains(" 48"), message);
        FeatureFile others = SmallFeatures.write(
                folder.resolve("wider.safetensors"),
                SmallFeatures.origin("m", "d", List.of("x")),
                new float[5][48],
                new int[5]);
        message = assertThrows(UsageException.class, () -> new Comparison(features, others, 10, 1))
                .getMessage();
        assertTrue(message.contains("classes [x]"), message);
    }

    @Test
    void otherLengthsThanThoseOfferedAreRefused() {
        String message = assertThrows(UsageException.class, () -> new AutoEncoder.Settings(100, 1, 1, 0.1, 1, 1))
                .getMessage();
        assertTrue(message.contains("64, 128 or 256"), message);
    }
}
