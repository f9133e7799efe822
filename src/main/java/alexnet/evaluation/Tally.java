package alexnet.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Counts what a model says of pictures: errors in all and by class, confusions, and the five best guesses of each. */
public final class Tally {
    /** How many guesses are kept of each picture: as many as a submission may have. */
    static final int TOP = 5;

    private final TestSet pictures;
    private final List<String> classes;
    private final ErrorCount all = new ErrorCount();
    private final ErrorCount[] byClass;
    private final Map<Long, Integer> confusions = new HashMap<>();
    private final int[][] guesses;
    private final float[][] probabilities;

    Tally(TestSet pictures, List<String> classes) {
        this.pictures = pictures;
        this.classes = classes;
        this.byClass = new ErrorCount[classes.size()];
        Arrays.setAll(byClass, i -> new ErrorCount());
        this.guesses = new int[pictures.size()][];
        this.probabilities = new float[pictures.size()][];
    }

    void add(int i, double[] scores) {
        guesses[i] = best(scores);
        probabilities[i] = new float[guesses[i].length];
        for (int rank = 0; rank < guesses[i].length; rank++) {
            probabilities[i][rank] = (float) scores[guesses[i][rank]];
        }
        int label = pictures.label(i);
        if (label < 0) {
            return;
        }
        long wrongBefore = all.wrong1();
        all.addProbabilities(scores, label);
        byClass[label].addProbabilities(scores, label);
        if (all.wrong1() > wrongBefore) {
            confusions.merge((long) label * classes.size() + bestOther(scores, label), 1, Integer::sum);
        }
    }

    /** The most probable classes, best first, without a look at the label: of two alike the first in the list. */
    private static int[] best(double[] scores) {
        int[] best = new int[Math.min(TOP, scores.length)];
        int found = 0;
        for (int i = 0; i < scores.length; i++) {
            int at = found;
            while (at > 0 && scores[i] > scores[best[at - 1]]) {
                at--;
            }
            if (at < best.length) {
                found = Math.min(found + 1, best.length);
                System.arraycopy(best, at, best, at + 1, found - at - 1);
                best[at] = i;
            }
        }
        return best;
    }

    /** What a picture that is wrong was taken for; a class that ties with its own counts as well. */
    private static int bestOther(double[] scores, int label) {
        int best = -1;
        for (int i = 0; i < scores.length; i++) {
            if (i != label && (best < 0 || scores[i] > scores[best])) {
                best = i;
            }
        }
        return best;
    }

    /** @return errors over all pictures with labels that could be read */
    public ErrorCount all() {
        return all;
    }

    /** The best guesses of a picture, best first; null if it could not be read. */
    int[] guesses(int i) {
        return guesses[i];
    }

    /** The probabilities of these guesses. */
    float[] probabilities(int i) {
        return probabilities[i];
    }

    /** @return errors of each class that has pictures, in the order of the list of classes */
    public List<ClassErrors> classErrors() {
        return IntStream.range(0, classes.size())
                .filter(i -> byClass[i].images() > 0)
                .mapToObj(i -> ClassErrors.of(classes.get(i), byClass[i]))
                .toList();
    }

    /** @return all pairs of which there is any, the most frequent first */
    public List<Confusion> confusions() {
        List<Confusion> found = new ArrayList<>();
        confusions.forEach((pair, count) -> found.add(new Confusion(
                classes.get((int) (pair / classes.size())), classes.get((int) (pair % classes.size())), count)));
        found.sort(Comparator.comparingInt(Confusion::count)
                .reversed()
                .thenComparing(Confusion::label)
                .thenComparing(Confusion::guess));
        return found;
    }
}
