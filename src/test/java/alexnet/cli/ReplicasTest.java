package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.run.RunFolder;
import alexnet.training.Checkpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code Train --replicas}, as it is typed. */
@Timeout(300)
class ReplicasTest {
    /**
     * Two towers with dropout and normalisation, and no step where rounding chooses a side: at the bend of a ReLU, or
     * between two equal values of a pool, the last digit decides where a gradient goes, and in one run of three some
     * parameter is a thousandth off after 48 updates, whatever the replicas do.
     */
    private static final String SMOOTH = """
            extends: cifar10-towers
            name: smooth
            about: Two narrow towers of smooth functions.
            network:
              width: 0.05
              conv:
                conv1: {stride: 2, then: [tanh, lrn]}
                conv2: {stride: 2, then: [tanh, lrn]}
                conv3: {then: [tanh]}
                conv4: {then: [tanh]}
                conv5: {stride: 2, then: [tanh]}
              dense:
                fc6: {activation: tanh}
                fc7: {activation: tanh}
            training:
              batch: 4
              epochs: 2
              plateau: {rate: 0.01, factor: 0.1, drops: 2, patience: 3}
              table: null
            """;

    @TempDir
    private static Path folder;

    private static Path data;
    private static Path recipe;

    @BeforeAll
    static void prepare() throws IOException {
        data = Small.prepared(folder, 37); // 24 steps, the last with one picture
        recipe = Files.writeString(folder.resolve("smooth.yaml"), SMOOTH);
    }

    private static Child start(String name, int replicas) throws IOException {
        List<Object> args = new ArrayList<>(List.of("--data", data, "--recipe", recipe, "--runs", folder));
        args.addAll(List.of("--run", name, "--replicas", replicas, "--checkpoint-every", 3, "--epochs", 2));
        return Child.start(folder.resolve(name + ".log"), "Train", args.toArray());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
    void interruptedReplicasGoOnToTheSameEndWhichIsThatOfOne() throws Exception {
        start("one", 1).ends(0);
        String said = start("two", 2).ends(0);
        assertTrue(said.contains("Device: CPU, "), said);
        assertTrue(said.contains("2 replicas share each batch of 4 pictures"), said);
        Path checkpoints = folder.resolve("stopped/checkpoints");
        String stopped = start("stopped", 2)
                .until(() -> Files.isDirectory(checkpoints)
                        && Checkpoint.newest(checkpoints).isPresent())
                .interrupt()
                .ends(130);
        assertTrue(stopped.contains("Go on with --resume"), stopped);
        assertFalse(Files.exists(folder.resolve("stopped/model.zip")));
        Child.start(folder.resolve("resumed.log"), "Train", "--resume", folder.resolve("stopped"), "--replicas", 2)
                .ends(0);
        for (String array : List.of("parameters.f32", "velocity.f32")) {
            assertArrayEquals(entry("two", array), entry("stopped", array), array);
            FloatBuffer one = floats(entry("one", array));
            FloatBuffer two = floats(entry("two", array));
            double largest = 0;
            double difference = 0;
            for (int i = 0; i < one.limit(); i++) {
                largest = Math.max(largest, Math.abs(one.get(i)));
                difference = Math.max(difference, Math.abs(one.get(i) - two.get(i)));
            }
            assertTrue(difference < 1e-5 * largest, array + " differ by " + difference + " of " + largest);
        }
        String provenance = Files.readString(new RunFolder(folder.resolve("two")).provenance());
        assertTrue(provenance.contains("\"replicas\" : \"2\""), provenance);
    }

    @Test
    void replicasThatWouldHaveNoPictureAreRefused() {
        for (int replicas : new int[] {-1, 0, 5}) {
            Typed.train("--data", data, "--recipe", recipe, "--runs", folder, "--replicas", replicas)
                    .failed(2, "Option --replicas is " + replicas + ", expected 1 to 4", "raise --batch");
        }
        assertFalse(Files.exists(folder.resolve("smooth")));
    }

    @Test
    void withoutTheOptionThereIsOneForEachDevice() {
        Typed said = Typed.train(
                        "--data", data, "--recipe", recipe, "--runs", folder, "--run", "default", "--epochs", 0)
                .well();
        assertFalse(said.out().contains("replicas"), said::out);
        assertEquals(
                1, said.out().lines().filter(line -> line.startsWith("Device")).count(), said::out);
    }

    private static byte[] entry(String run, String name) throws IOException {
        Path file =
                Checkpoint.newest(folder.resolve(run).resolve("checkpoints")).orElseThrow();
        assertTrue(file.toString().contains("step-0000000048"), file::toString);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getInputStream(zip.getEntry(name)).readAllBytes();
        }
    }

    private static FloatBuffer floats(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
