package alexnet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import alexnet.image.BadImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
    @TempDir
    private Path folder;

    private void files(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    private void many(String ofClass, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            files(ofClass + "/%03d.jpg".formatted(i));
        }
    }

    private static List<String> keys(ImageSource source, String split) {
        List<String> keys = new ArrayList<>();
        source.entries(split).forEachRemaining(entry -> keys.add(entry.label() + " " + entry.key()));
        return keys;
    }

    private String refusal() {
        return assertThrows(UsageException.class, () -> FolderSource.open(folder, 0.1, 1))
                .getMessage();
    }

    @Test
    void classesAndPicturesAreSortedByName() throws IOException {
        files("b/2.PNG", "b/1.jpeg", "a/z.webp", "a/y.TIF", "a/.hidden.jpg", "a/notes.txt", "a/README", "c/x.gif");
        ImageSource source = FolderSource.open(folder, 0, 1);
        assertEquals(List.of("a", "b", "c"), source.classes());
        assertEquals(List.of("train"), source.splits());
        assertEquals(List.of("0 a/y.TIF", "0 a/z.webp", "1 b/1.jpeg", "1 b/2.PNG", "2 c/x.gif"), keys(source, "train"));
        assertEquals(Map.of("txt", 1L, "none", 1L), source.ignored());
        assertEquals(5, source.count("train"));
    }

    @Test
    void ownSplitsAreTakenAsTheyAre() throws IOException, BadImageException {
        files("train/a/1.jpg", "train/b/2.jpg", "val/b/3.jpg", "test/a/4.jpg");
        ImageSource source = FolderSource.open(folder, 0.5, 1);
        assertEquals(List.of("train", "val", "test"), source.splits());
        assertEquals(List.of("0 a/1.jpg", "1 b/2.jpg"), keys(source, "train"));
        assertEquals(List.of("1 b/3.jpg"), keys(source, "val"));
        ImageSource.Entry entry = source.entries("test").next();
        assertEquals("test/a/4.jpg", new String(entry.bytes().read(100)));
        assertEquals(
                "the file has 12 bytes, at most 5 are accepted",
                assertThrows(BadImageException.class, () -> entry.bytes().read(5))
                        .getMessage());
    }

    @Test
    void withoutValAPartOfEachClassIsHeldOut() throws IOException, BadImageException {
        many("train/a", 40);
        many("train/b", 4);
        many("train/c", 1);
        ImageSource source = FolderSource.open(folder, 0.1, 1);
        List<String> train = keys(source, "train");
        List<String> held = keys(source, "val");
        assertEquals(4, held.stream().filter(key -> key.startsWith("0")).count());
        assertEquals(1, held.stream().filter(key -> key.startsWith("1")).count());
        assertEquals(0, held.stream().filter(key -> key.startsWith("2")).count());
        assertEquals(45, train.size() + held.size());
        assertTrue(train.stream().noneMatch(held::contains));
        assertEquals(held, keys(FolderSource.open(folder, 0.1, 1), "val"), "the same seed, the same choice");
        assertNotEquals(held, keys(FolderSource.open(folder, 0.1, 2), "val"));
        ImageSource.Entry entry = source.entries("val").next();
        assertEquals("train/" + entry.key(), new String(entry.bytes().read(100)));
    }

    @Test
    void aMissingFolderIsRefused() {
        Path none = folder.resolve("none");
        assertEquals(
                "No folder at " + none + ". Expected a folder with one sub-folder of pictures for each class. Correct"
                        + " the path.",
                assertThrows(UsageException.class, () -> FolderSource.open(none, 0.1, 1))
                        .getMessage());
    }

    @Test
    void aFolderWithoutSubFoldersIsRefused() throws IOException {
        files("1.jpg");
        assertEquals(
                "The folder " + folder + " has no sub-folders, expected one for each class with that class's pictures"
                        + " in it. Sort the pictures into sub-folders.",
                refusal());
    }

    @Test
    void anEmptyClassIsRefusedByName() throws IOException {
        files("a/1.jpg", "b/notes.txt");
        assertEquals(
                "The class folder " + folder.resolve("b") + " has no pictures ([bmp, gif, jpeg, jpg, png, tif, tiff,"
                        + " webp] are looked for). Add some or remove the folder.",
                refusal());
    }

    @Test
    void aClassNameOfTwoLinesIsRefused() throws IOException {
        many("two\nlines", 1);
        String message = assertThrows(UsageException.class, () -> FolderSource.open(folder, 0.1, 1))
                .getMessage();
        assertTrue(message.contains("'two?lines' has a control character"), message);
    }

    @Test
    void aClassThatTrainHasNotIsRefusedByName() throws IOException {
        files("train/a/1.jpg", "val/x/1.jpg");
        assertEquals(
                "The folder " + folder.resolve("val") + " has the class x, which train has not. Expected the same"
                        + " class folders. Rename or remove it.",
                refusal());
    }

    @Test
    void aSplitWithoutClassesIsRefused() throws IOException {
        files("train/a/1.jpg", "test/1.jpg");
        assertEquals(
                "The folder " + folder.resolve("test") + " has no class folders. Fill it like train or remove it.",
                refusal());
    }

    @Test
    void aHeldOutFractionOfOneIsRefused() throws IOException {
        files("a/1.jpg");
        assertEquals(
                "The held-out fraction is 1.0, expected 0 or more and less than 1. Correct it; 0.1 is usual.",
                assertThrows(UsageException.class, () -> FolderSource.open(folder, 1, 1))
                        .getMessage());
    }
}
