package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.notebooks.Notebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The notebooks, executed by Jupyter with the Java kernel. */
@Tag("notebooks")
class NotebooksTest {
    private static final String CELLS = """
            {"nbformat": 4, "nbformat_minor": 5,
             "metadata": {"kernelspec": {"name": "alexnet", "display_name": "AlexNet (Java)", "language": "java"}},
             "cells": [
              {"cell_type": "code", "id": "sum", "metadata": {}, "execution_count": null, "source": "%s", "outputs": [%s]},
              {"cell_type": "code", "id": "square", "metadata": {}, "execution_count": null,
               "source": "new java.awt.image.BufferedImage(8, 8, 1)", "outputs": [%s]}]}
            """;

    @TempDir
    private Path folder;

    static List<Path> notebooks() {
        return Notebook.list(Path.of("notebooks"));
    }

    private Path written(String code, String sum, String square) throws IOException {
        return Files.writeString(folder.resolve("small.ipynb"), CELLS.formatted(code, sum, square));
    }

    private static String gives(String type, String content) {
        return "{\"output_type\": \"execute_result\", \"execution_count\": 1, \"metadata\": {}, \"data\": {\"" + type
                + "\": \"" + content + "\"}}";
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void givesWhatItHolds(Path file) {
        String said = Typed.type(new NotebooksCommand(), "run", file).well().out();
        assertTrue(said.contains("All 1 notebooks give what they hold."), said);
    }

    @Test
    void anotherNumberIsNoticedAndKeptOnRequest() throws IOException {
        Path file = written("40 + 2", gives("text/html", "41"), gives("image/png", ""));
        Typed.type(new NotebooksCommand(), "run", file).failed(1, "");
        String said = Typed.type(new NotebooksCommand(), "run", file).out();
        assertTrue(said.contains("cell sum: number 1 is 42, committed was 41"), said);
        assertTrue(Files.readString(file).contains("41"), "the file is left alone");
        Typed.type(new NotebooksCommand(), "run", "--write", file).well();
        assertEquals("42", Notebook.read(file).cells().get(0).outputs().get(0).text());
        Typed.type(new NotebooksCommand(), "run", file).well();
    }

    @Test
    void aCellThatFailsIsNoticedAndNeverKept() throws IOException {
        Path file = written("1 / 0", gives("text/html", "1"), gives("image/png", ""));
        String said = Typed.type(new NotebooksCommand(), "run", "--write", file).out();
        assertTrue(said.contains("cell sum gave an error"), said);
        assertTrue(said.contains("1 of 1 notebooks do not give what they hold"), said);
        assertEquals("1", Notebook.read(file).cells().get(0).outputs().get(0).text());
    }

    @Test
    void aNotebookThatWasNeverExecutedIsNoticed() throws IOException {
        Path file = written("40 + 2", "", "");
        Typed never = Typed.type(new NotebooksCommand(), "run", file);
        assertEquals(1, never.code());
        assertTrue(never.out().contains("cell sum gave [text/html], committed were []"), never.out());
    }

    @Test
    void withoutTheKernelTheMissingOptionIsNamed() throws IOException {
        Path file = written("1", "", "");
        Typed.type(new NotebooksCommand(), "--kernel", folder.resolve("none.jar"), "run", file)
                .failed(1, "is not there", "Add -Pnotebooks");
        Typed.type(new NotebooksCommand(), "--folder", folder.resolve("nowhere"), "run")
                .failed(2, "cannot be read");
    }
}
