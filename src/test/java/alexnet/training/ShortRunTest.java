package alexnet.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.BundleReader;
import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.data.scenes.PreparedScenes;
import alexnet.data.scenes.Scenes;
import alexnet.run.RunException;
import alexnet.training.parallel.StepComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** Trainings in one call, and steps side by side, on four scenes of each class. */
class ShortRunTest {
    @TempDir
    private static Path folder;

    private static Path scenes;

    @BeforeAll
    static void draw() throws IOException {
        scenes = PreparedScenes.folder(folder, new Scenes.Size(4, 1, 1), 48);
    }

    private static Recipe recipe(String... more) {
        Map<String, String> all = new TreeMap<>(Map.of("training.batch", "10", "training.epochs", "2"));
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return Recipes.load("notebooks/small.yaml", all);
    }

    @Test
    void aRunThatIsThereIsNotMadeAgainAndAnotherRecipeMakesAnother() throws IOException {
        Path runs = folder.resolve("runs");
        ShortRun first = ShortRun.of(recipe(), scenes, runs);
        FileTime made = Files.getLastModifiedTime(first.model());
        ShortRun again = ShortRun.of(recipe(), scenes, runs);
        assertEquals(first.model(), again.model());
        assertEquals(made, Files.getLastModifiedTime(again.model()));
        ShortRun other = ShortRun.of(recipe("training.epochs", "0"), scenes, runs);
        assertFalse(other.model().equals(first.model()));
        assertFalse(BundleReader.read(first.model())
                .graph()
                .params()
                .equals(BundleReader.read(other.model()).graph().params()));
        try (var left = Files.list(runs)) {
            assertTrue(left.noneMatch(path -> path.getFileName().toString().startsWith(".")), "nothing unfinished");
        }
    }

    @Test
    void curvesHaveAPointForEachTenStepsAndForEachEpoch() {
        ShortRun run = ShortRun.of(recipe("training.batch", "2"), scenes, folder.resolve("curves"));
        assertArrayEquals(new double[] {0.5, 1, 1.5, 2}, run.trainingLoss(2)[0]);
        assertArrayEquals(new double[] {0.5, 1}, run.trainingLoss(1)[0]);
        assertArrayEquals(new double[] {1, 2}, run.validationError()[0]);
        assertEquals(run.validationError()[1][1], run.validationError(2));
        assertTrue(run.trainingError()[1][0] > 0);
    }

    @Test
    void aTrainingThatDivergedSaysSoAndHasNoModel() {
        ShortRun run = ShortRun.of(
                recipe("training.epochs", "20", "training.table.0.rate", "1.0e9"), scenes, folder.resolve("diverged"));
        assertTrue(run.diverged());
        assertTrue(assertThrows(RunException.class, run::model).getMessage().contains("diverged"));
    }

    @Test
    void sharedStepsAreThoseOfOneDeviceAndRareAveragesAreNot() {
        StepComparison steps = StepComparison.of(recipe("training.batch", "9"), scenes, 4, DataType.DOUBLE);
        var one = steps.oneDevice();
        assertTrue(one.equalDigits(steps.replicas(2)) >= 11);
        assertTrue(one.equalDigits(steps.averaged(2, 1)) >= 11, "shares of 5 and 4 pictures");
        assertTrue(one.equalDigits(steps.averaged(4, 1)) >= 11);
        assertTrue(one.equalDigits(steps.averaged(2, 4)) <= 3);
        assertEquals(4, one.distances(one)[1].length);
    }
}
