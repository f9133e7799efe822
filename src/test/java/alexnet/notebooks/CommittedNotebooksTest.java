package alexnet.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The notebooks as they lie in the project: whole, small, and without logic or places of a machine. */
class CommittedNotebooksTest {
    private static final Path FOLDER = Path.of("notebooks");
    private static final int MOST_BYTES = 500_000;
    private static final int MOST_LINES = 10;
    private static final Pattern LOGIC = Pattern.compile("\\b(for|while|if|switch|class|void)\\b");
    private static final Pattern MACHINE = Pattern.compile("/(root|home|tmp|Users|work)/|[A-Z]:\\\\\\\\|https?://127");

    static List<Path> notebooks() {
        return Notebook.list(FOLDER);
    }

    @Test
    void thereAreSixInOrder() {
        assertEquals(
                List.of(
                        "1-data.ipynb",
                        "2-network.ipynb",
                        "3-training.ipynb",
                        "4-inference.ipynb",
                        "5-the-program-of-2012.ipynb",
                        "6-several-devices.ipynb"),
                notebooks().stream().map(file -> file.getFileName().toString()).toList());
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void eachShowsWhatItsCellsGive(Path file) throws IOException {
        Notebook notebook = Notebook.read(file);
        assertEquals(List.of(), notebook.faults());
        assertTrue(notebook.pictures() >= 1, "pictures");
        String text = Files.readString(file);
        assertTrue(text.contains("\"name\": \"alexnet\""), "its kernel is the project's");
        assertFalse(MACHINE.matcher(text).find(), "it names a place of a machine");
        assertTrue(Files.size(file) <= MOST_BYTES, Files.size(file) + " bytes");
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void cellsCallTheProjectAndHoldNoLogic(Path file) {
        for (Notebook.Cell cell : Notebook.read(file).cells()) {
            String code = cell.source().replaceAll("\"[^\"]*\"|//.*", "");
            assertFalse(LOGIC.matcher(code).find(), file + " " + cell.id() + ":\n" + cell.source());
            assertTrue(
                    code.lines().filter(line -> !line.startsWith("import ")).count() <= MOST_LINES,
                    file + " " + cell.id() + " is long");
        }
    }
}
