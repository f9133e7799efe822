package alexnet.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionFilesTest {
    private static final List<String> CLASSES = List.of("amber", "birch, white", "cedar", "dill", "elm", "fern");

    @TempDir
    Path folder;

    private MemorySet set;
    private PredictionFiles files;

    /** Four pictures of six classes: right, wrong, without a label, and damaged. */
    @BeforeEach
    void measured() {
        set = new MemorySet(new int[] {1, 0, -1, 2});
        set.numbers.addAll(List.of(42, 7, 999, 1, 500, 13));
        Tally tally = new Tally(set, CLASSES);
        tally.add(0, new double[] {0.125, 0.5, 0.0625, 0.03125, 0.25, 0.03125});
        tally.add(1, new double[] {0.25, 0.5, 0.125, 0.0625, 0.046875, 0.015625});
        tally.add(2, new double[] {0, 0.125, 0, 0.25, 0.5, 0.125});
        files = new PredictionFiles(
                new Measurement(set, 1, CLASSES, List.of(), null, tally, Map.of(3, "the file is empty")));
    }

    @Test
    void predictionsHaveALineForEachPictureEvenADamagedOne() throws IOException {
        files.predictions(folder.resolve("predictions.csv"));
        List<String> lines =
                Files.readString(folder.resolve("predictions.csv")).lines().toList();
        assertEquals(
                "picture,class,guess1,probability1,guess2,probability2,guess3,probability3,guess4,probability4,"
                        + "guess5,probability5,damage",
                lines.get(0));
        assertEquals(
                "\"folder, \"\"one\"\"/0.jpg\",\"birch, white\",\"birch, white\",0.500000,elm,0.250000,amber,0.125000,"
                        + "cedar,0.0625000,dill,0.0312500,",
                lines.get(1));
        assertTrue(lines.get(3).startsWith("\"folder, \"\"one\"\"/2.jpg\",,elm,0.500000,dill,0.250000,"), lines.get(3));
        assertEquals("\"folder, \"\"one\"\"/3.jpg\",cedar,,,,,,,,,,,the file is empty", lines.get(4));
        assertEquals(5, lines.size());
    }

    @Test
    void aSubmissionHasTheNumbersOfFiveClassesALineAndZerosForWhatIsMissing() throws IOException {
        set.order.clear();
        set.order.addAll(List.of(2, 0, -1, 1, 3)); // the third was left out when the pictures were prepared
        files.submission(folder.resolve("submission.txt"));
        assertEquals(
                List.of("500 1 7 13 42", "7 500 42 999 1", "0 0 0 0 0", "7 42 999 1 500", "0 0 0 0 0"),
                Files.readAllLines(folder.resolve("submission.txt")));
    }

    @Test
    void classesAndConfusionsAreTables() throws IOException {
        files.classes(folder.resolve("classes.csv"));
        List<String> classes = Files.readAllLines(folder.resolve("classes.csv"));
        assertEquals("class,pictures,wrong1,wrong5,top1,top1Low,top1High,top5,top5Low,top5High", classes.get(0));
        assertTrue(classes.get(1).startsWith("amber,1,1,0,1.00000,0.206549,1.00000,0.00000,"), classes.get(1));
        assertEquals(3, classes.size());
        files.confusions(folder.resolve("confusions.csv"));
        assertEquals(
                List.of("class,guess,pictures", "amber,\"birch, white\",1"),
                Files.readAllLines(folder.resolve("confusions.csv")));
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        RunException e = assertThrows(RunException.class, () -> files.submission(file.resolve("x.txt")));
        assertTrue(
                e.getMessage().startsWith("Table " + file.resolve("x.txt") + " cannot be written ("), e.getMessage());
    }
}
