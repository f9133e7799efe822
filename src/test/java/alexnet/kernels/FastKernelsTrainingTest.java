package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Precision;
import alexnet.config.Recipe;
import alexnet.kernels.FastKernels.Use;
import alexnet.training.Rates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Many steps on the kernels: the same losses as on the library's own path, in threads, in memory that stays flat. */
class FastKernelsTrainingTest {
    @Test
    void twentyStepsHaveTheLossesOfTheLibrary() {
        assertTrue(largestDifference(20, UnaryOperator.identity()) < 1e-4);
    }

    @Test
    void aWeightGradientThatIsOnePercentTooSmallIsFound() {
        assertTrue(largestDifference(20, FastKernelsTrainingTest::breakGradient) > 1e-4);
    }

    private static ComputationGraph breakGradient(ComputationGraph graph) {
        graph.addListeners(new BaseTrainingListener() {
            @Override
            public void onBackwardPass(Model model) {
                ((ComputationGraph) model).gradient().getGradientFor("fc6a_W").muli(0.99);
            }
        });
        return graph;
    }

    private static double largestDifference(int steps, UnaryOperator<ComputationGraph> change) {
        double[] expected = losses(steps, UnaryOperator.identity(), false);
        double[] found = losses(steps, change, true);
        double largest = 0;
        for (int i = 0; i < steps; i++) {
            largest = Math.max(largest, Math.abs(found[i] - expected[i]) / expected[i]);
        }
        return largest;
    }

    @Test
    void theMeanLossAfterFortyStepsIsTheLibrarys() {
        assertEquals(1, ratioOfLastTwenty(40), 0.01);
    }

    @Test
    @Tag("soak")
    void theMeanLossOfSteps181To200IsTheLibrarys() {
        assertEquals(1, ratioOfLastTwenty(200), 0.01);
    }

    private static double ratioOfLastTwenty(int steps) {
        return lastTwenty(losses(steps, UnaryOperator.identity(), true))
                / lastTwenty(losses(steps, UnaryOperator.identity(), false));
    }

    private static double lastTwenty(double[] losses) {
        return Arrays.stream(losses, losses.length - 20, losses.length).sum();
    }

    private static double[] losses(int steps, UnaryOperator<ComputationGraph> change, boolean fast) {
        Recipe recipe = FastKernelsTest.narrow("demo");
        ComputationGraph graph =
                learning(recipe, steps > 20 ? 0.001 : 0.03); // over many steps a higher rate is chaotic
        if (fast) {
            FastKernels.install(graph, Precision.FP32, Use.TRAINING);
        }
        change.apply(graph);
        double[] losses = new double[steps];
        for (int step = 0; step < steps; step++) {
            graph.fit(FastKernelsTest.data(recipe, 8, step % 5));
            losses[step] = graph.score();
        }
        return losses;
    }

    @Test
    void fourReplicasInThreadsComputeWhatOneDoes() throws InterruptedException, ExecutionException {
        Recipe recipe = FastKernelsTest.narrow("demo");
        INDArray expected = trained(recipe);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<INDArray>> replicas = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                replicas.add(threads.submit(() -> trained(recipe)));
            }
            for (Future<INDArray> replica : replicas) {
                assertEquals(expected, replica.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static INDArray trained(Recipe recipe) {
        ComputationGraph graph = learning(recipe, 0.01);
        FastKernels.install(graph, Precision.FP32, Use.TRAINING);
        for (int step = 0; step < 5; step++) {
            graph.fit(FastKernelsTest.data(recipe, step == 4 ? 3 : 4, step));
        }
        return graph.params().dup();
    }

    @Test
    void nativeMemoryStaysFlat() throws IOException {
        memoryStaysFlat(150);
    }

    @Test
    @Tag("soak")
    void nativeMemoryStaysFlatOverTwoThousandSteps() throws IOException {
        memoryStaysFlat(2000);
    }

    private static void memoryStaysFlat(int steps) throws IOException {
        Recipe recipe = FastKernelsTest.narrow("cifar10-towers");
        ComputationGraph graph = learning(recipe, 0.001);
        FastKernels.install(graph, Precision.FP32, Use.TRAINING);
        List<DataSet> batches = Stream.of(8, 5, 8, 3)
                .map(images -> FastKernelsTest.data(recipe, images, images))
                .toList();
        for (int step = 0; step < 100; step++) {
            graph.fit(batches.get(step % 4));
        }
        long before = Long.MAX_VALUE;
        long after = Long.MAX_VALUE;
        for (int step = 0; step < steps; step++) {
            graph.fit(batches.get(step % 4));
            if (step % (steps / 10) == 0) { // the least of several, since the library's own memory goes up and down
                System.gc(); // resident memory is the heap's too
                long resident = Pointer.physicalBytes() >> 20;
                before = step < steps / 2 ? Math.min(before, resident) : before;
                after = step < steps / 2 ? after : Math.min(after, resident);
            }
        }
        assertTrue(after - before < 60, "resident memory grew from " + before + " to " + after + " MB");
    }

    private static ComputationGraph learning(Recipe recipe, double rate) {
        ComputationGraph graph = FastKernelsTest.build(recipe);
        Map<String, Rates.LayerRate> rates = new HashMap<>();
        for (Layer layer : graph.getLayers()) {
            String name = layer.conf().getLayer().getLayerName();
            double own = name.startsWith("conv1") ? rate / 50 : rate; // its inputs are levels of 0–255
            rates.put(name, new Rates.LayerRate(own, own));
        }
        new Rates(rates, 1).apply(graph);
        return graph;
    }
}
