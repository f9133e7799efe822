package alexnet.training.parallel;

import alexnet.evaluation.ErrorCount;
import alexnet.training.Rates;
import alexnet.training.Trainer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** Threads that keep every processor busy, so that others start late and in any order. */
final class Load implements AutoCloseable {
    private static final int STEPS = 2;

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;
    private volatile long sink;

    Load() {
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            threads.add(new Thread(this::spin, "load-" + i));
        }
        threads.forEach(Thread::start);
    }

    private void spin() {
        long x = 1;
        while (!ended) {
            for (int i = 0; i < 10_000; i++) {
                x = x * 6364136223846793005L + 1442695040888963407L;
            }
            sink = x;
        }
    }

    @Override
    public void close() {
        ended = true;
    }

    /** The same trainer, started under load that lasts for its first steps. */
    static Trainer.Factory atStart(Trainer.Factory kind) {
        return (graph, precision) -> {
            Load load = new Load();
            try {
                return new Loaded(kind.on(graph, precision), load);
            } catch (RuntimeException e) {
                load.close();
                throw e;
            }
        };
    }

    private static final class Loaded implements Trainer {
        private final Trainer trainer;
        private final Load load;
        private int steps;

        Loaded(Trainer trainer, Load load) {
            this.trainer = trainer;
            this.load = load;
        }

        @Override
        public ErrorCount step(DataSet batch) {
            if (steps++ == STEPS) {
                load.close();
            }
            return trainer.step(batch);
        }

        @Override
        public void apply(Rates rates) {
            trainer.apply(rates);
        }

        @Override
        public ComputationGraph graph() {
            return trainer.graph();
        }

        @Override
        public void close() {
            load.close();
            trainer.close();
        }
    }
}
