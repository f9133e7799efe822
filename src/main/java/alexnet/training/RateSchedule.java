package alexnet.training;

import alexnet.config.Network;
import alexnet.config.Recipes;
import alexnet.config.Training;
import alexnet.config.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Learning rates over the epochs, {@code §5}: by the plateau rule of the text, or by a table such as the log of 2012. */
public final class RateSchedule {
    private final Training training;
    private final List<String> layers;

    /**
     * @param training the recipe's schedule
     * @param network whose layers it speaks of
     * @throws UsageException if the recipe names a layer that the network lacks, freezes all, or leaves the first epoch
     *     without rates
     */
    public RateSchedule(Training training, Network network) {
        this.training = training;
        this.layers = layers(network);
        for (Training.Entry entry : training.table()) {
            requireLayers("Schedule entry of epoch " + entry.epoch(), entry.layers(), layers);
        }
        requireLayers("Recipe key training.frozen", training.frozen(), layers);
        if (training.frozen().containsAll(layers)) {
            throw new UsageException("Recipe key training.frozen names all layers, expected that one learns at least."
                    + " Leave one out.");
        }
        if (training.plateau() == null) {
            rates(1, Patience.START);
        }
    }

    /**
     * @param network an architecture
     * @return the names of its layers with weights, without the tower, bottom to top
     */
    static List<String> layers(Network network) {
        return Stream.of(
                        network.conv().stream().map(Network.Conv::name),
                        network.dense().stream().map(Network.Dense::name),
                        Stream.of(network.output().name()))
                .flatMap(names -> names)
                .toList();
    }

    /** Refuses names that are no layer's. */
    static void requireLayers(String where, List<String> names, List<String> layers) {
        for (String name : names) {
            if (!layers.contains(name)) {
                throw new UsageException(where + " names layer '" + name + "', expected one of "
                        + String.join(", ", layers) + "." + Recipes.didYouMean(name, layers));
            }
        }
    }

    /**
     * @param epoch counted from 1
     * @param patience what is remembered from the epochs before
     * @return the rates of that epoch
     */
    public Rates rates(int epoch, Patience patience) {
        Rates scheduled = training.plateau() == null ? fromTable(epoch) : fromPlateau(patience);
        Map<String, Rates.LayerRate> rates = new LinkedHashMap<>(scheduled.layers());
        training.frozen().forEach(layer -> rates.put(layer, new Rates.LayerRate(0, 0)));
        return new Rates(rates, scheduled.lighting());
    }

    /**
     * @param epochs how many, from the first
     * @param shown layers without the tower
     * @return for the weights and the biases of each layer, {@code {epochs}, {log10 of the rate}}, without the epochs in
     *     which the rate is 0; a plateau rule is taken to drop nothing
     */
    public Map<String, double[][]> curves(int epochs, List<String> shown) {
        requireLayers("The list of layers to show", shown, layers);
        Map<String, double[][]> curves = new LinkedHashMap<>();
        for (String layer : shown) {
            curves.put(
                    "weights of " + layer,
                    curve(epochs, epoch -> rate(epoch, layer).weights()));
            curves.put(
                    "biases of " + layer,
                    curve(epochs, epoch -> rate(epoch, layer).biases()));
        }
        return curves;
    }

    /**
     * @param epoch counted from 1
     * @return by what the colour noise of {@code §4.1} is multiplied then
     */
    public double lighting(int epoch) {
        return rates(epoch, Patience.START).lighting();
    }

    private Rates.LayerRate rate(int epoch, String layer) {
        return rates(epoch, Patience.START).layers().get(layer);
    }

    private static double[][] curve(int epochs, IntToDoubleFunction rate) {
        int[] learning = IntStream.rangeClosed(1, epochs)
                .filter(epoch -> rate.applyAsDouble(epoch) > 0)
                .toArray();
        return new double[][] {
            IntStream.of(learning).asDoubleStream().toArray(),
            IntStream.of(learning)
                    .mapToDouble(epoch -> Math.log10(rate.applyAsDouble(epoch)))
                    .toArray()
        };
    }

    /**
     * @param epoch the epoch that just ended, from 1
     * @param trainError the error of its training batches, 0 to 1
     * @param error its validation error, 0 to 1
     * @param before what was remembered
     * @return what is remembered now; a table finishes early only where the recipe has a goal
     */
    public Patience after(int epoch, double trainError, double error, Patience before) {
        Training.Plateau plateau = training.plateau();
        Patience now = plateau == null
                ? before.after(epoch, error, Integer.MAX_VALUE, 0)
                : before.after(epoch, error, plateau.patience(), plateau.drops());
        Training.StopAt goal = training.stopAt();
        return goal != null && trainError <= goal.trainTop1() ? now.atGoal() : now;
    }

    private Rates fromPlateau(Patience patience) {
        Training.Plateau plateau = training.plateau();
        double lowered = Math.pow(plateau.factor(), patience.drops());
        double biases = plateau.biasRate() * (plateau.biasesDrop() ? lowered : 1);
        Map<String, Rates.LayerRate> rates = new LinkedHashMap<>();
        layers.forEach(layer -> rates.put(layer, new Rates.LayerRate(plateau.rate() * lowered, biases)));
        return new Rates(rates, 1);
    }

    private Rates fromTable(int epoch) {
        Map<String, Double> weights = new LinkedHashMap<>();
        Map<String, Double> biases = new LinkedHashMap<>();
        double lighting = 1;
        for (Training.Entry entry : training.table()) {
            if (entry.epoch() > epoch) {
                continue;
            }
            for (String layer : entry.layers().isEmpty() ? layers : entry.layers()) {
                weights.merge(layer, orNaN(entry.rate()), RateSchedule::newer);
                biases.merge(layer, orNaN(entry.biasRate()), RateSchedule::newer);
            }
            lighting = entry.lighting() == null ? lighting : entry.lighting();
        }
        Map<String, Rates.LayerRate> rates = new LinkedHashMap<>();
        for (String layer : layers) {
            double weight = weights.getOrDefault(layer, Double.NaN);
            double bias = biases.getOrDefault(layer, Double.NaN);
            if (Double.isNaN(weight) || Double.isNaN(bias)) {
                throw new UsageException(
                        "The schedule gives layer " + layer + " no " + (Double.isNaN(weight) ? "rate" : "biasRate")
                                + " in epoch " + epoch + ", expected one from epoch 1 on. Add it to training.table.");
            }
            rates.put(layer, new Rates.LayerRate(weight, bias));
        }
        return new Rates(rates, lighting);
    }

    private static double orNaN(Double rate) {
        return rate == null ? Double.NaN : rate;
    }

    private static double newer(double before, double now) {
        return Double.isNaN(now) ? before : now;
    }
}
