package alexnet.training.parallel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Parameters and velocity of a training, step by step.
 *
 * @param states {@code [2, parameters]} each, parameters above velocity: the first before any step, then after each
 */
public record StepTrace(List<INDArray> states) {
    /**
     * @param other a training of as many steps from the same parameters
     * @return after each step, the largest difference of a parameter or a velocity, divided by the largest distance that
     *     a parameter, or velocity, has moved in this one: {@code {steps…}, {shares…}}
     */
    public double[][] distances(StepTrace other) {
        int steps = states.size() - 1;
        double[][] line = new double[2][steps];
        for (int step = 1; step <= steps; step++) {
            line[0][step - 1] = step;
            line[1][step - 1] = Math.max(distance(other, step, 0), distance(other, step, 1));
        }
        return line;
    }

    private double distance(StepTrace other, int step, int row) {
        INDArray mine = states.get(step).getRow(row);
        double moved = mine.sub(states.get(0).getRow(row)).amaxNumber().doubleValue();
        return mine.sub(other.states.get(step).getRow(row)).amaxNumber().doubleValue() / moved;
    }

    /**
     * @param other a training of as many steps from the same parameters
     * @return how many decimal digits of what was learned both have in common after the last step
     */
    public int equalDigits(StepTrace other) {
        double distance = distances(other)[1][states.size() - 2];
        return distance == 0 ? Integer.MAX_VALUE : (int) Math.max(0, Math.floor(-Math.log10(distance)));
    }

    /**
     * @param parameter number of a parameter, counted from the last
     * @return its value after the last step
     */
    public double last(int parameter) {
        INDArray row = states.get(states.size() - 1).getRow(0);
        return row.getDouble(row.length() - 1 - parameter);
    }
}
