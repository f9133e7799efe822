package alexnet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.pipeline.InputWays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ProbeTest {
    private static final INDArray PICTURES = pictures();
    private static final Probe TEXT = Probe.of(small("paper", Map.of()), 3, PICTURES);

    private static INDArray pictures() {
        Nd4j.getRandom().setSeed(5);
        return Nd4j.rand(DataType.FLOAT, 3, 3, 67, 67).subi(0.5).muli(400);
    }

    private static Recipe small(String name, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("network.width", "0.125", "network.dense", "[]"));
        settings.putAll(more);
        return Recipes.load(name, settings);
    }

    @Test
    void otherStepsAreGivenTheSameWeights() {
        Probe order = TEXT.with(small("paper", Map.of("network.conv.conv1.then", "[lrn, max_pool, relu]")));
        INDArray conv = order.output("conv1");
        INDArray positive = conv.dup();
        positive.muli(conv.gt(0).castTo(DataType.FLOAT));
        assertEquals(0, TEXT.output("conv1").sub(positive).amaxNumber().doubleValue());
        assertTrue(conv.minNumber().doubleValue() < 0);
        // each layer above has the same weights too: with small inputs only the order of ReLU and LRN differs, by
        // little
        assertTrue(TEXT.difference(order, "conv5") < 0.05, "" + TEXT.difference(order, "conv5"));
    }

    @Test
    void aTrainedGraphGivesItsWeights() {
        Recipe recipe = small("paper", Map.of());
        ComputationGraph trained =
                TowerGraph.build(recipe.network(), recipe.training(), 3, (int) PICTURES.size(2), DataType.FLOAT);
        trained.params().muli(2);
        Probe probe = TEXT.trainedAs(trained);
        INDArray expected = trained.feedForward(PICTURES, false).get("pool5a");
        assertEquals(expected, probe.output("pool5").get(all(), interval(0, expected.size(1)), all(), all()));
        assertTrue(TEXT.difference(probe, "conv1") > 0.5);
    }

    @Test
    void otherPicturesGoThroughTheSameNetwork() {
        INDArray others = PICTURES.mul(-1);
        assertEquals(
                Probe.of(small("paper", Map.of()), 3, others).block("conv5"),
                TEXT.on(others).block("conv5"));
        Map<String, InputWays.Pair> ways = new LinkedHashMap<>();
        ways.put("nothing", new InputWays.Pair(PICTURES, PICTURES));
        ways.put("sign", new InputWays.Pair(PICTURES, others));
        String table = TEXT.inputs(ways).toString();
        assertTrue(table.contains("0.00") && table.contains("0.0 %"), table);
        double sum = 0;
        for (float value : PICTURES.dup().data().asFloat()) {
            sum += 4.0 * value * value;
        }
        double levels = Math.sqrt(sum / PICTURES.length());
        assertEquals(levels, ways.get("sign").levels(), 1e-3 * levels);
        assertTrue(table.contains(String.format(Locale.ROOT, "%.2f", levels)), table);
        double moved = 100 * TEXT.difference(TEXT.on(others), "conv5");
        assertTrue(table.contains(String.format(Locale.ROOT, "%.1f %%", moved)), table);
    }

    @Test
    void aBlockIsItsLastStepInBothTowers() {
        assertArrayEquals(new long[] {3, 12, 7, 7}, TEXT.block("conv1").shape());
        assertEquals(TEXT.output("pool1"), TEXT.block("conv1"));
        assertEquals(TEXT.output("conv3"), TEXT.block("conv3"));
        Probe asRun = TEXT.with(small("as-run-2012", Map.of()));
        assertEquals(asRun.output("relu1"), asRun.block("conv1"));
    }

    @Test
    void divisorsAreThoseOfTheFormulaInPlainLoops() {
        float[] in = TEXT.output("conv1").dup('c').reshape(-1).toFloatVector();
        int area = 15 * 15;
        double largest = 0;
        for (int image = 0; image < 3; image++) {
            for (int map = 0; map < 12; map++) {
                for (int place = 0; place < area; place++) {
                    double sum = 0;
                    for (int other = Math.max(0, map - 2); other <= Math.min(11, map + 2); other++) {
                        if (other / 6 == map / 6) { // the same tower
                            sum += Math.pow(in[(image * 12 + other) * area + place], 2);
                        }
                    }
                    boolean counts = in[(image * 12 + map) * area + place] > 0;
                    largest = Math.max(largest, counts ? Math.pow(2 + 1e-4 * sum, 0.75) : 0);
                }
            }
        }
        double[] found = TEXT.divisors("conv1", "lrn1");
        assertEquals(largest, found[found.length - 1], 1e-5 * largest);
        assertEquals(Math.pow(2, 0.75), found[0], 0.1);
    }

    @Test
    void differencesAndSignalsArePlainSums() {
        Probe other = TEXT.with(small("paper", Map.of("network.lrn.alpha", "0.01")));
        float[] a = TEXT.block("conv1").dup('c').reshape(-1).toFloatVector();
        float[] b = other.block("conv1").dup('c').reshape(-1).toFloatVector();
        double apart = 0;
        double size = 0;
        double varies = 0;
        int each = a.length / 3;
        for (int i = 0; i < a.length; i++) {
            apart += (a[i] - b[i]) * (a[i] - b[i]);
            size += a[i] * a[i];
            double mean = (a[i % each] + a[i % each + each] + a[i % each + 2 * each]) / 3.0;
            varies += (a[i] - mean) * (a[i] - mean);
        }
        assertEquals(Math.sqrt(apart / size), TEXT.difference(other, "conv1"), 1e-5);
        assertEquals(Math.sqrt(varies / a.length), TEXT.signal("conv1"), 1e-4);
        assertEquals(0, TEXT.difference(TEXT.with(small("paper", Map.of())), "conv5"), 0);
    }

    @Test
    void tablesKeepTheOrderOfTheirNames() {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("text", TEXT);
        probes.put("other", TEXT.with(small("paper", Map.of("network.lrn.alpha", "0.01"))));
        String differences = TEXT.differences(probes).toString();
        assertTrue(differences.indexOf(">text<") < differences.indexOf(">other<"));
        assertTrue(Probe.signals(probes).toString().contains("other: mean"));
        assertTrue(Probe.divisors("conv1", "lrn1", probes).toString().contains(">other<"));
        Map<String, double[][]> pairs = Probe.pairs("conv1", "lrn1", 100, probes);
        assertEquals(List.of("text", "other"), List.copyOf(pairs.keySet()));
        double[][] points = pairs.get("text");
        assertEquals(points[0].length, points[1].length);
        for (int i = 0; i < points[0].length; i++) {
            assertTrue(points[1][i] > 0 && points[1][i] < points[0][i]);
        }
        assertEquals(2 * (17 + 92 + 10) - 10, TEXT.maps(0, 3, "conv1", "pool1").getHeight());
    }

    @Test
    void columnsAreRootMeanSquaresOverAllElse() {
        double[][] columns = TEXT.byColumn("pool1").get("pool1");
        INDArray last = TEXT.output("pool1").dup('c').reshape(3 * 12 * 7, 7).getColumn(6);
        assertEquals(7, columns[0][6]);
        assertEquals(last.norm2Number().doubleValue() / Math.sqrt(3 * 12 * 7), columns[1][6], 1e-4);
    }

    @Test
    void whatIsNotThereIsNamed() {
        String step = assertThrows(IllegalArgumentException.class, () -> TEXT.output("lrn9"))
                .getMessage();
        assertTrue(step.contains("lrn9") && step.contains("lrn1a"), step);
        String other = assertThrows(
                        IllegalArgumentException.class,
                        () -> TEXT.with(small("paper", Map.of("network.conv.conv1.maps", "48"))))
                .getMessage();
        assertTrue(other.contains("parameters, expected"), other);
    }
}
