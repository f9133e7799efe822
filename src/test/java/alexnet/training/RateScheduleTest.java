package alexnet.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.config.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RateScheduleTest {
    private static final Set<String> LAYERS = Set.of("conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8");

    private static RateSchedule schedule(String recipe, String... settings) {
        Map<String, String> overrides = new java.util.LinkedHashMap<>();
        for (String setting : settings) {
            overrides.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        Recipe loaded = Recipes.load(recipe, overrides);
        return new RateSchedule(loaded.training(), loaded.network());
    }

    /** The log of the net of the paper's tables, ILSVRC-2012, written out by hand. */
    @Test
    void logOf2012IsReplayed() {
        RateSchedule schedule = schedule("as-run-2012");
        assertEquals(91, Recipes.load("as-run-2012", Map.of()).training().epochs());
        for (int epoch = 1; epoch <= 91; epoch++) {
            Rates rates = schedule.rates(epoch, Patience.START);
            double most = epoch < 25 ? 0.01 : epoch < 51 ? 0.001 : epoch < 79 ? 0.0001 : 0.00001;
            double conv1 = epoch < 67 ? most : epoch < 72 ? 0.00001 : 0;
            assertEquals(LAYERS, rates.layers().keySet());
            for (String layer : LAYERS) {
                boolean first = layer.equals("conv1");
                String at = layer + " in epoch " + epoch;
                assertEquals(first ? conv1 : most, rates.layers().get(layer).weights(), 1e-18, at);
                assertEquals(
                        first && epoch >= 72 ? 0 : 0.02,
                        rates.layers().get(layer).biases(),
                        1e-18,
                        at);
            }
            assertEquals(epoch < 67 ? 1 : 0, rates.lighting(), "lighting in epoch " + epoch);
            assertEquals(rates.lighting(), schedule.lighting(epoch));
            assertEquals(most, rates.largest(), 1e-18);
        }
    }

    @Test
    void curvesAreTheLogarithmsOfTheRatesAndEndWhereALayerIsFrozen() {
        Map<String, double[][]> curves = schedule("as-run-2012").curves(91, List.of("conv1", "fc8"));
        assertEquals(
                List.of("weights of conv1", "biases of conv1", "weights of fc8", "biases of fc8"),
                List.copyOf(curves.keySet()));
        double[][] first = curves.get("weights of conv1");
        assertEquals(71, first[0].length);
        assertEquals(71, first[0][70]);
        assertEquals(-5, first[1][70], 1e-12);
        assertEquals(-3, curves.get("weights of fc8")[1][24], 1e-12);
        assertEquals(Math.log10(0.02), curves.get("biases of fc8")[1][90], 1e-12);
    }

    /** Epoch by epoch: validation error, then drops and waited afterwards. Patience 3, three drops. */
    private static final double[][] SEQUENCE = {
        {0.90, 0, 0}, // better than nothing
        {0.80, 0, 0},
        {0.80, 0, 1}, // equal is no better
        {0.85, 0, 2},
        {0.79, 0, 0}, // better just in time
        {0.79, 0, 1},
        {0.95, 0, 2},
        {0.80, 1, 0}, // third epoch without: first drop
        {0.80, 1, 1},
        {0.70, 1, 0}, // better: the count starts again
        {0.71, 1, 1},
        {0.71, 1, 2},
        {0.71, 2, 0}, // second drop
        {0.71, 2, 1},
        {0.71, 2, 2},
        {0.71, 3, 0}, // third drop
        {0.71, 3, 1},
        {0.71, 3, 2},
    };

    @Test
    void rateFallsAfterPatienceRunsOutThreeTimesThenTheTrainingStops() {
        RateSchedule schedule = schedule("paper", "training.plateau.patience=3");
        Patience patience = Patience.START;
        int epoch = 0;
        for (double[] row : SEQUENCE) {
            epoch++;
            assertEquals(
                    0.01 * Math.pow(0.1, patience.drops()),
                    schedule.rates(epoch, patience).largest(),
                    1e-15);
            patience = schedule.after(epoch, 1, row[0], patience);
            assertEquals((int) row[1], patience.drops(), "drops after epoch " + epoch);
            assertEquals((int) row[2], patience.waited(), "waited after epoch " + epoch);
            assertFalse(patience.finished(), "not finished after epoch " + epoch);
        }
        assertEquals(0.70, patience.best());
        assertEquals(10, patience.bestEpoch());
        assertTrue(schedule.after(epoch + 1, 1, 0.71, patience).finished(), "third epoch after the third drop");
        assertFalse(schedule.after(epoch + 1, 1, 0.69, patience).finished(), "unless it is better");
        assertTrue(schedule.after(epoch + 1, 1, Double.NaN, patience).finished(), "NaN is no better");
    }

    @Test
    void aGoalEndsTheTrainingWithTheFirstEpochThatReachesIt() {
        for (String recipe : List.of("paper", "demo")) {
            RateSchedule schedule = schedule(recipe, "training.stopAt={trainTop1: 0.25}");
            Patience above = schedule.after(1, 0.2501, 0.1, Patience.START);
            assertFalse(above.finished(), recipe);
            assertTrue(schedule.after(2, 0.25, 0.9, above).finished(), recipe);
            assertFalse(schedule.after(2, Double.NaN, 0.9, above).finished(), "NaN reaches nothing");
        }
    }

    @Test
    void patienceOfOneDropsAtOnceAndNoDropsStopAtOnce() {
        RateSchedule one = schedule("paper", "training.plateau.patience=1");
        Patience best = one.after(1, 1, 0.5, Patience.START);
        assertEquals(1, one.after(2, 1, 0.5, best).drops());
        RateSchedule none = schedule("paper", "training.plateau.patience=1", "training.plateau.drops=0");
        assertTrue(none.after(2, 1, 0.5, best).finished());
    }

    @Test
    void biasesFollowTheWeightsUnlessToldOtherwise() {
        Patience dropped = new Patience(0.5, 1, 0, 2, false);
        Rates.LayerRate text = schedule("paper").rates(9, dropped).layers().get("fc6");
        assertEquals(1e-4, text.weights(), 1e-15);
        assertEquals(1e-4, text.biases(), 1e-15);
        Rates.LayerRate asRun = schedule("paper", "training.plateau.biasRate=0.02", "training.plateau.biasesDrop=false")
                .rates(9, dropped)
                .layers()
                .get("fc6");
        assertEquals(1e-4, asRun.weights(), 1e-15);
        assertEquals(0.02, asRun.biases(), 1e-15);
    }

    @Test
    void tableNeverStopsEarly() {
        RateSchedule schedule = schedule("as-run-2012");
        Patience patience = Patience.START;
        for (int epoch = 1; epoch <= 200; epoch++) {
            patience = schedule.after(epoch, 1, 0.9, patience);
            assertFalse(patience.finished());
            assertEquals(0, patience.drops());
        }
        assertEquals(199, patience.waited());
    }

    @Test
    void tableWithoutRatesForALayerIsRefused() {
        for (String table : List.of(
                "[{epoch: 2, rate: 0.01, biasRate: 0.01}]",
                "[{epoch: 1, layers: [conv1], rate: 0.01, biasRate: 0.01}]",
                "[{epoch: 1, rate: 0.01}]",
                "[{epoch: 1, biasRate: 0.01}]")) {
            String message = assertThrows(
                            UsageException.class, () -> schedule("as-run-2012", "training.table=" + table), table)
                    .getMessage();
            assertTrue(
                    message.matches("The schedule gives layer \\w+ no (rate|biasRate) in epoch 1, expected one from"
                            + " epoch 1 on\\. Add it to training\\.table\\."),
                    message);
        }
    }

    @Test
    void unknownLayerIsNamedWithTheNearest() {
        String message = assertThrows(
                        UsageException.class, () -> schedule("as-run-2012", "training.table.3.layers=[covn1]"))
                .getMessage();
        assertTrue(message.contains("epoch 67 names layer 'covn1'"), message);
        assertTrue(message.endsWith("Did you mean 'conv1'?"), message);
    }

    @Test
    void laterEntriesWinWhateverIsAbsentStays() {
        RateSchedule schedule = schedule(
                "as-run-2012",
                "training.table=[{epoch: 1, rate: 1, biasRate: 2, lighting: 0.5}, {epoch: 1, layers: [fc8], rate: 3},"
                        + " {epoch: 4, biasRate: 5}]");
        assertEquals(
                new Rates.LayerRate(1, 2),
                schedule.rates(3, Patience.START).layers().get("fc7"));
        assertEquals(
                new Rates.LayerRate(3, 2),
                schedule.rates(3, Patience.START).layers().get("fc8"));
        assertEquals(
                new Rates.LayerRate(3, 5),
                schedule.rates(4, Patience.START).layers().get("fc8"));
        assertEquals(0.5, schedule.rates(4, Patience.START).lighting());
    }
}
