package alexnet.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTableTest {
    @Test
    void theReadmeShowsTheTablesThatTheProgramMakesFromTheLogs() throws IOException {
        assertEquals(ResultsTable.of(Path.of("results")), inReadme("results"));
        assertEquals(Claims.of(Path.of("results")), inReadme("claims"));
    }

    private static String inReadme(String name) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String begin = "<!-- " + name + " -->\n";
        return readme.substring(readme.indexOf(begin) + begin.length(), readme.indexOf("<!-- /" + name + " -->"));
    }

    @Test
    void theReportIsTheOneThatTheProgramMakesFromTheLogs(@TempDir Path folder) throws IOException {
        Path results = Path.of("results");
        Report.of(List.of(), results).writeMarkdown(folder.resolve("report.md"));
        assertEquals(Files.readString(folder.resolve("report.md")), Files.readString(results.resolve("report.md")));
        assertEquals(names(folder.resolve("report-plots")), names(results.resolve("report-plots")));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aRowIsReadFromTheLogs(@TempDir Path folder) throws IOException {
        Path run = Files.createDirectories(folder.resolve("one"));
        Files.writeString(
                run.resolve("evaluation-test-1.json"),
                "{\"recipe\":\"demo\",\"top1Error\":0.125,\"top5Error\":0.01,\"images\":8}");
        Files.writeString(run.resolve("provenance.json"), "{\"commit\":\"0123456789abcdef\"}");
        Files.writeString(
                run.resolve("metrics.jsonl"),
                "{\"event\":\"step\",\"imagesPerSecond\":10}\n{\"event\":\"step\",\"imagesPerSecond\":30}\n"
                        + "{\"event\":\"step\",\"imagesPerSecond\":20}\n{\"event\":\"epoch\",\"trainingSeconds\":90}\n");
        String table = ResultsTable.of(folder);
        assertTrue(table.endsWith("| one | demo | 12.50 % | 1.00 % | 8 | 1 | 1.5 min | 20 | 01234567 |\n"), table);
    }

    @Test
    void aFolderWithoutRunsIsRefused(@TempDir Path folder) {
        String message = assertThrows(UsageException.class, () -> ResultsTable.of(folder))
                .getMessage();
        assertTrue(message.contains("expected folders with evaluation-test-1.json"), message);
    }
}
