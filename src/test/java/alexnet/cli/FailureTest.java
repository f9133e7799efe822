package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Full disks, losses that are no numbers, and Ctrl-C: a sentence, an exit code, whole files. A full disk is played by a
 * limit on the size of files, which needs no privilege and fails in the same call.
 */
class FailureTest {
    private static final String CHECKPOINT = "step-0000000012.checkpoint.zip";

    @TempDir
    private static Path folder;

    private static Path data;

    private RunFolder run;

    @BeforeAll
    static void prepare() throws IOException {
        data = Small.prepared(folder, 18); // 45 for training: 12 steps, 138 kB
    }

    @BeforeEach
    void train(TestInfo test) throws IOException {
        String name = test.getTestMethod().orElseThrow().getName();
        Typed.train("--data", data, "--recipe", Small.recipe(folder), "--runs", folder, "--run", name, "--epochs", 1)
                .well();
        run = new RunFolder(folder.resolve(name));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "bash sets the limit")
    void preparationGoesOnWhenTheFullDiskHasRoomAgain() throws Exception {
        Path place = Files.createDirectory(folder.resolve("place"));
        Path out = place.resolve("out");
        Object[] args = {
            "--source", "folder:" + folder.resolve("pictures"), "--out", out, "--size", 32, "--hold-out", 0.16
        };
        String said = Child.startWithSmallFiles(folder.resolve("prepare.log"), 64, "Prepare", args)
                .ends(1);
        assertTrue(said.contains("Writing the prepared data for " + out + " failed: File too large ("), said);
        assertTrue(said.contains("Make room or mend what is wrong, then start the same command again"), said);
        assertEquals(List.of(".out.part"), names(place));
        Typed.prepare(args).well();
        assertEquals(List.of("out"), names(place));
        for (String file : names(data)) {
            assertArrayEquals(Files.readAllBytes(data.resolve(file)), Files.readAllBytes(out.resolve(file)), file);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "bash sets the limit")
    void fullDiskAtACheckpointLeavesTheOneBefore() throws Exception {
        byte[] before = Files.readAllBytes(run.checkpoints().resolve(CHECKPOINT));
        String said = Child.startWithSmallFiles(
                        folder.resolve("checkpoint.log"), 512, "Train", "--resume", run.path(), "--epochs", 2)
                .ends(1);
        assertTrue(said.contains("step-0000000024.checkpoint.zip cannot be written (File too large)"), said);
        assertTrue(said.contains("Mend that, then go on with --resume"), said);
        assertEquals(List.of(CHECKPOINT), names(run.checkpoints()));
        assertArrayEquals(before, Files.readAllBytes(run.checkpoints().resolve(CHECKPOINT)));
        Typed.train("--resume", run.path()).well();
        assertEquals(List.of(CHECKPOINT, "step-0000000024.checkpoint.zip"), names(run.checkpoints()));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "bash sets the limit")
    void fullDiskAtTheModelLeavesTheOneBefore() throws Exception {
        byte[] before = Files.readAllBytes(run.model());
        List<String> names = names(run.path());
        String said = Child.startWithSmallFiles(folder.resolve("model.log"), 128, "Train", "--resume", run.path())
                .ends(1);
        assertTrue(said.contains("Model " + run.model() + " cannot be written (File too large)"), said);
        assertTrue(said.contains("then --resume exports it"), said);
        assertArrayEquals(before, Files.readAllBytes(run.model()));
        assertEquals(names, names(run.path()));
    }

    @Test
    void lossThatIsNoNumberNamesStepAndLastGoodCheckpoint() throws IOException {
        Typed said = Typed.train(
                        "--resume",
                        run.path(),
                        "--epochs",
                        2,
                        "--set",
                        "training.plateau.rate=1.0e30",
                        "--set",
                        "training.plateau.biasRate=1.0e30")
                .failed(
                        1,
                        "The last good checkpoint is " + run.checkpoints().resolve(CHECKPOINT),
                        "--resume " + run.path() + " --set training.plateau.rate=1.0E29");
        assertTrue(
                said.err()
                        .matches("(Loss is (NaN|Infinity) at step \\d+ of epoch 2|Weights are no longer finite).*\\R"),
                said::err);
        assertEquals(List.of(CHECKPOINT), names(run.checkpoints()));
        Typed.train(
                        "--resume",
                        run.path(),
                        "--set",
                        "training.plateau.rate=0.001",
                        "--set",
                        "training.plateau.biasRate=0.001")
                .well();
    }

    @Test
    void parametersThatAreNoNumbersNeverBecomeACheckpoint() throws IOException {
        Typed.train(
                        "--resume",
                        run.path(),
                        "--epochs",
                        2,
                        "--checkpoint-every",
                        1,
                        "--set",
                        "training.plateau.rate=1.0e300")
                .failed(1, "Parameters are no longer finite after update 13", "The last good checkpoint is");
        assertEquals(List.of(CHECKPOINT), names(run.checkpoints()));
    }

    @Test
    void divergenceBeforeTheFirstCheckpointSaysSo() throws IOException {
        Typed.train(
                        "--data",
                        data,
                        "--recipe",
                        Small.recipe(folder),
                        "--runs",
                        folder,
                        "--run",
                        "diverged",
                        "--set",
                        "training.plateau.rate=1.0e30")
                .failed(1, "of epoch 1 (update ", "There is no checkpoint yet", "--set training.plateau.rate=1.0E29");
        assertFalse(Files.exists(folder.resolve("diverged/model.zip")));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
    void interruptedPreparationLeavesNothing() throws Exception {
        Path place = Files.createDirectory(folder.resolve("interrupted"));
        Path scenes = place.resolve("data/scenes");
        String said = Child.start(
                        place.resolve("log"), "Prepare", "--source", "scenes:2000", "--out", place.resolve("out"))
                .until(() -> Files.isDirectory(scenes) && scenes.toFile().list().length > 0)
                .interrupt()
                .ends(130);
        assertTrue(
                said.contains("Interrupted. Start the same command again to go on with " + place.resolve("out")), said);
        assertEquals(List.of(), names(scenes));
        assertEquals(List.of("data", "log"), names(place));
    }
}
