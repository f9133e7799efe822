package alexnet.training;

import alexnet.model.layer.ClassicalMomentum;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;

/**
 * The learning rates of one epoch.
 *
 * @param layers for each layer, by its name without the tower
 * @param lighting strength of the colour noise, 0 to 1
 */
public record Rates(Map<String, LayerRate> layers, double lighting) {
    /**
     * @param weights learning rate of the weights; 0 freezes them
     * @param biases learning rate of the biases; 0 freezes them
     */
    public record LayerRate(double weights, double biases) {}

    /** Keeps its own copy. */
    public Rates {
        layers = Map.copyOf(layers);
    }

    /** @return the largest rate of any weights, the one that logs and plots show */
    public double largest() {
        return layers.values().stream().mapToDouble(LayerRate::weights).max().orElse(0);
    }

    /** @param graph a training graph, whose rates become these from the next step on */
    public void apply(ComputationGraph graph) {
        BaseMultiLayerUpdater<?> updater = graph.getUpdater(true);
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            ClassicalMomentum config =
                    (ClassicalMomentum) block.getGradientUpdater().getConfig();
            ParamState parameter = block.getLayersAndVariablesInBlock().get(0);
            LayerRate rate = of(parameter.getLayer().getConfig().getLayerName());
            config.setRate("b".equals(parameter.getParamName()) ? rate.biases() : rate.weights());
        }
    }

    private LayerRate of(String vertex) {
        LayerRate rate = layers.get(vertex);
        return rate != null ? rate : layers.get(vertex.substring(0, vertex.length() - 1));
    }
}
