package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.run.MetricsLog;
import alexnet.run.RunFolder;
import alexnet.training.Checkpoint;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run that was killed or interrupted goes on as if nothing had happened, to the last bit. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
class ResumeTest {
    private static final int STEPS = 24; // 93 pictures in batches of 4
    private static final List<String> TIMES =
            List.of("imagesPerSecond", "dataWaitSeconds", "computeSeconds", "trainingSeconds");

    /** Predictions stay what they are at this rate, biases and velocity do not: dropped after the 3rd and the 5th epoch. */
    private static final String[] PLATEAU = {
        "--set", "training.plateau={rate: 1.0e-10, factor: 0.5, drops: 2, patience: 2}", "--epochs", "5"
    };

    /** A rate that teaches, lowered at the 3rd epoch. */
    private static final String[] TABLE = {
        "--set", "training.plateau=null", "--set",
        "training.table=[{epoch: 1, rate: 0.01, biasRate: 0.02}, {epoch: 3, rate: 0.001}]", "--epochs", "3"
    };

    @TempDir
    private static Path folder;

    private static Path data;
    private static Path recipe;

    @BeforeAll
    static void prepare() throws IOException {
        data = Small.prepared(folder, 37); // 3 × (31 for training, 6 for validation)
        recipe = Small.recipe(folder);
    }

    private static Child start(String name, String... schedule) throws IOException {
        List<Object> args = new ArrayList<>(
                List.of("--data", data, "--recipe", recipe, "--runs", folder, "--run", name, "--checkpoint-every", 10));
        args.addAll(List.of(schedule));
        return Child.start(folder.resolve(name + ".log"), "Train", args.toArray());
    }

    private static Child resume(String name) throws IOException {
        return Child.start(
                folder.resolve(name + "-resumed.log"),
                "Train",
                "--resume",
                folder.resolve(name),
                "--checkpoint-every",
                10);
    }

    private static RunFolder run(String name) {
        return new RunFolder(folder.resolve(name));
    }

    private static boolean reached(String name, int iteration) {
        return Files.isDirectory(run(name).checkpoints()) && newestIteration(name) >= iteration;
    }

    private static int newestIteration(String name) {
        return Checkpoint.newest(run(name).checkpoints())
                .map(file -> Integer.parseInt(file.getFileName().toString().replaceAll("\\D", "")))
                .orElse(-1);
    }

    @Test
    void killedWhileThePlateauRuleCountsGoesOnBitForBit() throws Exception {
        start("plateau", PLATEAU).ends(0);
        Child child = start("plateau-killed", PLATEAU);
        child.until(() -> reached("plateau-killed", 2 * STEPS + 10)).kill(); // in the 3rd epoch
        JsonNode state = state("plateau-killed");
        assertEquals(3, state.get("epoch").asInt(), "killed in the epoch wanted");
        assertTrue(state.get("batch").asInt() > 0, "in its middle");
        assertEquals(1, state.at("/patience/waited").asInt(), "the rule is waiting");
        assertEquals(0, state.at("/patience/drops").asInt());
        Path leftOver = Files.writeString(run("plateau-killed").checkpoints().resolve(".step.zip.0.part"), "half");
        resume("plateau-killed").ends(0);
        assertFalse(Files.exists(leftOver));
        assertEquals(2, state("plateau").at("/patience/drops").asInt(), "the rate was lowered after the kill");
        assertSame("plateau", "plateau-killed");
    }

    @Test
    void killedBeforeAScheduledDropGoesOnBitForBit() throws Exception {
        start("table", TABLE).ends(0);
        Child child = start("table-killed", TABLE);
        child.until(() -> reached("table-killed", STEPS + 10)).kill();
        assertEquals(2, state("table-killed").get("epoch").asInt(), "killed in the epoch wanted");
        resume("table-killed").ends(0);
        assertSame("table", "table-killed");

        // and the same by Ctrl-C, in the middle of ten steps that share a line of the log
        Child interrupted = start("table-interrupted", TABLE);
        String said = interrupted
                .until(() -> reached("table-interrupted", STEPS + 10))
                .interrupt()
                .ends(130);
        assertTrue(
                said.matches("(?s).*Interrupted at update \\d+\\. Go on with --resume .*table-interrupted\\R"), said);
        assertFalse(Files.exists(run("table-interrupted").model()));
        assertTrue(
                said.contains("update " + newestIteration("table-interrupted") + "."), "a checkpoint there: " + said);
        resume("table-interrupted").ends(0);
        assertSame("table", "table-interrupted");
    }

    private static JsonNode state(String name) throws IOException {
        return new JsonMapper()
                .readTree(entry(Checkpoint.newest(run(name).checkpoints()).orElseThrow(), "state.json"))
                .get("state");
    }

    private static byte[] entry(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getInputStream(zip.getEntry(name)).readAllBytes();
        }
    }

    private static void assertSame(String name, String other) throws IOException {
        Path one = Checkpoint.newest(run(name).checkpoints()).orElseThrow();
        Path two = Checkpoint.newest(run(other).checkpoints()).orElseThrow();
        assertEquals(one.getFileName(), two.getFileName());
        assertArrayEquals(entry(one, "parameters.f32"), entry(two, "parameters.f32"), "parameters");
        assertArrayEquals(entry(one, "velocity.f32"), entry(two, "velocity.f32"), "velocity");
        assertTrue(anyNonZero(entry(one, "velocity.f32")), "there is a velocity");
        ObjectNode oneState = (ObjectNode) new JsonMapper().readTree(entry(one, "state.json"));
        ObjectNode twoState = (ObjectNode) new JsonMapper().readTree(entry(two, "state.json"));
        ((ObjectNode) oneState.get("state")).remove("seconds");
        ((ObjectNode) twoState.get("state")).remove("seconds");
        assertEquals(oneState, twoState, "position, patience, random state");
        assertArrayEquals(
                entry(run(name).model(), "coefficients.bin"), entry(run(other).model(), "coefficients.bin"), "model");
        assertEquals(metrics(name), metrics(other));
        List<JsonNode> sittings = MetricsLog.read(run(other).metrics()).stream()
                .filter(ResumeTest::isSitting)
                .toList();
        assertFalse(sittings.isEmpty(), "where it went on is in the log");
        for (JsonNode sitting : sittings) {
            assertTrue(sitting.get("iteration").asInt() > STEPS, sitting::toString);
            assertTrue(sitting.at("/machine/processors").asInt() > 0, sitting::toString);
        }
        assertEquals(
                Files.readString(run(name).path().resolve("evaluation-val-1.json")),
                Files.readString(run(other).path().resolve("evaluation-val-1.json")));
        try (Stream<Path> files = Files.walk(run(other).path())) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".part")));
        }
    }

    private static boolean anyNonZero(byte[] bytes) {
        for (byte one : bytes) {
            if (one != 0) {
                return true;
            }
        }
        return false;
    }

    private static List<JsonNode> metrics(String name) throws IOException {
        List<JsonNode> lines = MetricsLog.read(run(name).metrics());
        lines.removeIf(ResumeTest::isSitting);
        lines.forEach(line -> ((ObjectNode) line).remove(TIMES));
        return lines;
    }

    private static boolean isSitting(JsonNode line) {
        return line.get("event").asText().equals("resume");
    }
}
