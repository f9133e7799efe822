package alexnet.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Locale;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * Where an error may lie that was measured on a sample: Wilson's score interval at 95 %. It tells what other pictures
 * of the same kind would do to the error, not what another training would.
 *
 * @param low its lower end, 0 to 1
 * @param high its upper end, 0 to 1
 */
public record Interval(double low, double high) {
    /** How often such intervals hold the true share. */
    public static final double CONFIDENCE = 0.95;

    /**
     * @param wrong pictures that were wrong
     * @param pictures all of them, 1 or more
     * @return the interval of the share
     */
    public static Interval of(long wrong, long pictures) {
        ConfidenceInterval found =
                new WilsonScoreInterval().createInterval(Math.toIntExact(pictures), Math.toIntExact(wrong), CONFIDENCE);
        return new Interval(
                wrong == 0 ? 0 : found.getLowerBound(), // which rounding leaves a little beside
                wrong == pictures ? 1 : found.getUpperBound());
    }

    /** @return it in percent, such as {@code 3.03 to 5.52 %} */
    @JsonIgnore
    public String text() {
        return String.format(Locale.ROOT, "%.2f to %.2f %%", 100 * low, 100 * high);
    }
}
