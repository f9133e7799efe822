package alexnet.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.ModelBundle;
import alexnet.bundle.SmallModels;
import alexnet.config.Precision;
import alexnet.config.UsageException;
import alexnet.image.BadImageException;
import alexnet.image.Pictures;
import alexnet.inference.Classifier;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSetTest {
    private static final List<String> LABELS = List.of("n01 tench, fish", "n02 cock", "n03 hen, bird");
    private static final int SIZE = SmallModels.SIZE;

    @TempDir
    Path folder;

    private void picture(String path, long seed) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, Pictures.jpeg(Pictures.photo(90 + (int) seed % 40, 80, seed)));
    }

    private FileSet list(String text) throws IOException {
        return FileSet.ofList(Files.writeString(folder.resolve("list.txt"), text), LABELS, SIZE);
    }

    private static int[] labels(TestSet set) {
        int[] labels = new int[set.size()];
        Arrays.setAll(labels, set::label);
        return labels;
    }

    @Test
    void classFoldersMayBeNamedByTheFirstWordAndSomeMayBeAbsent() throws IOException {
        picture("n03/b.jpg", 1);
        picture("n03/a.jpg", 2);
        picture("n01 tench, fish/c.jpg", 3);
        Files.writeString(folder.resolve("n03/notes.txt"), "no picture");
        FileSet set = FileSet.ofFolder(folder, "test", LABELS, SIZE);
        assertArrayEquals(new int[] {0, 2, 2}, labels(set));
        assertEquals(List.of("n01 tench, fish/c.jpg", "n03/a.jpg", "n03/b.jpg"), keys(set));
        assertTrue(set.notes().get(0).contains("{txt=1}"), set.notes()::toString);
        assertTrue(set.name().startsWith("images-"), set::name);
    }

    private static List<String> keys(TestSet set) {
        return set.order().stream().map(set::key).toList();
    }

    @Test
    void aFolderWithSplitsIsAskedForOne() throws IOException {
        for (String split : List.of("train", "val")) {
            picture(split + "/n01/a.jpg", 1);
            picture(split + "/n02/a.jpg", 2);
        }
        FileSet set = FileSet.ofFolder(folder, "val", LABELS, SIZE);
        assertArrayEquals(new int[] {0, 1}, labels(set));
        assertTrue(set.name().endsWith("-val"), set::name);
        UsageException e = assertThrows(UsageException.class, () -> FileSet.ofFolder(folder, "test", LABELS, SIZE));
        assertTrue(e.getMessage().contains("has no split test, expected one of [train, val]"), e.getMessage());
    }

    @Test
    void picturesWithoutClassFoldersHaveNoLabels() throws IOException {
        picture("b.jpg", 1);
        picture("a.jpg", 2);
        FileSet set = FileSet.ofFolder(folder, "test", LABELS, SIZE);
        assertFalse(set.isLabelled());
        assertEquals(List.of("a.jpg", "b.jpg"), keys(set));
    }

    @Test
    void aListNamesPicturesAndClassesWithATabOrABlank() throws IOException {
        picture("sub/a b.jpg", 1);
        picture("c.jpg", 2);
        FileSet set = list("sub/a b.jpg\tn01 tench, fish\n\nc.jpg n02\nc.jpg\t2\n");
        assertArrayEquals(new int[] {0, 1, 2}, labels(set));
        assertEquals(List.of("sub/a b.jpg", "c.jpg", "c.jpg"), keys(set));
        FileSet without = list("sub/a b.jpg\nc.jpg\n");
        assertFalse(without.isLabelled());
        assertEquals(2, without.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.jpg n01;b.jpg | Line 2 of .* has no label, those before it have one, expected labels for all .*",
                "a.jpg;b.jpg n01 | Line 2 of .* has a label, those before it have none, expected labels for all .*",
                "a.jpg tench | The list .* has the class 'tench', expected one of the model's, .* Did you mean .*",
                "a.jpg 3 | The list .* has the class '3', expected one of the model's, .* its position from 0\\..*",
                "' ; ' | The list .* names no picture, expected a path and a label a line\\. Fill it\\.",
            })
    void aListThatIsWrongIsRefused(String lines, String message) {
        UsageException e = assertThrows(UsageException.class, () -> list(lines.replace(";", "\n")));
        assertTrue(e.getMessage().matches(message), e.getMessage());
    }

    @Test
    void whatIsNoListAndNoFolderOfPicturesIsRefused() throws IOException {
        Path bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertRefused(() -> FileSet.ofList(bytes, LABELS, SIZE), "is no text in UTF-8");
        assertRefused(() -> FileSet.ofList(folder.resolve("nowhere"), LABELS, SIZE), "There is no list");
        assertRefused(() -> FileSet.ofFolder(folder, "test", LABELS, SIZE), "neither pictures nor folders");
        assertRefused(() -> FileSet.ofFolder(folder.resolve("nowhere"), "test", LABELS, SIZE), "No folder at");
        picture("zebra/a.jpg", 1);
        assertRefused(() -> FileSet.ofFolder(folder, "test", LABELS, SIZE), "has the class 'zebra'");
    }

    private static void assertRefused(Runnable work, String part) {
        UsageException e = assertThrows(UsageException.class, work::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void pixelsAreThoseThatClassifySees(boolean tenViews) throws Exception {
        picture("n01/a.jpg", 31);
        picture("n02/b.jpg", 12);
        picture("n03/c.jpg", 23);
        ModelBundle model = model();
        FileSet set = FileSet.ofFolder(folder, "test", LABELS, SIZE);
        Path zip = folder.resolve("model.zip");
        model.write(zip);
        Measurement found = Nets.open(List.of(zip), Precision.FP32).measure(set, tenViews, null, Progress.SILENT);
        try (Classifier classifier = new Classifier(model)) {
            for (int i = 0; i < set.size(); i++) {
                double[] expected = classifier.probabilities(Files.readAllBytes(folder.resolve(set.key(i))), tenViews);
                for (int rank = 0; rank < LABELS.size(); rank++) {
                    int guess = found.tally().guesses(i)[rank];
                    assertEquals(expected[guess], found.tally().probabilities(i)[rank], 1e-6);
                }
            }
        }
    }

    private static ModelBundle model() {
        var recipe = SmallModels.recipe("paper");
        return ModelBundle.of(
                SmallModels.training(recipe, LABELS.size(), 1), recipe, LABELS, SmallModels.mean(SIZE, 1), "{}");
    }

    @Test
    void damagedAndMissingPicturesAreNamedAndTheOthersCounted() throws Exception {
        picture("a.jpg", 1);
        picture("b.jpg", 2);
        byte[] whole = Files.readAllBytes(folder.resolve("b.jpg"));
        Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
        FileSet set = list("cut.jpg n01\na.jpg n01\nnowhere.jpg n02\nb.jpg n02\n");
        assertThrows(BadImageException.class, () -> set.square(0));
        Path zip = folder.resolve("model.zip");
        model().write(zip);
        for (List<Path> zips : List.of(List.of(zip), List.of(zip, zip))) {
            Measurement found = Nets.open(zips, Precision.FP32).measure(set, false, null, Progress.SILENT);
            EvaluationReport report = EvaluationReport.of(found);
            assertEquals(2, report.images());
            assertEquals(2, report.leftOut());
            assertEquals(
                    List.of("cut.jpg", "nowhere.jpg"),
                    report.damaged().stream().map(EvaluationReport.Damaged::key).toList());
            assertEquals("there is no such file", report.damaged().get(1).reason());
        }
        FileSet none = list("cut.jpg n01\nnowhere.jpg n02\n");
        Nets nets = Nets.open(List.of(zip), Precision.FP32);
        RunException e = assertThrows(RunException.class, () -> nets.measure(none, false, null, Progress.SILENT));
        assertTrue(
                e.getMessage().startsWith("None of the 2 pictures can be read; the first is cut.jpg: "), e::toString);
    }

    @Test
    void theDigestTellsPicturesAndLabelsApart() throws Exception {
        picture("a.jpg", 1);
        picture("b.jpg", 2);
        String first = digest("a.jpg n01\nb.jpg n02\n");
        assertEquals(first, digest("a.jpg n01\nb.jpg n02\n"));
        assertNotEquals(first, digest("a.jpg n01\nb.jpg n03\n"));
        picture("b.jpg", 3);
        assertNotEquals(first, digest("a.jpg n01\nb.jpg n02\n"));
    }

    private String digest(String lines) throws Exception {
        FileSet set = list(lines);
        for (int i = 0; i < set.size(); i++) {
            set.square(i);
        }
        return set.digest();
    }
}
