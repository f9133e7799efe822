package alexnet.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Several measurements of one quantity.
 *
 * @param median the middle one; of an even number the mean of the middle two
 * @param least the smallest
 * @param most the largest
 */
public record Figures(double median, double least, double most) {
    /**
     * @param values at least one
     * @return their median and range
     */
    public static Figures of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return new Figures(percentile(sorted, 50), sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /**
     * Round by round, so that what slows a whole round slows both.
     *
     * @param ours one value for each round
     * @param theirs one for each round
     * @return ours divided by theirs, over the rounds that both have; null if there is none
     */
    public static Figures ratio(List<Double> ours, List<Double> theirs) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(ours.size(), theirs.size()); round++) {
            ratios.add(ours.get(round) / theirs.get(round));
        }
        return ratios.isEmpty() ? null : of(ratios);
    }

    /**
     * @param values at least one
     * @param percent 0 to 100
     * @return the value that so many percent do not exceed, interpolated between neighbours
     */
    public static double percentile(List<Double> values, double percent) {
        List<Double> sorted = values.stream().sorted().toList();
        double at = percent / 100 * (sorted.size() - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
    }
}
