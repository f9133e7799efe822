package alexnet.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.image.NpyFiles;
import alexnet.model.layer.WithinMapNormalization;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs {@code src/test/stock/StockProgram.java}, which knows the library only, in a JVM without this project's classes. */
class StockProgramTest {
    private static final int CLASSES = 4;
    private static final Path PROGRAM = Path.of("src", "test", "stock", "StockProgram.java");

    @TempDir
    Path folder;

    @Test
    void thePapersModelNeedsTheLibraryOnly() throws Exception {
        double[][] expected = export("paper");
        assertEquals("", run());
        assertProbabilities(expected);
    }

    @Test
    void theModelAsRunIn2012NeedsTheLayersAndNothingElseOfOurs() throws Exception {
        double[][] expected = export("as-run-2012");
        String errors = run();
        assertTrue(errors.contains("alexnet.model.layer.WithinMapNormalization"), errors);
        assertEquals("", run(layers()));
        assertProbabilities(expected);
    }

    private double[][] export(String name) throws IOException {
        Recipe recipe = SmallModels.recipe(name, "network.width", "0.1"); // LRN: see ModelBundle.write
        ComputationGraph trained = SmallModels.training(recipe, CLASSES, 1);
        ModelBundle.of(trained, recipe, SmallModels.labels(CLASSES), SmallModels.mean(recipe.size(), 1), "{}")
                .write(folder.resolve("model.zip"));
        INDArray inputs = SmallModels.inputs(3, 2);
        int[] shape = {3, 3, SmallModels.CROP, SmallModels.CROP};
        try (OutputStream out = Files.newOutputStream(folder.resolve("inputs.npy"))) {
            NpyFiles.write(out, shape, inputs.dup('c').data().asFloat());
        }
        return trained.outputSingle(false, inputs).toDoubleMatrix();
    }

    /** A folder with the classes of {@code alexnet.model.layer} alone, as in the jar of layers. */
    private String layers() throws IOException, URISyntaxException {
        Path classes = Path.of(WithinMapNormalization.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path from = classes.resolve("alexnet/model/layer");
        Path root = folder.resolve("layers");
        Path to = Files.createDirectories(root.resolve("alexnet/model/layer"));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return root.toString();
    }

    /** Returns nothing if the program ended well, else what it complained of. */
    private String run(String... more) throws Exception {
        String libraries = Stream.concat(
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry -> entry.endsWith(".jar")),
                        Stream.of(more))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        libraries,
                        PROGRAM.toString(),
                        folder.resolve("model.zip").toString(),
                        folder.resolve("inputs.npy").toString()))
                .redirectOutput(folder.resolve("output.txt").toFile())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "still running");
        return process.exitValue() == 0 ? "" : "failed: " + Files.readString(folder.resolve("errors.txt"));
    }

    private void assertProbabilities(double[][] expected) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("output.txt"));
        assertEquals(expected.length, lines.size(), lines.toString());
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], new JsonMapper().readValue(lines.get(i), double[].class), 1e-5);
        }
    }
}
