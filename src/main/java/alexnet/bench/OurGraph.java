package alexnet.bench;

import alexnet.config.Precision;
import alexnet.config.Recipe;
import alexnet.kernels.FastKernels;
import alexnet.model.FastLayers;
import alexnet.model.TowerGraph;
import alexnet.training.Patience;
import alexnet.training.RateSchedule;
import alexnet.training.Rates;
import alexnet.training.Rates.LayerRate;
import alexnet.training.SingleTrainer;
import alexnet.training.Trainer;
import alexnet.training.parallel.ParallelTrainer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/** This project's network as {@code Train} and {@code Classify} run it: the one place that knows its kernels. */
final class OurGraph {
    private OurGraph() {}

    /** The precisions worth measuring on a machine, {@code fp32} first. */
    static List<String> precisions(Machine machine) {
        return Stream.of(Precision.values())
                .filter(precision -> precision != Precision.BF16 || machine.hasBf16())
                .map(precision -> precision.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** How a setting says that several replicas share each batch: after the precision, their number. */
    static String replicated(String precision, int replicas) {
        return precision + "," + replicas;
    }

    /**
     * With its kernels.
     *
     * @param setting a precision, or what {@link #replicated} gives
     */
    static Steps training(Recipe recipe, int classes, String setting) {
        ComputationGraph graph = TowerGraph.build(
                recipe.network(),
                recipe.training(),
                classes,
                recipe.augmentation().crop(),
                DataType.FLOAT);
        String[] parts = setting.split(",");
        Trainer trainer = parts.length == 1
                ? new SingleTrainer(graph, precision(setting))
                : new ParallelTrainer(graph, Integer.parseInt(parts[1]), precision(parts[0]));
        trainer.apply(rates(recipe));
        return new Steps(graph, trainer::step);
    }

    private static Rates rates(Recipe recipe) {
        Map<String, LayerRate> layers = new HashMap<>();
        new RateSchedule(recipe.training(), recipe.network())
                .rates(1, Patience.START)
                .layers()
                .forEach((layer, rate) -> layers.put(layer, new LayerRate(Steps.RATE, Steps.RATE)));
        return new Rates(layers, 1);
    }

    /** As it is restored from an exported model. */
    static ComputationGraph inference(Recipe recipe, int classes, String precision) {
        ComputationGraph graph = new ComputationGraph(FastLayers.replaceLrn(TowerGraph.inference(
                recipe.network(), classes, recipe.augmentation().crop())));
        graph.init();
        FastKernels.install(graph, precision(precision), FastKernels.Use.INFERENCE);
        return graph;
    }

    private static Precision precision(String name) {
        return Precision.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
