package alexnet.training.parallel;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.SgdUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.shade.jackson.annotation.JsonCreator;

/** Something that goes wrong when a thread gets to a stage of a step. */
record Fault(Stage stage, String thread, Throwable thrown) {
    enum Stage {
        REPLICATE,
        FORWARD,
        BACKWARD,
        UPDATE
    }

    private static volatile Fault planned;

    static void plan(Fault fault) {
        planned = fault;
    }

    private static void reached(Stage stage) {
        Fault fault = planned;
        if (fault != null
                && fault.stage == stage
                && fault.thread.equals(Thread.currentThread().getName())) {
            sneak(fault.thrown);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** The identity, made again with each replica, passed forward and backward. */
    static final class Activation extends BaseActivationFunction {
        private static final long serialVersionUID = 1L;

        @JsonCreator
        Activation() {
            reached(Stage.REPLICATE);
        }

        @Override
        public INDArray getActivation(INDArray in, boolean training) {
            reached(Stage.FORWARD);
            return in;
        }

        @Override
        public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
            reached(Stage.BACKWARD);
            return new Pair<>(epsilon, null);
        }
    }

    /** Plain descent. */
    static final class Updater extends Sgd {
        private static final long serialVersionUID = 1L;

        @JsonCreator
        Updater() {
            super(0.1);
        }

        @Override
        public Updater clone() {
            return this;
        }

        @Override
        public GradientUpdater<Sgd> instantiate(INDArray view, boolean initialise) {
            return new SgdUpdater(this) {
                @Override
                public void applyUpdater(INDArray gradient, int iteration, int epoch) {
                    reached(Stage.UPDATE);
                    super.applyUpdater(gradient, iteration, epoch);
                }
            };
        }
    }
}
