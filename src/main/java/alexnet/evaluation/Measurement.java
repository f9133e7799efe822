package alexnet.evaluation;

import alexnet.bundle.ModelCard;
import java.util.List;
import java.util.Map;

/**
 * What one or several nets said of the pictures of a set.
 *
 * @param pictures the set
 * @param views 1 or 10
 * @param classes names of the classes, in the order of the outputs
 * @param nets whose softmax was averaged
 * @param fit their weights; null if they were equal
 * @param tally what was counted
 * @param damaged pictures that could not be read, by number, with the reason
 */
public record Measurement(
        TestSet pictures,
        int views,
        List<String> classes,
        List<ModelCard> nets,
        WeightFit fit,
        Tally tally,
        Map<Integer, String> damaged) {}
