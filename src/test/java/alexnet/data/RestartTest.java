package alexnet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import alexnet.image.ImageLimits;
import alexnet.image.Pictures;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preparations that end in their middle. */
class RestartTest {
    private static final int PICTURES = 42;

    /** How the program ends: from inside the writing thread, between any two pictures. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @TempDir
    private static Path folder;

    private static Path pictures;
    private static Path undisturbed;

    private Path out;

    @BeforeAll
    static void prepare() throws IOException {
        pictures = folder.resolve("pictures");
        for (int i = 0; i < PICTURES; i++) {
            Path ofClass = Files.createDirectories(pictures.resolve("class" + i % 3));
            byte[] jpeg = Pictures.jpeg(Pictures.photo(40, 30 + i % 7, i));
            Files.write(ofClass.resolve(i + ".jpg"), i % 10 == 4 ? new byte[] {1, 2, 3} : jpeg);
        }
        undisturbed = folder.resolve("undisturbed");
        Preparation.run(source(), undisturbed, options(2, 32), Progress.SILENT);
    }

    @BeforeEach
    void place() throws IOException {
        out = Files.createTempDirectory(folder, "place").resolve("out");
    }

    private static ImageSource source() {
        return FolderSource.open(pictures, 0.3, 7);
    }

    private static Preparation.Options options(int workers, int size) {
        return new Preparation.Options(size, Store.RAW, workers, ImageLimits.COLLECTION, 16, 7, false);
    }

    private static Progress.Factory dyingAfter(long pictures) {
        AtomicLong left = new AtomicLong(pictures);
        return (task, total, unit) -> new Progress() {
            @Override
            public void advance(long units) {
                if (left.addAndGet(-units) < 0) {
                    throw new Killed();
                }
            }

            @Override
            public void message(String text) {}

            @Override
            public void close() {}
        };
    }

    private Path unfinished() {
        return out.resolveSibling(".out.part");
    }

    private void dieAfter(long count, int workers) {
        assertThrows(Killed.class, () -> Preparation.run(source(), out, options(workers, 32), dyingAfter(count)));
    }

    /** What a disk may hold of writes that were under way. */
    private void tearTails() throws IOException {
        try (Stream<Path> files = Files.list(unfinished())) {
            boolean trainDone = Files.exists(unfinished().resolve("val-000000.tar"));
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals(PackingState.FILE) && !(trainDone && name.startsWith("train"))) {
                    Files.write(file, new byte[700], StandardOpenOption.APPEND);
                }
            }
        }
        Files.write(unfinished().resolve("." + PackingState.FILE + ".x.part"), new byte[10]);
    }

    @Test
    void wherePreparationEndsItGoesOnToTheSameBytes() throws IOException {
        for (int at = 0; at <= PICTURES; at += 6) {
            place();
            if (at < PICTURES) {
                dieAfter(at, 1 + at % 3);
                tearTails();
            }
            Preparation.run(source(), out, options(1 + (at + 1) % 3, 32), Progress.SILENT);
            Folders.assertSame(undisturbed, out);
            assertFalse(Files.exists(unfinished()));
        }
    }

    @Test
    void itGoesOnAndDoesNotBeginAgain() throws IOException {
        dieAfter(38, 2);
        List<Long> packed = new ArrayList<>();
        ImageSource source = source();
        int before = (int) PackingState.load(unfinished(), 32).state().entries()
                + PackingState.load(unfinished(), 32).state().done().values().stream()
                        .mapToInt(split -> (int) (split.images() + split.quarantined()))
                        .sum();
        assertTrue(before >= 35, "checkpoints at every seventh: " + before);
        Preparation.run(source, out, options(2, 32), (task, total, unit) -> new Progress() {
            @Override
            public void advance(long units) {
                packed.add(units);
            }

            @Override
            public void message(String text) {}

            @Override
            public void close() {}
        });
        assertEquals((long) PICTURES, packed.stream().mapToLong(Long::longValue).sum());
        assertEquals(30L, packed.get(0), "the finished split is passed over in one step");
    }

    @Test
    void manyDeathsMakeNoDifference() throws IOException {
        for (int at = 3; at < PICTURES; at += 9) {
            dieAfter(at, 3);
        }
        Preparation.run(source(), out, options(1, 32), Progress.SILENT);
        Folders.assertSame(undisturbed, out);
    }

    @Test
    void aFolderThatIsWholeButForItsNameGetsIt() throws IOException {
        Preparation.run(source(), out, options(2, 32), Progress.SILENT);
        Files.move(out, unfinished());
        Preparation.run(source(), out, options(2, 32), dyingAfter(0));
        Folders.assertSame(undisturbed, out);
    }

    @Test
    void otherOptionsAreRefusedAndNamed() {
        dieAfter(20, 2);
        UsageException thrown = assertThrows(
                UsageException.class, () -> Preparation.run(source(), out, options(2, 40), Progress.SILENT));
        assertEquals(
                "The unfinished preparation in " + unfinished() + " was begun otherwise: size was 32 and is 40."
                        + " Expected the same, to go on with it. Repeat the command as it was, or remove that folder to"
                        + " begin afresh.",
                thrown.getMessage());
    }

    @Test
    void aPictureThatChangedInBetweenIsNoticed() throws IOException {
        dieAfter(20, 2);
        Path changed = pictures.resolve(source().entries("train").next().key());
        byte[] before = Files.readAllBytes(changed);
        Files.write(changed, Pictures.jpeg(Pictures.photo(40, 40, 99)));
        try {
            RunException thrown = assertThrows(
                    RunException.class, () -> Preparation.run(source(), out, options(2, 32), Progress.SILENT));
            assertTrue(
                    thrown.getMessage().contains("of train are not those with which the preparation was begun"),
                    thrown.getMessage());
        } finally {
            Files.write(changed, before);
        }
    }

    @Test
    void twoProgramsCannotPrepareTheSameFolder() throws IOException {
        try (Unfinished held = Unfinished.open(out)) {
            assertEquals(unfinished(), held.folder());
            UsageException thrown = assertThrows(
                    UsageException.class, () -> Preparation.run(source(), out, options(2, 32), Progress.SILENT));
            assertTrue(thrown.getMessage().startsWith("Another program is preparing " + out), thrown.getMessage());
        }
    }
}
