package alexnet.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.ModelBundle;
import alexnet.bundle.SmallModels;
import alexnet.config.Precision;
import alexnet.data.ImageSource;
import alexnet.data.Preparation;
import alexnet.data.PreparedData;
import alexnet.data.Store;
import alexnet.data.archive.SmallIlsvrc;
import alexnet.image.ImageLimits;
import alexnet.run.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a submission needs, from archives like those of the challenge. */
class ChallengeOrderTest {
    private static final int SIZE = SmallModels.SIZE;
    private static final int DAMAGED = 4;

    @TempDir
    private static Path folder;

    private static SmallIlsvrc drawn;
    private static PreparedData data;

    @BeforeAll
    static void prepare() throws IOException {
        drawn = SmallIlsvrc.draw(2012, folder, 5);
        drawn.damageValidation(DAMAGED);
        Path out = folder.resolve("prepared");
        Path archives = drawn.write(folder.resolve("archives"));
        drawn.writeTest(archives);
        Preparation.run(
                drawn.source(archives),
                out,
                new Preparation.Options(SIZE, Store.RAW, 2, ImageLimits.COLLECTION),
                Progress.SILENT);
        assertTrue(Files.exists(out.resolve("class-numbers.txt")));
        data = PreparedData.open(out);
    }

    @AfterAll
    static void close() {
        data.close();
    }

    private static Measurement measure(String split) throws IOException {
        var recipe = SmallModels.recipe("paper");
        Path zip = folder.resolve("model.zip");
        ModelBundle.of(
                        SmallModels.training(recipe, data.classes().size(), 3),
                        recipe,
                        data.classes(),
                        data.mean(),
                        "{}")
                .write(zip);
        PreparedSet set = PreparedSet.of(data, split, data.classes(), SIZE);
        return Nets.open(List.of(zip), Precision.FP32).measure(set, true, null, Progress.SILENT);
    }

    /** As the kit's own program counts: one class a picture, and a picture is right if its number is on its line. */
    @Test
    void theChallengesOwnRuleFindsOurErrorInTheSubmission() throws IOException {
        Measurement found = measure("val");
        Path file = folder.resolve("submission.txt");
        new PredictionFiles(found).submission(file);
        List<String> lines = Files.readAllLines(file);
        assertEquals(drawn.validationIds().size(), lines.size());
        int wrong = 0;
        for (int i = 0; i < lines.size(); i++) {
            List<String> numbers = List.of(lines.get(i).split(" "));
            assertEquals(5, numbers.size());
            wrong += numbers.contains(drawn.validationIds().get(i).toString()) ? 0 : 1;
        }
        assertEquals("0 0 0 0 0", lines.get(DAMAGED - 1));
        assertEquals(found.tally().all().wrong5() + 1, wrong, "and the damaged picture is wrong");
        assertTrue(wrong > 1 && wrong < lines.size(), wrong + " are wrong");
    }

    @Test
    void picturesWhoseLabelsWereNeverPublishedAreGuessed() throws IOException {
        Measurement found = measure(ImageSource.UNLABELLED);
        assertFalse(found.pictures().isLabelled());
        assertEquals(0, found.tally().all().images());
        Path file = folder.resolve("unlabelled.txt");
        new PredictionFiles(found).submission(file);
        List<String> lines = Files.readAllLines(file);
        assertEquals(10, lines.size());
        assertTrue(lines.stream().allMatch(line -> line.matches("([1-9]|10)( ([1-9]|10)){4}")), lines::toString);
    }

    @Test
    void linesFollowTheNumbersOfThePicturesAndAPictureInQuarantineKeepsItsLine() {
        PreparedSet set = PreparedSet.of(data, "val", data.classes(), SIZE);
        List<Integer> order = set.order();
        assertEquals(10, order.size());
        for (int line = 0; line < order.size(); line++) {
            int picture = order.get(line);
            if (line == DAMAGED - 1) {
                assertEquals(-1, picture);
            } else {
                assertTrue(set.key(picture).endsWith("_%08d.JPEG".formatted(line + 1)), set.key(picture));
            }
        }
        assertEquals(1, set.leftOut());
        assertTrue(
                set.notes().get(0).startsWith("Not counted, since damaged or missing when val was prepared: 1."),
                set.notes()::toString);
        for (int label = 0; label < data.classes().size(); label++) {
            String wnid = data.classes().get(label).split(" ")[0];
            assertEquals(SmallIlsvrc.idOf(wnid), set.classNumbers().get(label));
        }
        assertNotEquals(IntStream.rangeClosed(1, 10).boxed().toList(), set.classNumbers(), "the kit has another order");
    }
}
