package alexnet.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading notebooks, and telling where an executed one differs from the committed one. */
class NotebookTest {
    private static final String PICTURE = "image/png";

    @TempDir
    private Path folder;

    private Notebook read(Written notebook) throws IOException {
        return Notebook.read(notebook.to(Files.createTempFile(folder, "a", ".ipynb")));
    }

    private List<String> differences(Written committed, Written executed) throws IOException {
        return Differences.of(read(committed), read(executed));
    }

    private static Written saying(String text) {
        return new Written().text("# 7 things").code("one", "1 + 1").gave("text/html", text);
    }

    @Test
    void cellsOutputsAndPicturesAreRead() throws IOException {
        Notebook notebook = read(new Written()
                .text("about")
                .code("first", "import a.*;\n")
                .code("second", "x")
                .tolerance(0.25)
                .printed("stdout", "a\n", "b\n")
                .gave(PICTURE, "iVBOR"));
        assertEquals(2, notebook.cells().size(), "text is not a cell with code");
        Notebook.Cell second = notebook.cells().get(1);
        assertEquals("second", second.id());
        assertEquals(0.25, second.tolerance());
        assertEquals(
                List.of(new Notebook.Output("stdout", "a\nb\n"), new Notebook.Output(PICTURE, "")), second.outputs());
        assertEquals(1, notebook.pictures());
        assertEquals(List.of(), notebook.faults());
    }

    @Test
    void anErrorAWarningAndANotebookWithoutOutputOrPictureAreFaults() throws IOException {
        assertEquals(
                List.of("no cell has an output"),
                read(new Written().code("a", "1")).faults());
        assertEquals(List.of("no cell shows a picture"), read(saying("2")).faults());
        assertEquals(
                List.of("cell a gave an error: EvalException: broken", "no cell shows a picture"),
                read(new Written().code("a", "1").failed("EvalException", "broken"))
                        .faults());
        assertEquals(
                List.of("cell a gave a warning: careful"),
                read(new Written().code("a", "1").printed("stderr", "careful\n").gave(PICTURE, ""))
                        .faults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loss 1.25 nats | loss 1.25 nats | true",
                "loss 1.25 nats | loss 1.26 nats | true",
                "loss 1.25 nats | loss 1.24 nats | true",
                "loss 1.25 nats | loss 1.27 nats | false",
                "loss 1.25 nats | loss 1.25 bits | false",
                "loss -1.25     | loss 1.25      | false",
                "5 cats         | 6 cats         | false",
                "60,965,224     | 60,965,225     | false",
                "60,965,224     | 60,965,224     | true",
                "2.50e-05       | 2.51e-05       | true",
                "2.50e-05       | 2.52e-05       | false",
                "2.50e-05       | 2.50e-04       | false",
                "conv1 3        | conv2 3        | false",
                "1 2            | 1 2 3          | false",
                "NaN            | 1.0            | false"
            })
    void numbersMayDifferByOneInTheLastPlaceAndTextNotAtAll(String committed, String executed, boolean same)
            throws IOException {
        assertEquals(same, differences(saying(committed), saying(executed)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"12.0, 13.1, true", "12.0, 13.3, false", "0.05, 0.14, true", "0.05, 0.17, false", "100, 109, true"})
    void aTolerancePermitsThatShareOrThatDifference(String committed, String executed, boolean same)
            throws IOException {
        assertEquals(
                same,
                differences(saying(committed).tolerance(0.1), saying(executed)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "2.0, 4.0, true",
        "2.0, 1.0, true",
        "2.0, 4.1, false",
        "2.0, 0.9, false",
        "-2.0, -4.0, true",
        "2.0, -2.0, false",
        "2.0, 0.0, false",
        "0.0, 0.0, true",
        "0.0, 0.1, true",
        "0.0, 0.2, false",
        "0.9, 1.0, true",
        "3, 6, true",
        "3, 7, false"
    })
    void aFactorPermitsWhatIsThatManyTimesAsLargeOrAsSmall(String committed, String executed, boolean same)
            throws IOException {
        assertEquals(
                same, differences(saying(committed).factor(2), saying(executed)).isEmpty());
    }

    @Test
    void outputsThatAreMissingNewOrOfAnotherKindAreNamed() throws IOException {
        Written both = saying("2").gave(PICTURE, "");
        assertEquals(
                List.of("cell one gave [text/html], committed were [text/html, image/png]"),
                differences(both, saying("2")));
        assertEquals(
                List.of("cell one gave [stdout], committed were [text/html]"),
                differences(saying("2"), new Written().code("one", "").printed("stdout", "2")));
        assertEquals(
                List.of("it has 2 cells with code, committed were 1"),
                differences(saying("2"), saying("2").code("two", "")));
        assertEquals(
                List.of("cell one: number 2 is 5, committed was 4"), differences(saying("3 and 4"), saying("3 and 5")));
    }

    @Test
    void howPrintedTextIsCutIntoPiecesDoesNotMatter() throws IOException {
        Written pieces = new Written().code("a", "").printed("stdout", "a\n").printed("stdout", "b\n");
        assertEquals(List.of(), differences(pieces, new Written().code("a", "").printed("stdout", "a\n", "b\n")));
    }

    @Test
    void whatIsKeptHasNoTimesAndIsReadTheSame() throws IOException {
        Path executed = saying("2").gave(PICTURE, "").to(folder.resolve("executed.ipynb"));
        String text = Files.readString(executed)
                .replaceFirst("\"metadata\" : \\{ *}", "\"metadata\": {\"execution\": {\"started\": \"now\"}}");
        assertTrue(text.contains("started"), text);
        Files.writeString(executed, text);
        Path kept = folder.resolve("kept.ipynb");
        Notebook.keep(executed, kept);
        assertFalse(Files.readString(kept).contains("execution\""), Files.readString(kept));
        assertTrue(Files.readString(kept).contains("\"name\": \"alexnet\""), Files.readString(kept));
        assertEquals(Notebook.read(executed).cells(), Notebook.read(kept).cells());
        Notebook.keep(kept, executed);
        assertEquals(Files.readString(kept), Files.readString(executed), "keeping again changes nothing");
    }

    @Test
    void whatIsNoNotebookIsRefused() throws IOException {
        Path other = Files.writeString(folder.resolve("a.ipynb"), "{\"nbformat\": 3}");
        assertTrue(assertThrows(UsageException.class, () -> Notebook.read(other))
                .getMessage()
                .contains("format 3, expected 4"));
        Files.writeString(other, "print(1)");
        assertThrows(UsageException.class, () -> Notebook.read(other));
        assertEquals(List.of(other), Notebook.list(folder));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThrows(UsageException.class, () -> Notebook.list(empty));
        assertThrows(UsageException.class, () -> Notebook.list(folder.resolve("nowhere")));
    }
}
