package alexnet.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    private Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void fileIsMadeWithItsFolderAndReplaced() throws IOException {
        Path file = folder.resolve("a/b/file.txt");
        AtomicFiles.write(file, "one");
        AtomicFiles.write(file, "twö");
        assertEquals("twö", Files.readString(file));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void readersSeeTheOldFileUntilTheNewOneIsWhole() throws IOException {
        Path file = folder.resolve("file.txt");
        AtomicFiles.write(file, "old");
        AtomicFiles.write(file, out -> {
            out.write(new byte[1 << 20]);
            out.flush();
            assertEquals("old", Files.readString(file));
        });
        assertEquals(1 << 20, Files.size(file));
    }

    @Test
    void failureLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("file.txt");
        AtomicFiles.write(file, "old");
        IOException failure = assertThrows(
                IOException.class,
                () -> AtomicFiles.write(file, out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("disk full");
                }));
        assertEquals("disk full", failure.getMessage());
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFiles.write(file, out -> {
                    throw new IllegalStateException();
                }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("file.txt"), names());
    }

    @Test
    void placeBelowAFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file.txt"), "old");
        assertThrows(FileSystemException.class, () -> AtomicFiles.write(file.resolve("below/new.txt"), "new"));
        assertEquals(List.of("file.txt"), names());
    }

    @Test
    void whatAKilledProgramLeftIsRemovedAndNothingElse() throws IOException {
        Files.createDirectory(folder.resolve(".folder.part"));
        for (String name : List.of(".step.zip.1-2.part", "kept.part", ".kept", "kept.zip")) {
            Files.writeString(folder.resolve(name), "half");
        }
        AtomicFiles.removeUnfinished(folder);
        assertEquals(List.of(".folder.part", ".kept", "kept.part", "kept.zip"), names());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
    void folderMayBeALink() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        AtomicFiles.write(link.resolve("file.txt"), "text");
        assertEquals("text", Files.readString(real.resolve("file.txt")));
        assertTrue(Files.isSymbolicLink(link));
        assertFalse(Files.exists(real.resolve("link")));
    }
}
