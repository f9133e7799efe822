package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole benchmarks of a small network. */
class BenchmarkCommandTest {
    private static final String PEERS = "alexnet.peers";
    private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

    @TempDir
    private static Path folder;

    private static Path recipe;
    private static Path data;

    @BeforeAll
    static void prepare() throws IOException {
        data = Small.prepared(folder, 6);
        recipe = Small.recipe(folder);
    }

    @AfterEach
    void noPeers() {
        System.clearProperty(PEERS);
    }

    private static Typed type(String work, Object... more) {
        Object[] first = {work, "--recipe", recipe, "--rounds", 1, "--seconds", 0, "--threads", 1, "--batches", 2};
        return Typed.type(
                new BenchmarkCommand(),
                Stream.of(first, more).flatMap(Arrays::stream).toArray());
    }

    private static JsonNode group(Path json, int group) throws IOException {
        return new JsonMapper()
                .readTree(Files.readAllBytes(json))
                .path("groups")
                .path(group);
    }

    private static JsonNode score(JsonNode group, String contender) {
        for (JsonNode score : group.path("scores")) {
            if (score.path("contender").asText().equals(contender)) {
                return score;
            }
        }
        throw new AssertionError("No " + contender + " in " + group);
    }

    private static double speed(JsonNode group, String contender) {
        return score(group, contender).at("/imagesPerSecond/median").asDouble();
    }

    @Test
    void aTrainingStepIsMeasuredAndItsTimeSplitByLayer() throws IOException {
        Path json = folder.resolve("step.json");
        Typed step = type("step", "--data", data, "--json", json).well();
        assertTrue(step.out().contains("mvn -Ppeers adds"), step::out);
        JsonNode group = group(json, 0);
        assertTrue(speed(group, "ours fp32") > 0, group::toString);
        assertTrue(score(group, "ours fp32").at("/turns/0/peakBytes").asLong() > 1 << 20 || !LINUX, group::toString);
        JsonNode turn = group.at("/splits/0/turn");
        double parts = 0;
        for (JsonNode part : turn.path("split")) {
            parts += part.path("forwardSeconds").asDouble()
                    + part.path("backwardSeconds").asDouble();
            assertTrue(step.out().contains(part.path("name").asText().replaceFirst("(?<=\\d)[ab]$", "")), step::out);
        }
        double whole = 0; // the parts are those of the mean iteration, within the time that is measured here
        for (JsonNode seconds : turn.path("seconds")) {
            whole += seconds.asDouble();
        }
        double mean = whole / turn.path("seconds").size();
        assertTrue(parts > 0 && parts <= mean * (1 + 1e-6), parts + " of " + mean);
        assertTrue(step.out().contains("data wait"), step::out);
    }

    @Test
    void aContenderThatDiesIsReportedAndTheOthersAreMeasured() throws IOException {
        System.setProperty(PEERS, folder.resolve("no-jars").toString());
        Path json = folder.resolve("inference.json");
        // stock normalisation fails where a layer has fewer maps than its window
        Typed inference = type("inference", "--set", "network.width=0.25", "--json", json)
                .failed(1, "libtorch fp32 at batch 2: exit code 1", "alexnet.bench.Libtorch", "mend the cause");
        JsonNode group = group(json, 0);
        double ratio = score(group, "Deeplearning4j as it comes")
                .at("/comparisons/0/faster/median")
                .asDouble();
        assertEquals(speed(group, "ours fp32") / speed(group, "Deeplearning4j as it comes"), ratio, 1e-9 * ratio);
        assertTrue(score(group, "libtorch fp32").path("imagesPerSecond").isNull());
        assertTrue(inference.out().contains("failed: exit code 1"), inference::out);
    }

    @Test
    void bothDataPathsAndThePackerAreMeasuredOnTheSamePictures() throws IOException {
        Path json = folder.resolve("pipeline.json");
        type("pipeline", "--pictures", folder.resolve("pictures"), "--json", json)
                .well();
        assertTrue(speed(group(json, 0), "ours") > 0);
        assertTrue(speed(group(json, 0), "DataVec as documented") > 0);
        assertTrue(speed(group(json, 1), "packing and statistics") > 0);
        assertTrue(speed(group(json, 2), "statistics") > 0);
        JsonNode machine = new JsonMapper().readTree(Files.readAllBytes(json)).path("machine");
        assertTrue(
                machine.path("cores").asInt() > 0 && machine.path("memoryBytes").asLong() > 0, machine::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--batches 0 | --batches is [0] | numbers of 1 or more",
                "--rounds 0 | --rounds, --seconds, --limit and --threads are 0 | Correct them",
                "--limit 0 | 0.0 and 0 | above 0",
                "--threads 100000 | 100000 | 0 to",
                "--contenders torch | torch | OURS, DL4J, LIBTORCH",
                "--recipe papr | neither built in nor a file | Did you mean 'paper'?",
            })
    void badUsageIsToldInASentence(String words, String found, String expected) {
        Typed.type(new BenchmarkCommand(), (Object[]) ("step " + words).split(" "))
                .failed(2, found, expected);
    }

    @Test
    void theCommandNeedsToBeToldWhatToMeasure() {
        Typed.type(new BenchmarkCommand()).failed(2, "Missing required subcommand");
    }

    @Test
    void dataOfAnotherSizeIsRefused() {
        Typed.type(new BenchmarkCommand(), "step", "--data", data)
                .failed(2, "holds squares of 32 pixels, recipe paper expects 256");
    }
}
