package alexnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bench.Part.Kind;
import alexnet.config.Recipe;
import alexnet.config.Recipes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class VertexClockTest {
    private static final int CLASSES = 4;

    private final Recipe recipe = Recipes.load("cifar10-towers", Map.of("network.width", "0.05"));
    private final DataSet batch = batch();
    private final AtomicLong ticks = new AtomicLong(); // each look at the clock takes a second

    private long tick() {
        return ticks.addAndGet(1_000_000_000L);
    }

    private static DataSet batch() {
        Nd4j.getRandom().setSeed(7);
        INDArray labels = Nd4j.eye(CLASSES).castTo(DataType.FLOAT);
        return new DataSet(Nd4j.randn(DataType.FLOAT, CLASSES, 3, 28, 28), labels);
    }

    private static double sum(List<Part> parts) {
        return parts.stream().mapToDouble(Part::totalSeconds).sum();
    }

    private static Set<Kind> kinds(List<Part> parts) {
        return parts.stream()
                .filter(part -> part.totalSeconds() > 0)
                .map(Part::kind)
                .collect(Collectors.toSet());
    }

    @Test
    void thePartsOfATrainingStepAddUpToTheWhole() {
        Steps steps = OurGraph.training(recipe, CLASSES, "fp32");
        VertexClock clock = new VertexClock(steps.graph(), this::tick);
        for (int i = 0; i < 2; i++) {
            clock.iteration(() -> {}, () -> steps.step().accept(batch));
        }
        clock.reset();
        long before = ticks.get();
        clock.iteration(() -> {}, () -> steps.step().accept(batch));
        // the first look of an iteration starts it and takes none of its time
        assertEquals((ticks.get() - before) / 1e9 - 1, clock.totalSeconds(), 1e-6);
        assertEquals(clock.totalSeconds(), sum(clock.parts()), 1e-6);
        assertEquals(Set.of(Kind.values()), kinds(clock.parts()));
        for (Part part : clock.parts()) {
            boolean learned = part.name().matches("(conv|fc)\\d[ab]?");
            assertTrue(!learned || part.forwardSeconds() > 0 && part.backwardSeconds() > 0, part::toString);
        }
    }

    @Test
    void thePartsOfAnInferenceAddUpToTheWhole() {
        ComputationGraph graph = OurGraph.inference(recipe, CLASSES, "fp32");
        VertexClock clock = new VertexClock(graph, this::tick);
        clock.iteration(() -> {}, () -> graph.outputSingle(false, batch.getFeatures()));
        assertEquals(clock.totalSeconds(), sum(clock.parts()), 1e-6);
        assertTrue(kinds(clock.parts()).containsAll(Set.of(Kind.CONVOLUTION, Kind.DENSE, Kind.LRN, Kind.POOL)));
        assertEquals(
                0, clock.parts().stream().mapToDouble(Part::backwardSeconds).sum());
    }

    @Test
    void aTimedStepComputesWhatAnUntimedOneDoes() {
        Steps plain = OurGraph.training(recipe, CLASSES, "fp32");
        Steps timed = OurGraph.training(recipe, CLASSES, "fp32");
        timed.graph().setParams(plain.graph().params().dup());
        VertexClock clock = new VertexClock(timed.graph(), System::nanoTime);
        for (int i = 0; i < 2; i++) {
            plain.step().accept(batch);
            clock.iteration(() -> {}, () -> timed.step().accept(batch));
        }
        assertEquals(plain.graph().params(), timed.graph().params());
    }
}
