package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.run.MetricsLog;
import alexnet.run.RunFolder;
import alexnet.training.Checkpoint;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --resume} does not accept, and what it does with what it accepts. */
class ResumeRefusalTest {
    @TempDir
    private static Path folder;

    private static Path data;
    private static Path original;

    private RunFolder run;

    @BeforeAll
    static void train() throws IOException {
        data = Small.prepared(folder, 18); // 45 for training: 12 steps
        Typed.train("--data", data, "--recipe", Small.recipe(folder), "--runs", folder, "--run", "original")
                .well();
        original = folder.resolve("original");
    }

    @BeforeEach
    void copy(TestInfo test) throws IOException {
        Path target = folder.resolve(test.getTestMethod().orElseThrow().getName());
        try (var files = Files.walk(original)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(original.relativize(file)));
            }
        }
        run = new RunFolder(target);
    }

    private Typed resume(Object... more) {
        Object[] args = new Object[more.length + 2];
        args[0] = "--resume";
        args[1] = run.path();
        System.arraycopy(more, 0, args, 2, more.length);
        return Typed.train(args);
    }

    private Path newest() {
        return Checkpoint.newest(run.checkpoints()).orElseThrow();
    }

    /** Rewrites the newest checkpoint, entry by entry; null leaves an entry out. */
    private void rewrite(String name, UnaryOperator<byte[]> change) throws IOException {
        Path changed = folder.resolve("changed.zip");
        try (ZipFile zip = new ZipFile(newest().toFile());
                OutputStream file = Files.newOutputStream(changed);
                ZipOutputStream out = new ZipOutputStream(file)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                bytes = entry.getName().equals(name) ? change.apply(bytes) : bytes;
                if (bytes != null) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(bytes);
                }
            }
        }
        Files.delete(Path.of(newest().toString()).resolveSibling("step-0000000012.checkpoint.zip"));
        Files.move(changed, newest(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void finishedRunIsExportedAndMeasuredAgainAndNothingElse() throws IOException {
        byte[] checkpoint = Files.readAllBytes(newest());
        String metrics = Files.readString(run.metrics());
        Files.delete(run.model());
        Files.delete(run.path().resolve("evaluation-val-1.json"));
        resume().well();
        assertArrayEquals(checkpoint, Files.readAllBytes(newest()));
        assertEquals(metrics, Files.readString(run.metrics()));
        try (ZipFile now = new ZipFile(run.model().toFile());
                ZipFile before = new ZipFile(original.resolve("model.zip").toFile())) {
            assertEquals(
                    before.getEntry("coefficients.bin").getCrc(),
                    now.getEntry("coefficients.bin").getCrc());
        }
        assertEquals(
                Files.readString(original.resolve("evaluation-val-1.json")),
                Files.readString(run.path().resolve("evaluation-val-1.json")));
    }

    @Test
    void changedScheduleWorksIsLoggedAndStays() throws IOException {
        Typed said =
                resume("--epochs", 3, "--set", "training.plateau.rate=0.002").well();
        String changes = "training.epochs: 2 → 3; training.plateau.rate: 0.01 → 0.002";
        assertTrue(said.out().contains("Changed: " + changes), said::out);
        List<JsonNode> lines = MetricsLog.read(run.metrics());
        JsonNode change = lines.get(6);
        assertEquals("recipe", change.get("event").asText());
        assertEquals(24, change.get("iteration").asInt());
        assertEquals("training.epochs: 2 → 3", change.at("/changes/0").asText());
        JsonNode epoch = lines.get(lines.size() - 1);
        assertEquals(3, epoch.get("epoch").asInt());
        assertEquals(0.002, epoch.get("rate").asDouble());
        assertEquals(3, run.recipe().training().epochs(), "the run goes by it from now on");
        String after = Files.readString(run.metrics());
        assertFalse(resume().well().out().contains("Changed"));
        assertEquals(after, Files.readString(run.metrics()));
    }

    @Test
    void otherArchitectureIsRefusedAndTheDifferenceNamed() throws IOException {
        String before = Files.readString(run.recipeFile());
        resume("--set", "network.width=0.1", "--set", "augmentation.crop=24")
                .failed(
                        2,
                        "another architecture",
                        "network.width: 0.05 → 0.1",
                        "augmentation.crop: 28 → 24",
                        "new run");
        assertEquals(before, Files.readString(run.recipeFile()));
    }

    @Test
    void optionsThatContradictResumingAreRefused() {
        resume("--recipe", "paper").failed(2, "--resume was given with", "--recipe", "Leave the other out");
        resume("--run", "other").failed(2, "--resume was given with");
        resume("--init-from", run.model()).failed(2, "--resume was given with --init-from");
    }

    @Test
    void checkpointWithoutVelocityIsRefused() throws IOException {
        rewrite("velocity.f32", bytes -> null);
        resume().failed(1, newest().toString(), "has no velocity.f32", "Delete it");
    }

    @Test
    void checkpointWithAFlippedBitIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(newest());
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest(), bytes);
        resume().failed(1, newest().toString(), "is damaged", "checksum", "Delete it");
    }

    @Test
    void checkpointOfTooFewParametersIsRefused() throws IOException {
        rewrite("parameters.f32", bytes -> java.util.Arrays.copyOf(bytes, bytes.length - 4));
        resume().failed(1, "is damaged", "ends before", "Delete it");
    }

    @Test
    void truncatedCheckpointIsRefusedAndTheOneBeforeServes() throws IOException {
        byte[] bytes = Files.readAllBytes(newest());
        Files.write(newest(), java.util.Arrays.copyOf(bytes, bytes.length - 100));
        Path damaged = newest();
        resume().failed(1, damaged.toString(), "is damaged", "Delete it, then --resume goes on from the one before");
        Files.delete(damaged);
        resume().well();
        assertEquals(damaged, newest());
        assertArrayEquals(
                Files.readAllLines(original.resolve("evaluation-val-1.json")).toArray(),
                Files.readAllLines(run.path().resolve("evaluation-val-1.json")).toArray());
    }

    @Test
    void otherDataIsRefused() throws IOException {
        Path other = Small.prepared(folder.resolve("other"), 7);
        resume("--data", other).failed(1, "belongs to data", "Resume with the data that the run began with");
    }

    @Test
    void checkpointOfAnotherArchitectureIsRefused() throws IOException {
        rewrite(
                "state.json",
                bytes -> new String(bytes).replace("width: 0.05", "width: 0.06").getBytes());
        resume().failed(1, "another architecture", "Resume without changes to network");
    }

    @Test
    void runKilledBeforeItsFirstCheckpointCannotGoOn() throws IOException {
        for (String step : List.of("12", "24")) {
            Files.delete(run.checkpoints().resolve("step-00000000" + step + ".checkpoint.zip"));
        }
        resume().failed(2, "has no checkpoint yet", "start the run again");
    }

    @Test
    void folderThatIsNoRunIsRefused() {
        Typed.train("--resume", data).failed(2, "holds no recipe.yaml", "expected a run's folder");
        Typed.train("--resume", folder.resolve("nowhere")).failed(2, "holds no recipe.yaml");
    }

    @Test
    void runThatAnotherProgramIsTrainingIsRefused() throws IOException {
        try (FileChannel channel = FileChannel.open(
                        run.path().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertTrue(lock.isValid());
            resume().failed(2, "is in use", "Wait for that one");
        }
        resume().well();
    }

    @Test
    void dataIsFoundFromAnyFolderAndNamedWhenItIsGone() throws IOException {
        assertFalse(Path.of(Files.readString(run.path().resolve("data.txt")).strip())
                .isAbsolute());
        assertTrue(Files.isSameFile(data, run.data()));
        Files.writeString(run.path().resolve("data.txt"), "../gone\n");
        resume().failed(2, "No prepared data at " + folder.toRealPath().resolve("gone"));
        resume("--data", data).well();
    }

    @Test
    void batchOrSeedChangedWithinAnEpochIsRefused() throws IOException {
        rewrite(
                "state.json",
                bytes -> new String(bytes)
                        .replace("\"epoch\":3,\"batch\":0", "\"epoch\":2,\"batch\":12")
                        .getBytes());
        resume("--batch", 5).failed(2, "in the middle of epoch 2", "expected batch 4", "Resume without");
        resume("--seed", 5).failed(2, "in the middle of epoch 2", "seed 5");
    }
}
