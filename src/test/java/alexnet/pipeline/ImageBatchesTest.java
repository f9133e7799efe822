package alexnet.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Augmentation;
import alexnet.config.Lighting;
import alexnet.config.UsageException;
import alexnet.data.FolderSource;
import alexnet.data.Preparation;
import alexnet.data.PreparedData;
import alexnet.data.Store;
import alexnet.image.ImageLimits;
import alexnet.image.Pictures;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

@Timeout(60)
class ImageBatchesTest {
    private static final Augmentation AUGMENTATION =
            new Augmentation(24, true, true, 4, true, new Lighting(Lighting.Reading.DEVIATIONS_BYTE, 0.1, 1.1));
    private static final MemoryData DATA = new MemoryData(32, 75);

    private static ImageBatches batches(PreparedData data, int workers, boolean training) {
        AugmentationPipeline pipeline = training
                ? AugmentationPipeline.training(AUGMENTATION, data)
                : AugmentationPipeline.evaluation(AUGMENTATION, data);
        return new ImageBatches(
                data.split("train"), pipeline, data.classes(), new ImageBatches.Settings(10, 42, workers, training, 2));
    }

    /** A checksum of each batch that is left. */
    private static List<Long> rest(ImageBatches batches) {
        List<Long> all = new ArrayList<>();
        while (batches.hasNext()) {
            all.add(checksum(batches.next()));
        }
        return all;
    }

    private static long checksum(DataSet batch) {
        CRC32C crc = new CRC32C();
        for (INDArray array : List.of(batch.getFeatures(), batch.getLabels())) {
            float[] values = array.dup().data().asFloat();
            ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
            bytes.asFloatBuffer().put(values);
            crc.update(bytes);
        }
        return crc.getValue();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void anyNumberOfWorkersMakesTheSameBatches(int workers) {
        try (ImageBatches one = batches(DATA, 1, true);
                ImageBatches many = batches(DATA, workers, true)) {
            for (int epoch = 0; epoch < 3; epoch++) {
                one.startEpoch(epoch, 0);
                many.startEpoch(epoch, 0);
                List<Long> expected = rest(one);
                assertEquals(8, expected.size());
                assertEquals(expected, rest(many), "epoch " + epoch);
            }
        }
    }

    @Test
    void startedInTheMiddleTheRestIsTheSame() {
        try (ImageBatches whole = batches(DATA, 2, true);
                ImageBatches resumed = batches(DATA, 3, true)) {
            whole.startEpoch(5, 0);
            List<Long> expected = rest(whole);
            resumed.startEpoch(2, 0);
            resumed.next(); // an epoch left after its first batch
            resumed.startEpoch(5, 3);
            assertEquals(3, resumed.nextBatch());
            assertEquals(expected.subList(3, 8), rest(resumed));
        }
    }

    @Test
    void eachEpochHasEachPictureOnceInAnotherOrder() {
        try (ImageBatches batches = batches(DATA, 2, true)) {
            List<List<Integer>> orders = new ArrayList<>();
            for (int epoch = 0; epoch < 2; epoch++) {
                batches.startEpoch(epoch, 0);
                List<Integer> labels = new ArrayList<>();
                while (batches.hasNext()) {
                    batches.next();
                    Arrays.stream(batches.labels()).forEach(labels::add);
                }
                orders.add(labels);
                for (int label = 0; label < 10; label++) {
                    int of = label;
                    assertEquals(
                            label < 5 ? 8 : 7,
                            labels.stream().filter(l -> l == of).count());
                }
            }
            assertNotEquals(orders.get(0), orders.get(1));
        }
    }

    @Test
    void evaluationHasTheSplitsOrderAndALastShortBatch() {
        try (ImageBatches batches = batches(DATA, 2, false)) {
            int at = 0;
            while (batches.hasNext()) {
                DataSet batch = batches.next();
                int n = at < 70 ? 10 : 5;
                assertArrayEquals(new long[] {n, 3, 24, 24}, batch.getFeatures().shape());
                assertArrayEquals(new long[] {n, 10}, batch.getLabels().shape());
                assertEquals(n, batches.labels().length);
                float mean = DATA.mean().centre(24).planes()[2 * 24 * 24];
                for (int i = 0; i < n; i++, at++) {
                    assertEquals(at % 10, batches.labels()[i]);
                    assertEquals(1, batch.getLabels().getFloat(i, at % 10));
                    assertEquals(1, batch.getLabels().getRow(i).sumNumber().floatValue());
                    assertEquals(at - mean, batch.getFeatures().getFloat(i, 2, 0, 0), "blue tells the picture");
                }
            }
            assertEquals(75, at);
            assertThrows(NoSuchElementException.class, batches::next);
            assertTrue(batches.waitNanos() > 0);
            assertFalse(batches.asyncSupported());
        }
    }

    @Test
    void aBatchStaysUntouchedUntilNextWasCalledTwiceMore() {
        try (ImageBatches batches = batches(DATA, 4, true)) {
            DataSet kept = null;
            long expected = 0;
            for (int epoch = 0; epoch < 20; epoch++) {
                batches.startEpoch(epoch, 0);
                while (batches.hasNext()) {
                    DataSet batch = batches.next();
                    if (kept != null) {
                        assertEquals(expected, checksum(kept), "after one more call");
                    }
                    kept = batch;
                    expected = checksum(batch);
                }
            }
        }
    }

    @Test
    void resetBeginsTheNextEpochOnlyAfterABatchWasTaken() {
        try (ImageBatches batches = batches(DATA, 1, true)) {
            batches.reset();
            batches.reset();
            assertEquals(0, batches.epoch());
            batches.next();
            batches.reset();
            assertEquals(1, batches.epoch());
            assertEquals(0, batches.nextBatch());
        }
    }

    @Test
    void theNoisesStrengthTakesEffectWithTheNextEpoch() {
        AugmentationPipeline pipeline = AugmentationPipeline.training(AUGMENTATION, DATA);
        ImageBatches.Settings settings = new ImageBatches.Settings(10, 42, 2, true, 2);
        try (ImageBatches batches = new ImageBatches(DATA.split("train"), pipeline, DATA.classes(), settings)) {
            batches.startEpoch(1, 0);
            List<Long> full = rest(batches);
            batches.startEpoch(1, 0);
            pipeline.lightingStrength(0);
            assertEquals(full, rest(batches));
            batches.startEpoch(1, 0);
            assertNotEquals(full, rest(batches));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Store.class,
            names = {"RAW", "JPEG"})
    void aFlippedByteOnDiskReachesTheConsumerByName(Store store, @TempDir Path folder) throws IOException {
        for (int i = 0; i < 30; i++) {
            Path file = folder.resolve("pictures/c" + i % 10 + "/" + i + ".png");
            Files.createDirectories(file.getParent());
            Files.write(file, Pictures.encode(Pictures.photo(32, 32, i), "png"));
        }
        Path out = folder.resolve("out");
        Preparation.run(
                FolderSource.open(folder.resolve("pictures"), 0, 1),
                out,
                new Preparation.Options(32, store, 1, ImageLimits.COLLECTION),
                Progress.SILENT);
        byte[] shard = Files.readAllBytes(out.resolve("train-000000.tar"));
        List<String> index = Files.readAllLines(out.resolve("train-000000.idx"));
        shard[Integer.parseInt(index.get(29).split("\t")[2]) + 100] ^= 4;
        Files.write(out.resolve("train-000000.tar"), shard);
        try (PreparedData data = PreparedData.open(out);
                ImageBatches batches = batches(data, 2, true)) {
            RunException thrown = assertThrows(RunException.class, () -> rest(batches));
            assertTrue(
                    thrown.getMessage().startsWith("The picture c9/9.png (" + out + "/train-000000.tar at byte "),
                    thrown.getMessage());
            assertTrue(thrown.getMessage().contains("its checksum differs from the index"), thrown.getMessage());
            assertThrows(RunException.class, batches::next);
            assertThrows(RunException.class, () -> batches.startEpoch(1, 0));
        }
    }

    @Test
    void anErrorInAWorkerReachesTheConsumerAndTheThreadsEnd() throws InterruptedException {
        MemoryData broken = new MemoryData(32, 75, null, i -> {
            if (i == 33) {
                throw new OutOfMemoryError("simulated");
            }
        });
        int before = batchThreads();
        try (ImageBatches batches = batches(broken, 3, true)) {
            RunException thrown = assertThrows(RunException.class, () -> rest(batches));
            assertEquals(
                    "Preparing the picture class3/33 of train for a batch failed: java.lang.OutOfMemoryError:"
                            + " simulated. Look at this picture or at the memory that is free, then resume the run.",
                    thrown.getMessage());
            assertThrows(RunException.class, batches::next);
        }
        assertEquals(before, batchThreads());
    }

    @Test
    void closedBatchesFailAndTheirThreadsEnd() {
        int before = batchThreads();
        ImageBatches batches = batches(DATA, 3, true);
        batches.next();
        batches.close();
        batches.close();
        assertEquals(before, batchThreads());
        assertThrows(IllegalStateException.class, batches::next);
    }

    private static int batchThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("batches-"))
                .count();
    }

    @Test
    void impossibleRequestsAreRefused() {
        try (ImageBatches batches = batches(DATA, 1, true)) {
            assertEquals(
                    "Batch 9 of an epoch of 8 is asked for. The run was made with another batch size or other data:"
                            + " resume it with its own.",
                    assertThrows(UsageException.class, () -> batches.startEpoch(0, 9))
                            .getMessage());
            batches.startEpoch(0, 8);
            assertFalse(batches.hasNext());
        }
        assertEquals(
                "The split train has no pictures, expected one at least. See quarantine.tsv and prepare the pictures"
                        + " again.",
                assertThrows(UsageException.class, () -> batches(new MemoryData(32, 0), 1, true))
                        .getMessage());
        assertEquals(
                "Batches have size 0, 1 workers and prefetch 1, expected 1 or more of each. Correct them.",
                assertThrows(UsageException.class, () -> new ImageBatches.Settings(0, 1, 1, true, 1))
                        .getMessage());
    }
}
