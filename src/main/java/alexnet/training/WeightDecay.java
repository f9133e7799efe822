package alexnet.training;

import alexnet.config.Training;

/** What weight decay alone does to a parameter, by the update rule of {@code §5}. */
public final class WeightDecay {
    private WeightDecay() {}

    /**
     * {@code v ← 0.9·v − 0.0005·ε·w; w ← w + v} with no gradient at all.
     *
     * @param training gives momentum and decay
     * @param rate ε
     * @return steps after which half of the parameter is left
     * @throws IllegalArgumentException if it never shrinks
     */
    public static int halfLife(Training training, double rate) {
        if (!(training.decay() > 0 && rate > 0)) {
            throw new IllegalArgumentException("Decay is " + training.decay() + " and the rate " + rate
                    + ", expected both above 0: nothing shrinks without. Take a recipe with decay.");
        }
        double value = 1;
        double velocity = 0;
        int steps = 0;
        while (value > 0.5) {
            velocity = training.momentum() * velocity - training.decay() * rate * value;
            value += velocity;
            steps++;
        }
        return steps;
    }
}
