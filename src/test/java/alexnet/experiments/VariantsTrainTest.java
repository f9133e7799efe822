package alexnet.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Precision;
import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.kernels.FastKernels;
import alexnet.model.TowerGraph;
import alexnet.training.Patience;
import alexnet.training.RateSchedule;
import alexnet.training.SingleTrainer;
import alexnet.training.Trainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Every variant that can be tried on CIFAR-10, narrow, on generated pictures. */
class VariantsTrainTest {
    private static final int CLASSES = 5;
    private static final int STEPS = 4;

    static Stream<String> variants() {
        return Stream.of("fig1", "lrn-cifar10", "ablations-cifar10")
                .flatMap(name -> Catalogue.load(name).variants().stream().map(variant -> name + "/" + variant.name()));
    }

    private static Recipe narrow(String place) {
        String[] parts = place.split("/");
        Net net =
                Net.of(Catalogue.load(parts[0]), List.of(parts[1]), List.of(1L)).get(0);
        Map<String, String> settings = new LinkedHashMap<>(net.settings());
        settings.put("network.width", "0.06");
        return Recipes.load(net.variant().recipe(), settings);
    }

    private static ComputationGraph build(Recipe recipe) {
        return TowerGraph.build(
                recipe.network(),
                recipe.training(),
                CLASSES,
                recipe.augmentation().crop(),
                DataType.FLOAT);
    }

    private static DataSet stripes(int crop, int images) {
        Random random = new Random(1);
        float[] pixels = new float[images * 3 * crop * crop];
        INDArray labels = Nd4j.zeros(DataType.FLOAT, images, CLASSES);
        for (int i = 0; i < pixels.length; i++) {
            int label = i / (3 * crop * crop) % CLASSES;
            pixels[i] = (float) (60 * Math.sin(i % crop * (label + 1) / 5.0) + 20 * random.nextGaussian());
        }
        for (int i = 0; i < images; i++) {
            labels.putScalar(i, i % CLASSES, 1);
        }
        return new DataSet(Nd4j.createFromArray(pixels).reshape(images, 3, crop, crop), labels);
    }

    private static INDArray gradient(ComputationGraph graph, DataSet data) {
        graph.setInputs(data.getFeatures());
        graph.setLabels(data.getLabels());
        graph.computeGradientAndScore();
        return graph.getFlattenedGradients().dup();
    }

    /** Of locally connected layers the library's gradient is wrong; their kernel is compared with plain loops elsewhere. */
    static Stream<String> variantsTheLibraryComputes() {
        return variants()
                .filter(place -> narrow(place).network().conv().stream().noneMatch(layer -> layer.local()));
    }

    @ParameterizedTest
    @MethodSource("variantsTheLibraryComputes")
    void kernelsGiveTheGradientOfTheLibrary(String place) {
        Recipe recipe = narrow(place);
        DataSet data = stripes(recipe.augmentation().crop(), 10);
        ComputationGraph library = build(recipe);
        ComputationGraph fast = build(recipe);
        FastKernels kernels = FastKernels.install(fast, Precision.FP32, FastKernels.Use.TRAINING);
        INDArray expected = gradient(library, data);
        INDArray found = gradient(fast, data);
        assertEquals(
                0,
                expected.sub(found).norm2Number().doubleValue(),
                1e-3 * expected.norm2Number().doubleValue());
        assertEquals(List.of(), kernels.failed());
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aFewStepsChangeEveryWeight(String place) {
        Recipe recipe = narrow(place);
        DataSet data = stripes(recipe.augmentation().crop(), 10);
        ComputationGraph graph = build(recipe);
        Map<String, INDArray> before = new LinkedHashMap<>();
        graph.paramTable().forEach((name, values) -> before.put(name, values.dup()));
        try (Trainer trainer = new SingleTrainer(graph, Precision.FP32)) {
            trainer.apply(new RateSchedule(recipe.training(), recipe.network()).rates(1, Patience.START));
            for (int step = 0; step < STEPS; step++) {
                double loss = trainer.step(data).loss();
                assertTrue(loss > 0 && loss < 10, "loss " + loss);
            }
        }
        before.forEach((name, values) -> assertTrue(
                values.sub(graph.paramTable().get(name)).norm2Number().doubleValue() > 0, name + " learns"));
    }
}
