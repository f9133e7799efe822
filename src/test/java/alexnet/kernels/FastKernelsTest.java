package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Precision;
import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.kernels.FastKernels.Calls;
import alexnet.kernels.FastKernels.Use;
import alexnet.model.TowerGraph;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Whole graphs on the kernels against the same graphs on the library's own path. */
class FastKernelsTest {
    private static final int CLASSES = 5;

    @ParameterizedTest
    @CsvSource({
        "paper,FP32,0.99999",
        "as-run-2012,FP32,0.99999",
        "demo,FP32,0.99999",
        "cifar10-towers,FP32,0.99999",
        "cifar10-four-layer,FP32,0.99999",
        "cifar10-plain,FP32,0.99999"
    })
    void lossAndGradientAreThoseOfTheLibrary(String name, Precision precision, double cosine) {
        compare(narrow(name), precision, cosine);
    }

    @Test
    void lossAndGradientOfTanhUnitsAreThoseOfTheLibrary() {
        Map<String, String> tanh = Map.of(
                "network.width", "0.125",
                "network.conv.conv1.then", "[max_pool, tanh]",
                "network.conv.conv2.then", "[tanh, average_pool]",
                "network.conv.conv3.then", "[tanh, average_pool]");
        compare(Recipes.load("cifar10-plain", tanh), Precision.FP32, 0.99999);
    }

    /** In narrow networks a few ReLUs that tip over at rounding are much of the gradient; so in the paper's own width. */
    @Test
    void inBf16TheGradientOfThePapersNetworkPointsWhereTheLibrarysDoes() {
        compare(Recipes.load("paper", Map.of()), Precision.BF16, 0.9995);
    }

    private static void compare(Recipe recipe, Precision precision, double cosine) {
        ComputationGraph library = build(recipe);
        ComputationGraph fast = build(recipe);
        FastKernels.install(fast, precision, Use.TRAINING);
        DataSet data = data(recipe, 3, 4);
        INDArray expected = gradient(library, data);
        INDArray found = gradient(fast, data);
        assertEquals(library.score(), fast.score(), (precision == Precision.FP32 ? 1e-5 : 5e-3) * library.score());
        assertTrue(cosine(expected, found) >= cosine, "cosine is " + cosine(expected, found));
        double ratio =
                found.norm2Number().doubleValue() / expected.norm2Number().doubleValue();
        assertEquals(1, ratio, precision == Precision.FP32 ? 1e-3 : 3e-2);
    }

    @ParameterizedTest
    @CsvSource({"paper", "as-run-2012", "cifar10-four-layer", "cifar10-local"})
    void eachSupportedLayerIsComputedByItsKernelOnceInEachPass(String name) {
        Recipe recipe = narrow(name);
        ComputationGraph graph = build(recipe);
        Set<String> expected = Arrays.stream(graph.getLayers())
                .map(layer -> layer.conf().getLayer())
                .filter(layer -> layer instanceof org.deeplearning4j.nn.conf.layers.ConvolutionLayer
                        || layer instanceof SubsamplingLayer
                        || layer instanceof ActivationLayer
                        || layer.getClass() == org.deeplearning4j.nn.conf.layers.DenseLayer.class
                        || layer instanceof LocallyConnected2D
                        || layer instanceof CrossMap)
                .map(org.deeplearning4j.nn.conf.layers.Layer::getLayerName)
                .collect(Collectors.toSet());
        FastKernels installed = FastKernels.install(graph, Precision.FP32, Use.TRAINING);
        gradient(graph, data(recipe, 2, 4));
        assertFalse(expected.isEmpty());
        assertEquals(expected, installed.calls().keySet());
        installed.calls().forEach((layer, calls) -> assertEquals(new Calls(1, 1), calls, layer));
        assertEquals(List.of(), installed.failed());
    }

    @Test
    void configurationAndSavedModelStayAsTheyAre() throws IOException {
        Recipe recipe = narrow("demo");
        ComputationGraph graph = build(recipe);
        String before = graph.getConfiguration().toJson();
        FastKernels.install(graph, Precision.FP32, Use.TRAINING);
        graph.fit(data(recipe, 2, 4));
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        ModelSerializer.writeModel(graph, zip, true);
        ComputationGraph restored =
                ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(zip.toByteArray()));
        assertEquals(
                configuration(before), configuration(restored.getConfiguration().toJson()));
        FastKernels.install(restored, Precision.FP32, Use.ALL_GRADIENTS);
        INDArray input = data(recipe, 3, 5).getFeatures();
        assertEquals(graph.outputSingle(input), restored.outputSingle(input));
    }

    /** Without the counters, which training moves on. */
    private static String configuration(String json) {
        return json.replaceAll("\"(iterationCount|epochCount)\" : \\d+", "");
    }

    @Test
    void aGraphForInferenceAnswersAsTheLibraryDoesForAnyBatch() {
        Recipe recipe = narrow("demo");
        int crop = recipe.augmentation().crop();
        ComputationGraph library = stock(recipe, crop);
        ComputationGraph fast = stock(recipe, crop);
        fast.setParams(library.params().dup());
        FastKernels installed = FastKernels.install(fast, Precision.FP32, Use.INFERENCE);
        for (int images : new int[] {1, 4, 3, 1, 4}) {
            INDArray input = data(recipe, images, images).getFeatures();
            INDArray expected = library.outputSingle(input).dup();
            assertTrue(expected.equalsWithEps(fast.outputSingle(input), 1e-5), "batch of " + images);
        }
        assertTrue(installed.calls().containsKey("lrn1a"), "the library's own LRN is replaced too");
    }

    private static ComputationGraph stock(Recipe recipe, int crop) {
        ComputationGraph graph = new ComputationGraph(TowerGraph.inference(recipe.network(), CLASSES, crop));
        graph.init();
        return graph;
    }

    @ParameterizedTest
    @CsvSource({"ALL_GRADIENTS,true", "TRAINING,false"})
    void theGradientOfThePicturesIsThereWhenAskedFor(Use use, boolean wanted) {
        Recipe recipe = narrow("cifar10-four-layer");
        ComputationGraph library = build(recipe);
        ComputationGraph fast = build(recipe);
        FastKernels.install(fast, Precision.FP32, use);
        DataSet data = data(recipe, 2, 4);
        INDArray expected = inputGradient(library, data);
        INDArray found = inputGradient(fast, data);
        assertTrue(expected.amaxNumber().doubleValue() > 0);
        assertEquals(
                wanted,
                expected.equalsWithEps(found, 1e-4 * expected.amaxNumber().doubleValue()));
        assertEquals(!wanted, found.amaxNumber().doubleValue() == 0);
    }

    /** What the first convolution hands down. */
    private static INDArray inputGradient(ComputationGraph graph, DataSet data) {
        gradient(graph, data);
        graph.feedForward(new INDArray[] {data.getFeatures()}, true, false);
        INDArray delta = Nd4j.ones(DataType.FLOAT, data.getFeatures().size(0), 4, 32, 32);
        return graph.getLayer("conv1")
                .backpropGradient(delta, LayerWorkspaceMgr.noWorkspaces())
                .getSecond();
    }

    static Recipe narrow(String name) {
        return Recipes.load(name, Map.of("network.width", "0.125"));
    }

    static ComputationGraph build(Recipe recipe) {
        return TowerGraph.build(
                recipe.network(),
                recipe.training(),
                CLASSES,
                recipe.augmentation().crop(),
                DataType.FLOAT);
    }

    static INDArray gradient(ComputationGraph graph, DataSet data) {
        graph.setInputs(data.getFeatures());
        graph.setLabels(data.getLabels());
        graph.computeGradientAndScore();
        return graph.getFlattenedGradients().dup();
    }

    private static double cosine(INDArray a, INDArray b) {
        return a.mul(b).sumNumber().doubleValue()
                / a.norm2Number().doubleValue()
                / b.norm2Number().doubleValue();
    }

    static DataSet data(Recipe recipe, int images, int seed) {
        int crop = recipe.augmentation().crop();
        Random random = new Random(seed);
        float[] pixels = new float[images * 3 * crop * crop];
        for (int i = 0; i < pixels.length; i++) {
            int label = (i / (3 * crop * crop) + seed) % CLASSES;
            double stripes = Math.sin((i % crop) * (label + 1) / 5.0);
            pixels[i] = (float) (60 * stripes + 20 * random.nextGaussian());
        }
        INDArray labels = Nd4j.zeros(DataType.FLOAT, images, CLASSES);
        for (int i = 0; i < images; i++) {
            labels.putScalar(i, (i + seed) % CLASSES, 1);
        }
        return new DataSet(Nd4j.createFromArray(pixels).reshape(images, 3, crop, crop), labels);
    }
}
