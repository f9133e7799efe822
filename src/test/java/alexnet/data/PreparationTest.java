package alexnet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import alexnet.image.ColourSums;
import alexnet.image.ImageLimits;
import alexnet.image.Pictures;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreparationTest {
    private static final int SIZE = 32;

    @TempDir
    private Path folder;

    private Path pictures;

    @BeforeEach
    void makePictures() throws IOException {
        pictures = folder.resolve("pictures");
        int seed = 0;
        for (String name : List.of("cat", "ape", "dog")) {
            Path ofClass = Files.createDirectories(pictures.resolve(name));
            for (int i = 0; i < 12; i++) {
                Files.write(ofClass.resolve("p" + i + ".jpg"), Pictures.jpeg(Pictures.photo(50 + i, 40, seed++)));
            }
        }
    }

    private ImageSource source() {
        return FolderSource.open(pictures, 0.25, 7);
    }

    private static Preparation.Options options(Store store, int workers) {
        return new Preparation.Options(SIZE, store, workers, ImageLimits.COLLECTION);
    }

    private Manifest prepare(String out, Store store, int workers) {
        return Preparation.run(source(), folder.resolve(out), options(store, workers), Progress.SILENT);
    }

    private Map<String, String> contents(Path of) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(of)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Arrays.toString(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private List<String> namesIn(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Store.class,
            names = {"RAW", "JPEG"})
    void oneAndThreeWorkersMakeTheSameBytes(Store store) throws IOException {
        Manifest one = prepare("one", store, 1);
        Manifest three = prepare("three", store, 3);
        assertEquals(contents(folder.resolve("one")), contents(folder.resolve("three")));
        assertEquals(one.digest(), three.digest());
        assertEquals(16, one.digest().length());
        assertEquals(
                List.of(
                        "classes.txt",
                        "colour.json",
                        "manifest.json",
                        "mean.npy",
                        "missing.tsv",
                        "quarantine.tsv",
                        "train-000000.idx",
                        "train-000000.tar",
                        "val-000000.idx",
                        "val-000000.tar"),
                namesIn(folder.resolve("one")));
        assertEquals(List.of("one", "pictures", "three"), namesIn(folder), "no temporary folder stays");
    }

    @Test
    void whatIsReadIsWhatWasPreparedAndTheStatisticsAreOfTrainOnly() throws IOException {
        Manifest made = prepare("out", Store.AUTO, 2);
        assertEquals(Store.RAW, made.store());
        try (PreparedData data = PreparedData.open(folder.resolve("out"))) {
            assertEquals(made, data.manifest());
            assertEquals(List.of("ape", "cat", "dog"), data.classes());
            ImageSplit train = data.split("train");
            assertEquals(27, train.size());
            assertEquals(9, data.split("val").size());
            assertEquals(
                    List.of(3L, 3L, 3L), data.manifest().splits().get("val").perClass());
            ColourSums sums = new ColourSums(SIZE);
            byte[] rgb = new byte[3 * SIZE * SIZE];
            for (int i = 0; i < train.size(); i++) {
                train.read(i, rgb);
                sums.add(rgb);
                assertTrue(train.key(i).startsWith(data.classes().get(train.label(i)) + "/p"), train.key(i));
            }
            assertEquals(sums.mean(), data.mean());
            assertArrayEquals(sums.statistics().eigenvalues(), data.colour().eigenvalues());
            assertArrayEquals(sums.statistics().eigenvectors()[2], data.colour().eigenvectors()[2]);
        }
    }

    @Test
    void storedAsJpegThePixelsAreClose() {
        prepare("raw", Store.RAW, 1);
        prepare("jpeg", Store.JPEG, 1);
        try (PreparedData raw = PreparedData.open(folder.resolve("raw"));
                PreparedData jpeg = PreparedData.open(folder.resolve("jpeg"))) {
            byte[] exact = new byte[3 * SIZE * SIZE];
            byte[] close = new byte[3 * SIZE * SIZE];
            raw.split("val").read(4, exact);
            jpeg.split("val").read(4, close);
            assertEquals(raw.split("val").key(4), jpeg.split("val").key(4));
            double sum = 0;
            for (int i = 0; i < exact.length; i++) {
                sum += Math.abs((exact[i] & 0xff) - (close[i] & 0xff));
            }
            assertTrue(sum / exact.length < 5, "mean difference " + sum / exact.length);
        }
    }

    @Test
    void damagedPicturesAreQuarantinedWithTheirReason() throws IOException {
        byte[] jpeg = Files.readAllBytes(pictures.resolve("ape/p3.jpg"));
        Files.write(pictures.resolve("ape/p3.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2));
        Files.write(pictures.resolve("cat/p4.jpg"), new byte[0]);
        Files.writeString(pictures.resolve("dog/p5.jpg"), "404 not found");
        Preparation.run(
                FolderSource.open(pictures, 0, 7), folder.resolve("out"), options(Store.RAW, 3), Progress.SILENT);
        assertEquals("""
                split	path	reason
                train	ape/p3.jpg	damaged JPEG: Corrupt JPEG data: premature end of data segment
                train	cat/p4.jpg	the file is empty
                train	dog/p5.jpg	not a picture: neither JPEG, PNG, GIF, BMP, WebP nor TIFF
                """, Files.readString(folder.resolve("out/quarantine.tsv")));
        try (PreparedData data = PreparedData.open(folder.resolve("out"))) {
            assertEquals(33, data.split("train").size());
            assertEquals(3, data.manifest().splits().get("train").quarantined());
            for (int i = 0; i < 33; i++) {
                assertFalse(List.of("ape/p3.jpg", "cat/p4.jpg", "dog/p5.jpg")
                        .contains(data.split("train").key(i)));
            }
        }
    }

    @Test
    void aClassWithoutAnyUsablePictureFailsAndLeavesNothing() throws IOException {
        for (int i = 0; i < 12; i++) {
            Files.writeString(pictures.resolve("cat/p" + i + ".jpg"), "none");
        }
        RunException thrown = assertThrows(RunException.class, () -> prepare("out", Store.RAW, 2));
        assertEquals(
                "The class cat of folder pictures has no usable picture to learn from: all are damaged or missing,"
                        + " expected one at least. Replace them or remove the class, then prepare again.",
                thrown.getMessage());
        assertEquals(List.of("pictures"), namesIn(folder));
    }

    @Test
    void anErrorInAWorkerNamesThePicture() throws IOException {
        ImageSource broken = new MemorySource(List.of("a"), List.of("a/1.png"), most -> {
            throw new OutOfMemoryError("simulated");
        });
        RunException thrown = assertThrows(
                RunException.class,
                () -> Preparation.run(broken, folder.resolve("out"), options(Store.RAW, 1), Progress.SILENT));
        assertTrue(thrown.getMessage().startsWith("Preparing a/1.png failed: java.lang.OutOfMemoryError: simulated"));
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void aNameWithControlCharactersIsQuarantined() throws IOException {
        byte[] png = Pictures.encode(Pictures.photo(40, 40, 1), "png");
        ImageSource source = new MemorySource(List.of("a"), List.of("a/1.png", "a/2\n.png"), most -> png);
        Manifest made = Preparation.run(source, folder.resolve("out"), options(Store.RAW, 1), Progress.SILENT);
        assertEquals(1, made.splits().get("train").images());
        assertTrue(Files.readString(folder.resolve("out/quarantine.tsv"))
                .endsWith("train\ta/2 .png\tits name has control characters\n"));
    }

    @Test
    void anEmptyFolderIsFilledAndAFullOneRefused() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        prepare("out", Store.RAW, 1);
        UsageException thrown = assertThrows(UsageException.class, () -> prepare("out", Store.RAW, 1));
        assertEquals(
                "There is something at " + folder.resolve("out") + " already, expected no such folder or an empty"
                        + " one. Choose another one or remove it.",
                thrown.getMessage());
    }

    @Test
    void aPlaceWhereNothingCanBeMadeIsRefused() throws IOException {
        Files.write(folder.resolve("file"), "x".getBytes(StandardCharsets.US_ASCII));
        UsageException thrown = assertThrows(UsageException.class, () -> prepare("file/out", Store.RAW, 1));
        assertTrue(thrown.getMessage().contains("file/out cannot be made ("), thrown.getMessage());
        assertTrue(thrown.getMessage().endsWith("Choose a place where this user may write."), thrown.getMessage());
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertEquals(
                "Preparation has size 4 and 1 workers, expected a size of 8 to 2048 and 1 worker or more. Correct"
                        + " them.",
                assertThrows(
                                UsageException.class,
                                () -> new Preparation.Options(4, Store.RAW, 1, ImageLimits.COLLECTION))
                        .getMessage());
    }

    @Test
    void autoKeepsSmallSquaresRawAndLargeOnesAsJpeg() {
        assertEquals(Store.RAW, Store.AUTO.resolve(128));
        assertEquals(Store.JPEG, Store.AUTO.resolve(129));
        assertEquals(Store.RAW, Store.RAW.resolve(256));
    }
}
