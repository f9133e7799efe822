package alexnet.bench;

import alexnet.config.Recipe;
import alexnet.kernels.NativeConvolutions;
import alexnet.model.FastLayers;
import alexnet.model.TowerGraph;
import alexnet.training.Patience;
import alexnet.training.RateSchedule;
import alexnet.training.SingleTrainer;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/** This project's network as {@code Train} and {@code Classify} run it: the one place that knows its kernels. */
final class OurGraph {
    /** The precisions that it can compute in, the first the one that the others are compared with. */
    static final List<String> PRECISIONS = List.of("fp32");

    private OurGraph() {}

    /** With its kernels and the rates of the first epoch. */
    static Steps training(Recipe recipe, int classes, String precision) {
        ComputationGraph graph = TowerGraph.build(
                recipe.network(),
                recipe.training(),
                classes,
                recipe.augmentation().crop(),
                DataType.FLOAT);
        accelerate(graph, precision);
        SingleTrainer trainer = new SingleTrainer(graph);
        trainer.apply(new RateSchedule(recipe.training(), recipe.network()).rates(1, Patience.START));
        return new Steps(graph, trainer::step);
    }

    /** As it is restored from an exported model. */
    static ComputationGraph inference(Recipe recipe, int classes, String precision) {
        ComputationGraph graph = new ComputationGraph(FastLayers.replaceLrn(TowerGraph.inference(
                recipe.network(), classes, recipe.augmentation().crop())));
        graph.init();
        accelerate(graph, precision);
        return graph;
    }

    private static void accelerate(ComputationGraph graph, String precision) {
        if (!PRECISIONS.contains(precision)) {
            throw new IllegalArgumentException("Precision " + precision + ", expected one of " + PRECISIONS);
        }
        NativeConvolutions.install(graph);
    }
}
