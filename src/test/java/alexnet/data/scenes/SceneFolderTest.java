package alexnet.data.scenes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneFolderTest {
    private static final Scenes.Size SMALL = new Scenes.Size(3, 2, 1);

    @TempDir
    Path folder;

    @Test
    void layoutIsOneFolderPerSplitAndClass() throws IOException {
        Path target = folder.resolve("made/scenes");
        Scenes.write(target, SMALL, 1, Progress.SILENT);
        assertEquals(60, files(target).size());
        for (String label : Scenes.classes()) {
            assertTrue(Files.exists(target.resolve("train/" + label + "/00002.jpg")));
            assertTrue(Files.exists(target.resolve("val/" + label + "/00001.jpg")));
            assertTrue(Files.exists(target.resolve("test/" + label + "/00000.jpg")));
        }
        assertEquals(List.of("scenes"), names(target.getParent()));
    }

    @Test
    void classNamesAreSorted() {
        assertEquals(10, Scenes.classes().size());
        assertEquals(Scenes.classes().stream().sorted().toList(), Scenes.classes());
        assertEquals(ControlScenes.classes().stream().sorted().toList(), ControlScenes.classes());
    }

    @Test
    void bytesDoNotDependOnThreadsOrSizes() throws IOException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        SceneFolder.write(Scenes.source(), one, SMALL, 5, Progress.SILENT, 1);
        SceneFolder.write(Scenes.source(), two, new Scenes.Size(4, 2, 2), 5, Progress.SILENT, 2);
        for (Path file : files(one)) {
            Path other = two.resolve(one.relativize(file));
            assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(other), file.toString());
        }
    }

    @Test
    void picturesDifferBySeedSplitAndNumber() throws IOException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        Scenes.write(one, SMALL, 5, Progress.SILENT);
        Scenes.write(two, SMALL, 6, Progress.SILENT);
        List<String> all = Stream.concat(files(one).stream(), files(two).stream())
                .map(SceneFolderTest::contents)
                .toList();
        assertEquals(120, all.stream().distinct().count());
    }

    @Test
    void controlSetIsWrittenTheSameWay() throws IOException {
        Path target = folder.resolve("control");
        ControlScenes.write(target, SMALL, 1, Progress.SILENT);
        assertEquals(60, files(target).size());
        assertEquals(ControlScenes.classes(), names(target.resolve("val")));
    }

    @Test
    void progressCountsEveryPicture() throws IOException {
        AtomicLong done = new AtomicLong();
        Scenes.write(folder.resolve("scenes"), SMALL, 1, (task, total, unit) -> {
            assertEquals(60, total);
            return onAdvance(() -> done.incrementAndGet());
        });
        assertEquals(60, done.get());
    }

    @Test
    void existingTargetIsRefusedAndKept() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.txt"), "kept");
        UsageException e = assertThrows(UsageException.class, () -> Scenes.write(folder, SMALL, 1, Progress.SILENT));
        assertEquals(
                "Folder " + folder + " exists already, expected a name not taken. Remove it or choose another folder.",
                e.getMessage());
        assertEquals("kept", Files.readString(mine));
    }

    @Test
    void negativeSizeIsRefused() {
        Scenes.Size size = new Scenes.Size(3, -1, 2);
        UsageException e = assertThrows(
                UsageException.class, () -> Scenes.write(folder.resolve("scenes"), size, 1, Progress.SILENT));
        assertEquals(
                "Pictures per class are 3, -1 and 2, expected none below 0. Give three sizes of 0 or more.",
                e.getMessage());
    }

    @Test
    void targetUnderAFileIsNamedAndLeavesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "kept");
        IOException e =
                assertThrows(IOException.class, () -> Scenes.write(file.resolve("scenes"), SMALL, 1, Progress.SILENT));
        assertTrue(e.getMessage().contains("cannot be made"), e.getMessage());
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        assertEquals(List.of("file"), names(folder));
    }

    @Test
    void failedPictureIsNamedAndLeavesNothing() throws IOException {
        IOException full = assertThrows(IOException.class, () -> writeFailing(new IOException("disk full")));
        assertTrue(full.getMessage().startsWith("Scene val/b/00001.jpg cannot be written: "), full.getMessage());
        RunException bug = assertThrows(RunException.class, () -> writeFailing(new IllegalStateException("no paint")));
        assertTrue(bug.getMessage().startsWith("Scene val/b/00001.jpg with seed 1 cannot be drawn"), bug.getMessage());
        assertEquals(List.of(), names(folder));
    }

    @Test
    void interruptionStopsAndLeavesNothing() throws IOException {
        Thread caller = Thread.currentThread();
        assertThrows(
                InterruptedIOException.class,
                () -> Scenes.write(
                        folder.resolve("scenes"),
                        new Scenes.Size(100_000, 0, 0),
                        1,
                        (task, total, unit) -> onAdvance(caller::interrupt)));
        assertTrue(Thread.interrupted());
        assertEquals(List.of(), names(folder));
    }

    /** Writes two classes with one thread and fails at the eighth picture, the last. */
    private void writeFailing(Exception failure) throws IOException {
        AtomicLong drawn = new AtomicLong();
        SceneSource source = new SceneSource() {
            @Override
            public List<String> classes() {
                return List.of("a", "b");
            }

            @Override
            public byte[] jpeg(int label, Dice dice) throws IOException {
                if (drawn.incrementAndGet() < 8) {
                    return new byte[10];
                }
                if (failure instanceof IOException io) {
                    throw io;
                }
                throw (RuntimeException) failure;
            }
        };
        SceneFolder.write(source, folder.resolve("scenes"), new Scenes.Size(2, 2, 0), 1, Progress.SILENT, 1);
    }

    private static Progress onAdvance(Runnable action) {
        return new Progress() {
            @Override
            public void advance(long units) {
                action.run();
            }

            @Override
            public void message(String text) {}

            @Override
            public void close() {}
        };
    }

    private static String contents(Path file) {
        try {
            return Arrays.toString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
