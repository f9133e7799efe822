package alexnet.data.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import alexnet.data.ImageSource;
import alexnet.data.ImageSplit;
import alexnet.data.Manifest;
import alexnet.data.Preparation;
import alexnet.data.PreparedData;
import alexnet.data.Store;
import alexnet.image.ImageLimits;
import alexnet.image.Pictures;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CIFAR-10's binary archive and tars of class folders, in small. */
class OtherArchivesTest {
    private static final int RECORD = 1 + 3 * 1024;

    @TempDir
    private Path folder;

    private Manifest prepare(ImageSource source, int size) {
        Preparation.Options options =
                new Preparation.Options(size, Store.RAW, 2, ImageLimits.COLLECTION, 100, 100, true);
        return Preparation.run(source, folder.resolve("out"), options, Progress.SILENT);
    }

    /** So many records of each of three classes; each picture's red plane begins with its number. */
    private static byte[] batch(int perClass, int from) {
        byte[] records = new byte[3 * perClass * RECORD];
        new Random(from).nextBytes(records);
        for (int i = 0; i < 3 * perClass; i++) {
            records[i * RECORD] = (byte) (i % 3);
            records[i * RECORD + 1] = (byte) (from + i);
        }
        return records;
    }

    private Map<String, byte[]> cifar() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("cifar-10-batches-bin/batches.meta.txt", "plane\ncar\nbird\n\n".getBytes(StandardCharsets.US_ASCII));
        files.put("cifar-10-batches-bin/data_batch_1.bin", batch(10, 0));
        files.put("cifar-10-batches-bin/data_batch_2.bin", batch(10, 30));
        files.put("cifar-10-batches-bin/readme.html", new byte[9]);
        files.put("cifar-10-batches-bin/test_batch.bin", batch(4, 60));
        return files;
    }

    @Test
    void cifarsPixelsAndLabelsComeThroughUnchanged() throws IOException {
        Map<String, byte[]> files = cifar();
        Tars.writeZipped(folder.resolve("cifar-10-binary.tar.gz"), files);
        Manifest made = prepare(CifarSource.open(folder, 0.1, 7), 32);
        assertEquals(54, made.splits().get("train").images());
        assertEquals(List.of(2L, 2L, 2L), made.splits().get("val").perClass(), "a tenth of each class");
        assertEquals(12, made.splits().get("test").images());
        assertEquals(List.of("plane", "car", "bird"), made.classes());
        try (PreparedData data = PreparedData.open(folder.resolve("out"))) {
            for (String name : List.of("train", "val", "test")) {
                ImageSplit split = data.split(name);
                for (int i = 0; i < split.size(); i++) {
                    assertSamePicture(files, split, i);
                }
            }
        }
    }

    private static void assertSamePicture(Map<String, byte[]> files, ImageSplit split, int i) {
        String[] key = split.key(i).split("/");
        byte[] records = files.get("cifar-10-batches-bin/" + key[0] + ".bin");
        int at = Integer.parseInt(key[1]) * RECORD;
        byte[] rgb = new byte[3 * 1024];
        split.read(i, rgb);
        assertEquals(records[at], split.label(i));
        for (int p = 0; p < 1024; p++) {
            for (int channel = 0; channel < 3; channel++) {
                assertEquals(records[at + 1 + channel * 1024 + p], rgb[3 * p + channel], split.key(i));
            }
        }
    }

    @Test
    void cifarsCountsAreThoseOfTheRealSet() throws IOException {
        Tars.writeZipped(folder.resolve("cifar-10-binary.tar.gz"), cifar());
        Preparation.Options options = new Preparation.Options(32, Store.RAW, 1, ImageLimits.COLLECTION);
        RunException thrown = assertThrows(
                RunException.class,
                () -> Preparation.run(
                        CifarSource.open(folder, 0.1, 7), folder.resolve("out"), options, Progress.SILENT));
        assertTrue(
                thrown.getMessage()
                        .contains("train all batches, with those held out has 60, expected 50000;"
                                + " test test_batch.bin has 12, expected 10000;"),
                thrown.getMessage());
    }

    @Test
    void aBatchOfAnotherLengthIsNamed() throws IOException {
        Map<String, byte[]> files = cifar();
        files.put("cifar-10-batches-bin/data_batch_2.bin", new byte[RECORD + 1]);
        Tars.writeZipped(folder.resolve("cifar-10-binary.tar.gz"), files);
        RunException thrown = assertThrows(RunException.class, () -> CifarSource.open(folder, 0.1, 7));
        assertTrue(thrown.getMessage().contains("data_batch_2.bin has 3074 bytes, expected a multiple of 3073"));
    }

    private Map<String, byte[]> classFolders() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String split : List.of("val", "train")) {
            for (String wnid : List.of("n02102040", "n01440764")) {
                for (int i = 0; i < 3; i++) {
                    files.put(
                            "imagenette2-320/" + split + "/" + wnid + "/" + i + ".JPEG",
                            Pictures.jpeg(Pictures.photo(50, 40, files.size())));
                }
            }
        }
        files.put("imagenette2-320/noisy.csv", new byte[4]);
        return files;
    }

    @Test
    void aTarOfClassFoldersIsReadWithoutUnpacking() throws IOException {
        Path archive = Tars.writeZipped(folder.resolve("own.tgz"), classFolders());
        Manifest made = prepare(ClassTarSource.open(archive), 32);
        assertEquals(List.of("n01440764", "n02102040"), made.classes());
        assertEquals(List.of(3L, 3L), made.splits().get("train").perClass());
        assertEquals(List.of(3L, 3L), made.splits().get("val").perClass());
        assertEquals(Map.of("other", 1L), made.ignored());
    }

    @Test
    void imagenettesClassesHaveTheirWordsAndItsCountsAreKnown() throws IOException {
        Tars.writeZipped(folder.resolve("imagenette2-320.tgz"), classFolders());
        ClassTarSource source = ClassTarSource.imagenette(folder);
        assertEquals(List.of("n01440764 tench", "n02102040 English springer"), source.classes());
        assertEquals(9469, source.differences("train").get(0).expected());
        assertEquals(3925, source.differences("val").get(0).expected());
    }

    @Test
    void aTarWithoutTrainingPicturesIsRefused() throws IOException {
        Path archive = Tars.write(folder.resolve("x.tar"), Map.of("pictures/a/1.jpg", new byte[3]));
        UsageException thrown = assertThrows(UsageException.class, () -> ClassTarSource.open(archive));
        assertTrue(thrown.getMessage().contains("has no pictures under train/CLASS/"), thrown.getMessage());
        assertThrows(UsageException.class, () -> ClassTarSource.open(folder.resolve("nowhere.tar")));
    }

    @Test
    void aBrokenArchiveIsNoArchive() throws IOException {
        Path archive = Files.write(folder.resolve("x.tar"), new byte[] {1, 2, 3});
        assertThrows(RunException.class, () -> ClassTarSource.open(archive));
    }
}
