package alexnet.bench;

import alexnet.config.Network.Dense;
import alexnet.config.Recipe;
import alexnet.model.TowerGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/**
 * The same network of the library's own layers, updater and dropout, with nothing of this project in them: what a user
 * gets who writes it down as the library's documentation says.
 */
final class StockGraph {
    private StockGraph() {}

    /** Trains by the library's momentum, decay and dropout. */
    static Steps training(Recipe recipe, int classes) {
        ComputationGraphConfiguration configuration = configuration(recipe, classes);
        for (var entry : configuration.getVertices().entrySet()) {
            GraphVertex vertex = entry.getValue();
            if (vertex instanceof LayerVertex layer && layer.getLayerConf().getLayer() instanceof BaseLayer learned) {
                learn(learned, recipe);
                keepBelow(entry.getKey(), recipe).ifPresent(keep -> learned.setIDropout(new Dropout(keep)));
            }
        }
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return new Steps(graph, graph::fit);
    }

    /** Only computes outputs. */
    static ComputationGraph inference(Recipe recipe, int classes) {
        ComputationGraph graph = new ComputationGraph(configuration(recipe, classes));
        graph.init();
        return graph;
    }

    private static ComputationGraphConfiguration configuration(Recipe recipe, int classes) {
        return TowerGraph.inference(
                recipe.network(), classes, recipe.augmentation().crop());
    }

    private static void learn(BaseLayer layer, Recipe recipe) {
        layer.setIUpdater(new Nesterovs(Steps.RATE, recipe.training().momentum()));
        layer.setBiasUpdater(new Nesterovs(Steps.RATE, recipe.training().momentum()));
        layer.setRegularization(
                new ArrayList<>(List.of(new L2Regularization(recipe.training().decay()))));
        layer.setRegularizationBias(new ArrayList<>());
    }

    /** The library drops the inputs of the layer above, where the paper drops the outputs of the one below. */
    private static Optional<Double> keepBelow(String vertex, Recipe recipe) {
        List<Dense> dense = recipe.network().dense();
        for (int i = 0; i < dense.size(); i++) {
            boolean last = i + 1 == dense.size();
            String above =
                    last ? recipe.network().output().name() : dense.get(i + 1).name();
            if (dense.get(i).keep() < 1 && (vertex.equals(above) || vertex.matches(above + "[ab]"))) {
                return Optional.of(dense.get(i).keep());
            }
        }
        return Optional.empty();
    }
}
