package alexnet.training.parallel;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.evaluation.ErrorCount;
import alexnet.model.TowerGraph;
import alexnet.training.Checkpoint;
import alexnet.training.RateSchedule;
import alexnet.training.RunListener;
import alexnet.training.Trainer;
import alexnet.training.TrainingLoop;
import alexnet.training.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Fifty steps of a small two-tower network: five epochs of ten batches, the last of which is short, with a rate that drops
 * and a checkpoint in the middle from which another graph goes on.
 */
final class Trial {
    static final int BATCHES = 10;
    static final int EPOCHS = 5;
    private static final int BATCH = 8;
    private static final int LAST = 5; // uneven for 2 replicas and for 4
    private static final int CLASSES = 4;
    private static final int INTERRUPTED_AT = 27;
    private static final Map<String, String> SETTINGS = Map.of(
            "network.width",
            "0.02",
            "training.batch",
            String.valueOf(BATCH),
            "training.epochs",
            String.valueOf(EPOCHS),
            "training.plateau",
            "null",
            "training.table",
            "[{epoch: 1, rate: 0.01, biasRate: 0.02}, {epoch: 3, rate: 0.001}]");

    private final DataType type;
    private final Recipe recipe;
    private final Path folder;

    /** Parameters at the start, and both after the last step. */
    record Outcome(INDArray start, INDArray parameters, INDArray velocity) {
        /** Largest difference divided by the largest distance moved from the start, of parameters or of velocity. */
        double distance(Outcome other) {
            return Math.max(
                    largest(parameters.sub(other.parameters)) / largest(parameters.sub(start)),
                    largest(velocity.sub(other.velocity)) / largest(velocity));
        }

        private static double largest(INDArray array) {
            double largest = array.amaxNumber().doubleValue();
            return Double.isNaN(largest) ? Double.POSITIVE_INFINITY : largest;
        }
    }

    /** The checkpoint of the middle lies in the folder; a network without dropout has {@code keep} 1. */
    Trial(DataType type, double keep, Path folder) {
        this.type = type;
        this.folder = folder;
        Map<String, String> all = new TreeMap<>(SETTINGS);
        all.put("network.dense.fc6.keep", String.valueOf(keep));
        all.put("network.dense.fc7.keep", String.valueOf(keep));
        this.recipe = Recipes.load("cifar10-towers", all);
    }

    /** A new graph of the recipe, always the same. */
    ComputationGraph graph() {
        return TowerGraph.build(
                recipe.network(),
                recipe.training(),
                CLASSES,
                recipe.augmentation().crop(),
                type);
    }

    RateSchedule schedule() {
        return new RateSchedule(recipe.training(), recipe.network());
    }

    /** The n-th batch of an epoch: the same in every epoch. */
    DataSet batch(int n) {
        int size = n == BATCHES - 1 ? LAST : BATCH;
        int crop = recipe.augmentation().crop();
        Nd4j.getRandom().setSeed(100 + n);
        INDArray features =
                Nd4j.randn(DataType.DOUBLE, size, 3, crop, crop).muli(30).castTo(type);
        INDArray labels = Nd4j.zeros(type, size, CLASSES);
        for (int i = 0; i < size; i++) {
            labels.putScalar(i, (i + n) % CLASSES, 1);
        }
        return new DataSet(features, labels);
    }

    /** Trains with a trainer, and again with another one of that kind after the checkpoint. */
    Outcome run(Trainer.Factory kind) {
        ComputationGraph first = graph();
        INDArray start = first.params().dup();
        AtomicInteger asked = new AtomicInteger();
        Saved saved = new Saved();
        loop(first, kind, TrainingState.START, saved, () -> asked.getAndIncrement() == INTERRUPTED_AT);
        ComputationGraph second = graph();
        TrainingState state = saved.restore(second);
        TrainingState end = loop(second, kind, state, saved, () -> false);
        if (end.iteration() != BATCHES * EPOCHS || state.iteration() >= end.iteration()) {
            throw new AssertionError("The trial ended after " + end + ", resumed at " + state);
        }
        return new Outcome(
                start,
                second.params().dup(),
                second.getUpdater(true).getStateViewArray().dup());
    }

    private TrainingState loop(
            ComputationGraph graph, Trainer.Factory kind, TrainingState from, Saved saved, BooleanSupplier stop) {
        saved.graph = graph;
        try (Trainer trainer = kind.on(graph, recipe.training().precision())) {
            return new TrainingLoop(
                            recipe.training(),
                            schedule(),
                            trainer,
                            new Batches(),
                            (net, asked) -> Optional.of(new ErrorCount(1, 0, 0, 0)),
                            List.of(saved),
                            from)
                    .run(stop);
        }
    }

    private final class Batches implements TrainingLoop.Batches {
        private final List<DataSet> all = new ArrayList<>();
        private int next;

        Batches() {
            for (int i = 0; i < BATCHES; i++) {
                all.add(batch(i));
            }
        }

        @Override
        public void startEpoch(int epoch, int from, double lighting) {
            next = from;
        }

        @Override
        public DataSet next() {
            return all.get(next++);
        }

        @Override
        public int count() {
            return BATCHES;
        }
    }

    /** A checkpoint file; in double precision, which files do not hold, the arrays themselves. */
    private final class Saved implements RunListener {
        private ComputationGraph graph;
        private INDArray parameters;
        private INDArray velocity;
        private TrainingState state;

        @Override
        public void interrupted(TrainingState now) {
            state = now;
            if (type == DataType.FLOAT) {
                Checkpoint.write(folder, graph, now, "data", "network");
            } else {
                parameters = graph.params().dup();
                velocity = graph.getUpdater(true).getStateViewArray().dup();
            }
        }

        TrainingState restore(ComputationGraph into) {
            if (type == DataType.FLOAT) {
                Path file = Checkpoint.newest(folder).orElseThrow();
                return Checkpoint.restore(file, into, "data", "network").state();
            }
            into.params().assign(parameters);
            into.getUpdater(true).getStateViewArray().assign(velocity);
            into.getConfiguration().setIterationCount((int) state.iteration());
            into.getConfiguration().setEpochCount(state.epoch() - 1);
            return state;
        }
    }
}
