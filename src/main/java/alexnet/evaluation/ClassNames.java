package alexnet.evaluation;

import alexnet.config.Recipes;
import alexnet.config.UsageException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a folder or a list may call a model's classes: by their whole names, by the first word of names such as {@code
 * n01440764 tench, Tinca tinca}, or by their positions from 0.
 */
final class ClassNames {
    static final String POSITIONS = "positions in the model's list of classes, from 1";

    private final List<String> labels;
    private final Map<String, Integer> index = new HashMap<>();

    ClassNames(List<String> labels) {
        this.labels = labels;
        for (int i = 0; i < labels.size(); i++) {
            index.put(labels.get(i), i);
        }
        Map<String, Integer> firstWords = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            firstWords.merge(labels.get(i).split(" ", 2)[0], i, (one, other) -> -1);
        }
        firstWords.forEach((word, i) -> {
            if (i >= 0) {
                index.putIfAbsent(word, i);
            }
        });
    }

    /**
     * @param names what the classes are called
     * @param where who calls them so
     * @return for each name the index of its class
     * @throws UsageException if a name is no class of the model
     */
    int[] indices(List<String> names, String where) {
        return names.stream().mapToInt(name -> index(name, where)).toArray();
    }

    private int index(String name, String where) {
        Integer found = index.get(name);
        if (found != null) {
            return found;
        }
        if (name.matches("\\d{1,6}") && Integer.parseInt(name) < labels.size()) {
            return Integer.parseInt(name);
        }
        throw new UsageException(where + " has the class '" + name + "', expected one of the model's, "
                + shortened(labels) + ", or its position from 0." + Recipes.didYouMean(name, labels)
                + " Rename it, or name the pictures that fit the model.");
    }

    static List<Integer> positions(List<String> labels) {
        return IntStream.rangeClosed(1, labels.size()).boxed().toList();
    }

    static String shortened(List<String> names) {
        return names.size() <= 5
                ? names.toString()
                : names.size() + " from " + names.get(0) + " to " + names.get(names.size() - 1);
    }
}
