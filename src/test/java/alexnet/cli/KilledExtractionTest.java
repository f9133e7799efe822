package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.SmallModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class KilledExtractionTest {
    @TempDir
    private Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the exit code of a killed program is another")
    void killedItGoesOnToTheSameBytes() throws Exception {
        Path model = folder.resolve("model.zip");
        SmallModels.bundle(SmallModels.recipe("paper"), 3, 1).write(model);
        Path pictures = Small.pictures(folder.resolve("pictures"), 60);
        Files.writeString(pictures.resolve("birch/a.jpg"), "no picture");
        Path out = folder.resolve("out/features.safetensors");
        Object[] args = {
            "extract", "--model", model, "--data", pictures, "--out", out, "--batch", 2, "--checkpoint-every", 2
        };
        Path state = folder.resolve("out/.features.safetensors.unfinished.json");
        Child.start(folder.resolve("log"), "Features", args)
                .until(() -> Files.exists(state))
                .kill();
        assertFalse(Files.exists(out), "it was done before it was killed");
        String said = Child.start(folder.resolve("log2"), "Features", args).ends(0);
        assertTrue(said.contains("Went on behind "), said);
        assertTrue(said.contains("180 pictures"), said);
        Path whole = folder.resolve("whole.safetensors");
        args[6] = whole;
        Child.start(folder.resolve("log3"), "Features", args).ends(0);
        assertEquals(-1, Files.mismatch(whole, out));
        try (Stream<Path> left = Files.list(folder.resolve("out"))) {
            assertEquals(List.of(out), left.toList());
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no limit on a file's size")
    void aFullDiskLeavesNoFileAndSaysWhatToDo() throws Exception {
        Path model = folder.resolve("model.zip");
        SmallModels.bundle(SmallModels.recipe("paper"), 3, 1).write(model);
        Path pictures = Small.pictures(folder.resolve("pictures"), 10);
        Path out = folder.resolve("features.safetensors");
        String said = Child.startWithSmallFiles(
                        folder.resolve("log"),
                        16,
                        "Features",
                        "extract",
                        "--model",
                        model,
                        "--data",
                        pictures,
                        "--out",
                        out)
                .ends(1);
        assertTrue(said.contains("Features " + out + " cannot be written"), said);
        assertTrue(said.contains("Make room and start the same command again"), said);
        assertFalse(Files.exists(out));
    }
}
