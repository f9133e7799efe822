package alexnet.training.parallel;

import alexnet.config.Recipe;
import alexnet.data.PreparedData;
import alexnet.figures.HtmlTable;
import alexnet.model.TowerGraph;
import alexnet.pipeline.AugmentationPipeline;
import alexnet.pipeline.ImageBatches;
import alexnet.training.GradientStep;
import alexnet.training.Patience;
import alexnet.training.RateSchedule;
import alexnet.training.Rates;
import alexnet.training.SingleTrainer;
import alexnet.training.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The same few steps from the same parameters on the same batches, made by one device and by several. */
public final class StepComparison {
    private final Recipe recipe;
    private final DataType type;
    private final List<String> classes;
    private final List<DataSet> batches;

    private StepComparison(Recipe recipe, DataType type, List<String> classes, List<DataSet> batches) {
        this.recipe = recipe;
        this.type = type;
        this.classes = classes;
        this.batches = batches;
    }

    /**
     * @param recipe what to train
     * @param data a folder of prepared data
     * @param steps how many, from the first batch of the first epoch
     * @param type FLOAT, or DOUBLE to see what is rounding
     * @return the batches, each step still to be made
     */
    public static StepComparison of(Recipe recipe, Path data, int steps, DataType type) {
        try (PreparedData prepared = PreparedData.open(data);
                ImageBatches made = new ImageBatches(
                        prepared.split("train"),
                        AugmentationPipeline.training(recipe.augmentation(), prepared),
                        prepared.classes(),
                        ImageBatches.Settings.training(
                                recipe.training().batch(), recipe.training().seed()))) {
            made.startEpoch(1, 0);
            List<DataSet> batches = Stream.generate(made::next)
                    .limit(steps)
                    .map(batch -> new DataSet(
                            batch.getFeatures().dup().castTo(type),
                            batch.getLabels().dup().castTo(type)))
                    .toList();
            return new StepComparison(recipe, type, prepared.classes(), batches);
        }
    }

    /** @return the steps of one device that sees the whole batch */
    public StepTrace oneDevice() {
        return trained(SingleTrainer::new);
    }

    /**
     * @param devices 2 or more
     * @return the steps of replicas that share each batch: gradients are added up, and one update is made
     */
    public StepTrace replicas(int devices) {
        return trained((graph, precision) -> new ParallelTrainer(graph, devices, precision));
    }

    private StepTrace trained(Trainer.Factory kind) {
        ComputationGraph graph = graph();
        try (Trainer trainer = kind.on(graph, recipe.training().precision())) {
            trainer.apply(rates());
            List<INDArray> states = new ArrayList<>(List.of(state(graph)));
            for (DataSet batch : batches) {
                trainer.step(batch);
                states.add(state(graph));
            }
            return new StepTrace(states);
        }
    }

    /**
     * @param devices 2 or more
     * @param every after so many steps parameters and velocities are averaged
     * @return the steps of devices that each make updates of their own, from their share of the batch alone; before an
     *     averaging, the state is that of the first
     */
    public StepTrace averaged(int devices, int every) {
        List<Trainer> trainers = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            Trainer trainer = new SingleTrainer(graph(), recipe.training().precision());
            trainer.apply(rates());
            trainers.add(trainer);
        }
        List<INDArray> states = new ArrayList<>(List.of(state(trainers.get(0).graph())));
        for (int step = 0; step < batches.size(); step++) {
            List<Shard> shards = Shard.of(batches.get(step), devices);
            for (int i = 0; i < devices; i++) {
                trainers.get(i).step(shards.get(i).owned());
            }
            if ((step + 1) % every == 0) {
                average(trainers, shards);
            }
            states.add(state(trainers.get(0).graph()));
        }
        return new StepTrace(states);
    }

    /** Each counts by its pictures. */
    private static void average(List<Trainer> trainers, List<Shard> shards) {
        double all = shards.stream().mapToInt(Shard::rows).sum();
        INDArray mean = null;
        for (int i = 0; i < trainers.size(); i++) {
            INDArray part = state(trainers.get(i).graph()).muli(shards.get(i).rows() / all);
            mean = mean == null ? part : mean.addi(part);
        }
        for (Trainer trainer : trainers) {
            trainer.graph().params().assign(mean.getRow(0));
            INDArray velocity = trainer.graph().getUpdater(true).getStateViewArray();
            velocity.assign(mean.getRow(1).reshape(velocity.shape()));
        }
    }

    /**
     * The gradients of the last layer's biases on the first batch, before any step.
     *
     * @param devices that share the batch
     * @return for each class the sum over each device's pictures, their sum, and what one device finds for all
     */
    public HtmlTable gradients(int devices) {
        Stream<String> shares = IntStream.rangeClosed(1, devices).mapToObj(i -> "device " + i);
        HtmlTable table = new HtmlTable(Stream.of(Stream.of("class"), shares, Stream.of("together", "one device"))
                .flatMap(names -> names)
                .toArray(String[]::new));
        List<double[]> each = new ArrayList<>();
        Shard.of(batches.get(0), devices).forEach(shard -> each.add(biases(shard.owned())));
        double[] whole = biases(batches.get(0));
        for (int label = 0; label < classes.size(); label++) {
            int row = label;
            double together = each.stream().mapToDouble(sums -> sums[row]).sum();
            table.row(Stream.of(
                            Stream.of(classes.get(label)),
                            each.stream().map(sums -> text(sums[row])),
                            Stream.of(text(together), text(whole[row])))
                    .flatMap(cells -> cells)
                    .toArray());
        }
        return table;
    }

    private double[] biases(DataSet batch) {
        ComputationGraph graph = graph();
        GradientStep.compute(graph, batch);
        String name = recipe.network().output().name() + "_b";
        return graph.gradient().getGradientFor(name).dup().toDoubleVector();
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private ComputationGraph graph() {
        return TowerGraph.build(
                recipe.network(),
                recipe.training(),
                classes.size(),
                recipe.augmentation().crop(),
                type);
    }

    private Rates rates() {
        return new RateSchedule(recipe.training(), recipe.network()).rates(1, Patience.START);
    }

    private static INDArray state(ComputationGraph graph) {
        INDArray parameters = graph.params().dup();
        INDArray velocity = graph.getUpdater(true).getStateViewArray().dup();
        return Nd4j.vstack(parameters.reshape(1, parameters.length()), velocity.reshape(1, velocity.length()));
    }
}
