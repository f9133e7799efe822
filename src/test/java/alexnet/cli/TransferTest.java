package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.BundleReader;
import alexnet.bundle.ModelBundle;
import alexnet.run.MetricsLog;
import alexnet.run.RunFolder;
import alexnet.training.Checkpoint;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a model of three classes to one of ten: what is taken, what stays, and what a resumed run still knows. */
class TransferTest {
    private static final String[] FINE_TUNED = {
        "--freeze",
        "conv1,conv3",
        "--set",
        "training.plateau=null",
        "--set",
        "training.table=[{epoch: 1, rate: 0.001, biasRate: 0.001}, {epoch: 1, layers: [fc8], rate: 0.01, biasRate:"
                + " 0.01}]"
    };

    @TempDir
    private static Path folder;

    private static Path ten;
    private static Path zip;
    private static RunFolder run;
    private static Typed typed;

    @BeforeAll
    static void trainOnThreeThenOnTenClasses() throws IOException {
        Path recipe = Small.recipe(folder);
        Path three = Small.prepared(folder, 18);
        Typed.train("--data", three, "--recipe", recipe, "--runs", folder, "--run", "three", "--epochs", 1)
                .well();
        zip = folder.resolve("three/model.zip");
        Path scenes = folder.resolve("scenes");
        for (int label = 0; label < 10; label++) {
            Files.createDirectories(scenes.resolve("kind" + label));
            for (int i = 0; i < 4; i++) {
                Files.copy(
                        folder.resolve("pictures/amber/p%02d.jpg".formatted(i)),
                        scenes.resolve("kind" + label + "/" + i + ".jpg"));
            }
        }
        ten = folder.resolve("ten");
        Typed.prepare("--source", "folder:" + scenes, "--out", ten, "--size", 32)
                .well();
        Object[] args = {
            "--data", ten, "--recipe", recipe, "--runs", folder, "--run", "tuned", "--epochs", 1, "--init-from", zip
        };
        Object[] all = Arrays.copyOf(args, args.length + FINE_TUNED.length);
        System.arraycopy(FINE_TUNED, 0, all, args.length, FINE_TUNED.length);
        typed = Typed.train(all).well();
        run = new RunFolder(folder.resolve("tuned"));
    }

    /** Weights and biases as export writes them; factors are the same in both models. */
    private static Map<String, float[]> values(Path model) {
        ModelBundle read = BundleReader.read(model);
        Map<String, float[]> values = new TreeMap<>();
        read.graph()
                .paramTable()
                .forEach((name, array) -> values.put(name, array.dup('c').data().asFloat()));
        return values;
    }

    @Test
    void itSaysWhatWasTakenAndWhatNot() {
        assertTrue(
                typed.out()
                        .contains("Weights of " + zip + ": taken conv1, conv2, conv3, conv4, conv5, fc6, fc7; fresh fc8"
                                + " (10 classes instead of 3); left over fc8"),
                typed::out);
        assertTrue(typed.out().contains("Frozen: conv1, conv3"), typed::out);
    }

    @Test
    void frozenLayersStayBitForBitAndTheOthersLearn() {
        Map<String, float[]> before = values(zip);
        Map<String, float[]> after = values(run.model());
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, expected) -> {
            if (name.startsWith("conv1") || name.startsWith("conv3")) {
                assertArrayEquals(expected, after.get(name), name);
            } else {
                assertFalse(Arrays.equals(expected, after.get(name)), name);
            }
        });
        assertEquals(10, after.get("fc8_b").length);
    }

    @Test
    void ratesOfEachLayerAreLogged() throws IOException {
        JsonNode epoch = MetricsLog.read(run.metrics()).stream()
                .filter(line -> line.get("event").asText().equals("epoch"))
                .findFirst()
                .orElseThrow();
        assertEquals(0, epoch.at("/rates/conv1/weights").asDouble());
        assertEquals(0, epoch.at("/rates/conv3/biases").asDouble());
        assertEquals(0.001, epoch.at("/rates/conv2/weights").asDouble());
        assertEquals(0.01, epoch.at("/rates/fc8/weights").asDouble());
    }

    @Test
    void provenanceNamesTheSourceByItsDigest() throws Exception {
        JsonNode initial = new JsonMapper().readTree(run.provenance().toFile()).get("initial");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(zip));
        assertEquals(
                "%064x".formatted(new BigInteger(1, digest)),
                initial.get("sha256").asText());
        assertEquals("small", initial.get("recipe").asText());
        assertEquals("fc8 (10 classes instead of 3)", initial.get("fresh").asText());
        assertFalse(new JsonMapper()
                .readTree(folder.resolve("three/provenance.json").toFile())
                .has("initial"));
    }

    @Test
    void aResumedRunNeedsNoSourceAndKeepsItsLayersFrozen() throws IOException {
        assertEquals(List.of("conv1", "conv3"), run.recipe().training().frozen());
        Map<String, float[]> before = values(zip);
        Path copy = Files.createDirectories(folder.resolve("resumed"));
        for (String name : List.of("recipe.yaml", "provenance.json", "metrics.jsonl", "data.txt")) {
            Files.copy(run.path().resolve(name), copy.resolve(name));
        }
        Files.createDirectories(copy.resolve("checkpoints"));
        Path newest = Checkpoint.newest(run.checkpoints()).orElseThrow();
        Files.copy(newest, copy.resolve("checkpoints").resolve(newest.getFileName()));
        Path hidden = Files.move(zip, folder.resolve("hidden.zip"));
        try {
            Typed.train("--resume", copy, "--epochs", 2).well();
        } finally {
            Files.move(hidden, zip);
        }
        Map<String, float[]> after = values(copy.resolve("model.zip"));
        Map<String, float[]> tuned = values(run.model());
        assertArrayEquals(before.get("conv1a_W"), after.get("conv1a_W"));
        assertArrayEquals(before.get("conv3b_b"), after.get("conv3b_b"));
        assertFalse(Arrays.equals(tuned.get("conv2a_W"), after.get("conv2a_W")), "it learned on");
        Typed thawed = Typed.train("--resume", copy, "--epochs", 3, "--set", "training.frozen=[]")
                .well();
        assertTrue(thawed.out().contains("Changed: training.epochs: 2 → 3; training.frozen"), thawed::out);
        assertFalse(
                Arrays.equals(
                        before.get("conv1a_W"),
                        values(copy.resolve("model.zip")).get("conv1a_W")),
                "thawed");
    }
}
