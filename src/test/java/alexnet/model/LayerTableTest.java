package alexnet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.model.LayerTable.Reads;
import alexnet.model.LayerTable.Row;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class LayerTableTest {
    private static final LayerTable PAPER =
            LayerTable.of(Recipes.load("paper", Map.of()).network(), 1000, 224);

    private static final int[][] WINDOWS = { // §3.5: kernel, stride, zeros at the left
        {11, 4, 0}, {3, 2, 0}, {5, 1, 2}, {3, 2, 0}, {3, 1, 1}, {3, 1, 1}, {3, 1, 1}, {3, 2, 0}
    };
    private static final List<String> WINDOWED =
            List.of("conv1", "pool1", "conv2", "pool2", "conv3", "conv4", "conv5", "pool5");

    private static Row row(String name) {
        return PAPER.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thePapersParametersAddUp() {
        assertEquals(60_965_224, PAPER.parameters());
        Map<String, Long> expected = new LinkedHashMap<>();
        expected.put("conv1", 96L * 3 * 121 + 96);
        expected.put("conv2", 256L * 48 * 25 + 256);
        expected.put("conv3", 384L * 256 * 9 + 384);
        expected.put("conv4", 384L * 192 * 9 + 384);
        expected.put("conv5", 256L * 192 * 9 + 256);
        expected.put("fc6", 9216L * 4096 + 4096);
        expected.put("fc7", 4096L * 4096 + 4096);
        expected.put("fc8", 4096L * 1000 + 1000);
        assertEquals(
                expected,
                PAPER.learned().stream()
                        .collect(Collectors.toMap(Row::name, Row::parameters, (a, b) -> a, LinkedHashMap::new)));
    }

    @Test
    void theNeuronsAreThoseOfFigure2() {
        // Fig. 2; its 253,440 for the first layer is a slip for 55·55·96
        assertEquals(
                List.of(290_400L, 186_624L, 64_896L, 64_896L, 43_264L, 4096L, 4096L, 1000L),
                PAPER.learned().stream().map(Row::neurons).toList());
        assertEquals(659_272, PAPER.neurons());
    }

    @Test
    void receptiveFieldsAreWhatPlainMarkingOfPixelsReaches() {
        for (int layer = 0; layer < WINDOWED.size(); layer++) {
            boolean[] reached = {true}; // one output in the middle; then what it reads, layer by layer, along one axis
            for (int below = layer; below >= 0; below--) {
                reached = mark(reached, WINDOWS[below][0], WINDOWS[below][1]);
            }
            assertEquals(reached.length, row(WINDOWED.get(layer)).field(), WINDOWED.get(layer));
        }
        assertEquals(
                List.of(11, 19, 51, 67, 99, 131, 163, 195),
                WINDOWED.stream().map(name -> row(name).field()).toList());
        assertEquals(224, row("fc6").field());
        assertEquals(row("conv2").field(), row("lrn2").field());
    }

    private static boolean[] mark(boolean[] outputs, int kernel, int stride) {
        boolean[] inputs = new boolean[(outputs.length - 1) * stride + kernel];
        for (int i = 0; i < outputs.length; i++) {
            for (int j = 0; outputs[i] && j < kernel; j++) {
                inputs[i * stride + j] = true;
            }
        }
        for (boolean reached : inputs) {
            assertTrue(reached, "no gaps");
        }
        return inputs;
    }

    @Test
    void multiplyAddsAreThoseOfPlainLoops() {
        assertEquals(loops(2, 48, 55, 3, 11), row("conv1").multiplyAdds());
        assertEquals(loops(2, 128, 27, 48, 5), row("conv2").multiplyAdds());
        assertEquals(loops(2, 192, 13, 256, 3), row("conv3").multiplyAdds());
        assertEquals(loops(2, 192, 13, 192, 3), row("conv4").multiplyAdds());
        assertEquals(loops(2, 128, 13, 192, 3), row("conv5").multiplyAdds());
        assertEquals(loops(2, 2048, 1, 256, 6), row("fc6").multiplyAdds());
        assertEquals(loops(2, 2048, 1, 4096, 1), row("fc7").multiplyAdds());
        assertEquals(loops(1, 1000, 1, 4096, 1), row("fc8").multiplyAdds());
        assertEquals(0, row("pool1").multiplyAdds());
        assertEquals(0, row("lrn1").multiplyAdds());
    }

    private static long loops(int towers, int maps, int side, int below, int kernel) {
        long count = 0;
        for (int map = 0; map < towers * maps; map++) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    for (int ky = 0; ky < kernel; ky++) {
                        for (int kx = 0; kx < kernel; kx++) {
                            count += below;
                        }
                    }
                }
            }
        }
        return count;
    }

    @Test
    void theTowersMeetWhereThePaperSays() {
        Map<String, Reads> reads = PAPER.learned().stream().collect(Collectors.toMap(Row::name, Row::reads));
        assertEquals(
                Map.of(
                        "conv1", Reads.IMAGE,
                        "conv2", Reads.OWN,
                        "conv3", Reads.BOTH,
                        "conv4", Reads.OWN,
                        "conv5", Reads.OWN,
                        "fc6", Reads.BOTH,
                        "fc7", Reads.BOTH,
                        "fc8", Reads.BOTH),
                reads);
        assertEquals(1, row("fc8").towers());
        assertEquals(2, row("pool5").towers());
        assertEquals(128, row("pool5").maps());
        assertEquals(6, row("pool5").side());
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "cifar10-local", "cifar10-four-layer", "cifar10-towers", "as-run-2012"})
    void parametersAreThoseOfTheGraphThatIsBuilt(String name) {
        Recipe recipe = Recipes.load(name, Map.of("network.width", "0.1"));
        int crop = recipe.augmentation().crop();
        assertEquals(
                TowerGraph.build(recipe.network(), recipe.training(), 7, crop, DataType.FLOAT)
                        .numParams(),
                LayerTable.of(recipe.network(), 7, crop).parameters());
    }

    @Test
    void eachPositionOfALocallyConnectedLayerIsCounted() {
        Recipe recipe = Recipes.load("cifar10-local", Map.of());
        Row local = LayerTable.of(recipe.network(), 10, 24).rows().stream()
                .filter(row -> row.name().equals("local3"))
                .findFirst()
                .orElseThrow();
        assertEquals(loops(1, 32, 6, 64, 3), local.multiplyAdds());
        assertEquals(36 * 64 * 9 * 32 + 32, local.parameters());
    }

    @Test
    void normalisationWithinMapsLooksFurther() {
        LayerTable asRun = LayerTable.of(Recipes.load("as-run-2012", Map.of()).network(), 1000, 224);
        Map<String, Integer> fields = asRun.rows().stream().collect(Collectors.toMap(Row::name, Row::field));
        assertEquals(51 + 4 * 8, fields.get("within2")); // 5 places that are 8 pixels apart
        assertEquals(60_965_224, asRun.parameters());
    }

    @Test
    void sharesAddUpTo100PercentForEachLayerWithWeights() {
        assertEquals(
                List.of("parameters", "multiply-adds", "outputs"),
                List.copyOf(PAPER.shares().keySet()));
        PAPER.shares().values().forEach(shares -> {
            assertEquals(PAPER.names().size(), shares.length);
            assertEquals(100, DoubleStream.of(shares).sum(), 1e-9);
        });
        assertEquals(100 * 37_752_832.0 / 60_965_224, PAPER.shares().get("parameters")[5], 1e-9);
    }

    @Test
    void tablesAndDrawingsHaveARowOrABlockForEachLayer() {
        String shapes = LayerFigures.shapes(PAPER).toString();
        PAPER.rows().forEach(row -> assertTrue(shapes.contains(">" + row.name() + "<"), row.name()));
        assertTrue(shapes.contains(">2 &times; (48 &times; 55 &times; 55)<"));
        String costs = LayerFigures.costs(PAPER).toString();
        assertTrue(costs.contains(">60,965,224<") && costs.contains(">724.4<") && costs.contains(">243.9<"));
        BufferedImage picture = new BufferedImage(224, 224, BufferedImage.TYPE_INT_RGB);
        BufferedImage towers = LayerFigures.towers(PAPER, picture);
        for (int column = 1; column <= 8; column++) {
            boolean[] lanes = {false, false};
            for (int y = 0; y < 300; y++) {
                lanes[y / 150] |= towers.getRGB(90 * column + 2, y) >>> 24 == 0x70;
            }
            assertArrayEquals(new boolean[] {true, true}, lanes, "column " + column);
        }
        int rows = 2;
        assertEquals(
                rows * (128 + 17 + 10) - 10, LayerFigures.fields(PAPER, picture).getHeight());
    }
}
