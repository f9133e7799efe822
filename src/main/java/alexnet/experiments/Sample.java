package alexnet.experiments;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * One number of several nets that differ in nothing but their seeds.
 *
 * @param values one of each net
 */
record Sample(List<Double> values) {
    private static final double CONFIDENCE = 0.95;

    Sample {
        values = List.copyOf(values);
    }

    /**
     * What one sample has more than another.
     *
     * @param value difference or ratio of the means; of ratios, the geometric means
     * @param low lower end of its 95 % interval; NaN where a sample has one value only
     * @param high upper end
     */
    record Comparison(double value, double low, double high) {
        boolean hasInterval() {
            return !Double.isNaN(low);
        }

        private Comparison map(DoubleUnaryOperator function) {
            return new Comparison(
                    function.applyAsDouble(value), function.applyAsDouble(low), function.applyAsDouble(high));
        }
    }

    int n() {
        return values.size();
    }

    double mean() {
        return statistics().getMean();
    }

    /** Standard deviation, n − 1 below the fraction line; NaN of one value. */
    double deviation() {
        return n() < 2 ? Double.NaN : statistics().getStandardDeviation();
    }

    /** This less the other, with Welch's interval: the spreads may differ. */
    Comparison less(Sample other) {
        double difference = mean() - other.mean();
        if (n() < 2 || other.n() < 2) {
            return new Comparison(difference, Double.NaN, Double.NaN);
        }
        double half = halfInterval(statistics(), other.statistics());
        return new Comparison(difference, difference - half, difference + half);
    }

    /** This divided by the other, all values above 0: Welch's interval of the logarithms. */
    Comparison over(Sample other) {
        return map(Math::log).less(other.map(Math::log)).map(Math::exp);
    }

    private Sample map(DoubleUnaryOperator function) {
        return new Sample(
                values.stream().map(value -> function.applyAsDouble(value)).toList());
    }

    private SummaryStatistics statistics() {
        SummaryStatistics statistics = new SummaryStatistics();
        values.forEach(statistics::addValue);
        return statistics;
    }

    private static double halfInterval(SummaryStatistics a, SummaryStatistics b) {
        double ofA = a.getVariance() / a.getN();
        double ofB = b.getVariance() / b.getN();
        double sum = ofA + ofB;
        if (sum == 0) {
            return 0;
        }
        double freedom = sum * sum / (ofA * ofA / (a.getN() - 1) + ofB * ofB / (b.getN() - 1));
        return Math.sqrt(sum) * new TDistribution(freedom).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    }
}
