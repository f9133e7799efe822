package alexnet.model.layer;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The update rule of {@code §5}: {@code v ← μ·v + ε·g}, {@code w ← w − v}. With L2 regularisation of the layer, which
 * the library adds to the gradient before the updater, {@code g = ⟨∂L/∂w⟩ + decay·w}, so that the decay is inside the
 * velocity as in the paper. A rate of 0 freezes: neither weights nor velocity change.
 *
 * <p>The rate is set from outside, {@link #setRate}. The group keeps parameters of different rates apart.
 */
public final class ClassicalMomentum implements IUpdater {
    private static final long serialVersionUID = 1L;

    private final String group;
    private final double momentum;
    private volatile double rate;

    /**
     * @param group parameters of one rate, such as {@code conv1a_W}; the library updates equal neighbours as one block
     * @param rate learning rate ε
     * @param momentum the paper's 0.9
     */
    @JsonCreator
    public ClassicalMomentum(
            @JsonProperty("group") String group,
            @JsonProperty("rate") double rate,
            @JsonProperty("momentum") double momentum) {
        this.group = group;
        this.rate = rate;
        this.momentum = momentum;
    }

    /** @return which parameters it updates */
    public String getGroup() {
        return group;
    }

    /** @return learning rate ε */
    public double getRate() {
        return rate;
    }

    /** @param rate learning rate ε from the next step on; 0 freezes */
    public void setRate(double rate) {
        this.rate = rate;
    }

    /** @return the factor μ of the old velocity */
    public double getMomentum() {
        return momentum;
    }

    @Override
    public long stateSize(long parameters) {
        return parameters;
    }

    @Override
    public GradientUpdater<ClassicalMomentum> instantiate(INDArray view, boolean initialise) {
        MomentumUpdater updater = new MomentumUpdater(this);
        INDArray flat = view.reshape(view.length());
        updater.setStateViewArray(flat, flat.shape(), flat.ordering(), initialise);
        return updater;
    }

    @Override
    public GradientUpdater<ClassicalMomentum> instantiate(Map<String, INDArray> state, boolean initialise) {
        MomentumUpdater updater = new MomentumUpdater(this);
        updater.setState(state, initialise);
        return updater;
    }

    @Override
    public ClassicalMomentum clone() {
        return new ClassicalMomentum(group, rate, momentum);
    }

    @Override
    public double getLearningRate(int iteration, int epoch) {
        return rate;
    }

    @Override
    public boolean hasLearningRate() {
        return true;
    }

    @Override
    public void setLrAndSchedule(double rate, ISchedule schedule) {
        if (schedule != null) {
            throw new IllegalArgumentException(
                    "ClassicalMomentum was given a schedule, expected a rate: the recipe's schedule sets it.");
        }
        this.rate = rate;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClassicalMomentum that
                && Objects.equals(group, that.group)
                && rate == that.rate
                && momentum == that.momentum;
    }

    @Override
    public int hashCode() {
        return Objects.hash(group, momentum);
    }

    /** Holds the velocity of one block of parameters, flat, as a view into the graph's updater state. */
    private static final class MomentumUpdater implements GradientUpdater<ClassicalMomentum> {
        private static final String VELOCITY = "V";
        private final ClassicalMomentum config;
        private INDArray velocity;

        MomentumUpdater(ClassicalMomentum config) {
            this.config = config;
        }

        @Override
        public ClassicalMomentum getConfig() {
            return config;
        }

        @Override
        public void setState(Map<String, INDArray> state, boolean initialise) {
            if (state.size() != 1 || !state.containsKey(VELOCITY)) {
                throw new IllegalStateException(
                        "Updater state has " + state.keySet() + ", expected the velocity V alone.");
            }
            velocity = state.get(VELOCITY);
            if (initialise) {
                velocity.assign(0);
            }
        }

        @Override
        public Map<String, INDArray> getState() {
            return Map.of(VELOCITY, velocity);
        }

        @Override
        public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialise) {
            setState(Map.of(VELOCITY, view), initialise);
        }

        @Override
        public void applyUpdater(INDArray gradient, int iteration, int epoch) {
            INDArray flat = gradient.reshape(velocity.shape());
            if (config.rate == 0) {
                flat.assign(0);
                return;
            }
            velocity.muli(config.momentum).addi(flat.muli(config.rate));
            flat.assign(velocity);
        }
    }
}
