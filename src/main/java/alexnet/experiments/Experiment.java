package alexnet.experiments;

import alexnet.config.UsageException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One claim of the paper as a set of trainings that differ in nothing but what the paper varies.
 *
 * @param name the experiment's, and that of its folder
 * @param section where the paper makes the claim
 * @param claim what the paper says, in a sentence
 * @param remark what a reader must know beside it, such as that the data set is another one; absent: nothing
 * @param data what it is trained and measured on
 * @param seeds each variant is trained from each
 * @param views with how many views each net is measured at the end: 1, 10 or both
 * @param set keys of the recipe that all variants share, such as {@code training.stopAt.trainTop1}
 * @param variants the first is what the others are compared with
 * @param averages several nets measured as one
 * @param grid how the learning rate of each variant was found; absent: it was not searched
 * @param measures what is compared
 * @param curves what is drawn over the epochs
 * @param pictures whether each net's kernels are shown, and its guesses on some pictures
 */
public record Experiment(
        String name,
        String section,
        String claim,
        String remark,
        Data data,
        List<Long> seeds,
        List<Integer> views,
        Map<String, JsonNode> set,
        List<Variant> variants,
        List<Average> averages,
        Grid grid,
        List<Measure> measures,
        List<Curve> curves,
        Boolean pictures) {
    private static final String NAME = "[a-z0-9][a-z0-9-]*";

    /**
     * @param name such as {@code cifar10}
     * @param classes how many it has
     * @param split the part that errors are measured on: test, or val where the labels of the test were never published
     */
    public record Data(String name, int classes, String split) {
        /** Measured on the test pictures unless told otherwise. */
        public Data {
            split = split == null ? "test" : split;
            require(
                    name != null && classes > 0 && (split.equals("test") || split.equals("val")),
                    "data",
                    "a name, classes of 1 or more, split test or val",
                    "name " + name + ", classes " + classes + ", split " + split);
        }
    }

    /**
     * One kind of net.
     *
     * @param name part of its folders' names
     * @param about what differs, for tables
     * @param recipe a built-in recipe's name or a YAML file; absent with {@code sameAs}
     * @param set keys of the recipe that differ
     * @param initFrom the variant whose net of the same seed it begins with, or {@code EXPERIMENT/VARIANT}; absent: random
     *     weights
     * @param pretrain whether it is trained on a larger set of its own, to begin others with, and not measured
     * @param sameAs {@code EXPERIMENT/VARIANT} whose nets are used, so that nothing is trained twice
     */
    public record Variant(
            String name,
            String about,
            String recipe,
            Map<String, JsonNode> set,
            String initFrom,
            Boolean pretrain,
            String sameAs) {
        /** Checks that its nets come from one place. */
        public Variant {
            set = set == null ? Map.of() : new LinkedHashMap<>(set);
            pretrain = pretrain != null && pretrain;
            require(
                    name != null && name.matches(NAME),
                    "variants",
                    "a name of small letters, digits and dashes",
                    String.valueOf(name));
            require(
                    (recipe == null) != (sameAs == null) && (sameAs == null || sameAs.matches(NAME + "/" + NAME)),
                    "variants." + name,
                    "either recipe or sameAs: EXPERIMENT/VARIANT",
                    "recipe " + recipe + " and sameAs " + sameAs);
        }
    }

    /**
     * Several nets whose probabilities are averaged.
     *
     * @param name of the row
     * @param about what it is, for tables
     * @param of the seeds of each variant
     */
    public record Average(String name, String about, Map<String, List<Long>> of) {
        /** Checks that there is something to average. */
        public Average {
            of = of == null ? Map.of() : new LinkedHashMap<>(of);
            require(
                    name != null
                            && name.matches(NAME)
                            && of.values().stream().mapToInt(List::size).sum() > 1,
                    "averages",
                    "a name and two nets or more",
                    name + " of " + of);
        }
    }

    /**
     * Rates tried for each variant, the same for all.
     *
     * @param keys of the recipe, each with the factor that makes its value from the rate
     * @param values the rates, ascending
     * @param seed of its nets
     * @param measure whose lowest value is the best
     */
    public record Grid(Map<String, Double> keys, List<Double> values, long seed, Measure measure) {
        /** Checks that a value can lie inside. */
        public Grid {
            keys = keys == null ? Map.of() : new LinkedHashMap<>(keys);
            values = values == null ? List.of() : List.copyOf(values);
            require(
                    !keys.isEmpty()
                            && values.size() >= 3
                            && values.equals(values.stream().sorted().distinct().toList())
                            && values.get(0) > 0
                            && measure != null,
                    "grid",
                    "keys, three rates or more above 0 in ascending order, and a measure",
                    "keys " + keys + ", values " + values);
        }
    }

    /** What is drawn over the epochs. */
    public enum Curve {
        /** Top-1 error on the training batches. */
        TRAINING_ERROR,
        /** Cross-entropy on the training batches. */
        TRAINING_LOSS,
        /** Top-1 error on the validation pictures. */
        VALIDATION_ERROR
    }

    /** Checks what spans several parts. */
    public Experiment {
        seeds = seeds == null ? List.of(1L) : List.copyOf(seeds);
        views = views == null ? List.of(1) : List.copyOf(views);
        set = set == null ? Map.of() : new LinkedHashMap<>(set);
        variants = variants == null ? List.of() : List.copyOf(variants);
        averages = averages == null ? List.of() : List.copyOf(averages);
        measures = measures == null ? List.of() : List.copyOf(measures);
        curves = curves == null ? List.of() : List.copyOf(curves);
        pictures = pictures != null && pictures;
        require(name != null && name.matches(NAME), "name", "small letters, digits and dashes", String.valueOf(name));
        require(
                section != null && claim != null && data != null && !variants.isEmpty() && !measures.isEmpty(),
                name,
                "a definition with section, claim, data, variants and measures",
                "without "
                        + (section == null
                                ? "section"
                                : claim == null
                                        ? "claim"
                                        : data == null ? "data" : variants.isEmpty() ? "variants" : "measures"));
        require(
                !seeds.isEmpty() && seeds.stream().distinct().count() == seeds.size(),
                "seeds",
                "different ones",
                seeds + "");
        require(
                !views.isEmpty() && views.stream().allMatch(count -> count == 1 || count == 10),
                "views",
                "1, 10 or both",
                views + "");
        checkNames(name, variants, averages, measures);
    }

    private static void checkNames(
            String name, List<Variant> variants, List<Average> averages, List<Measure> measures) {
        List<String> nets = variants.stream().map(Variant::name).toList();
        List<String> rows = Stream.concat(nets.stream(), averages.stream().map(Average::name))
                .toList();
        require(rows.stream().distinct().count() == rows.size(), name, "each name once", rows + "");
        variants.stream()
                .map(Variant::initFrom)
                .filter(from -> from != null && !from.matches(NAME + "/" + NAME))
                .forEach(from -> Names.require(name, "variant", from, nets));
        averages.forEach(average -> average.of().keySet().forEach(of -> Names.require(name, "variant", of, nets)));
        for (Measure measure : measures) {
            measure.variants().forEach(of -> Names.require(name, "row", of, rows));
            measure.paper().keySet().forEach(of -> Names.require(name, "row", of, rows));
        }
    }

    /**
     * @param wanted a variant's name
     * @return the variant
     * @throws UsageException if there is none of that name
     */
    public Variant variant(String wanted) {
        Names.require(
                name, "variant", wanted, variants.stream().map(Variant::name).toList());
        return variants.stream()
                .filter(variant -> variant.name().equals(wanted))
                .findFirst()
                .orElseThrow();
    }

    /** Throws the error of a definition that breaks a rule. */
    static void require(boolean ok, String key, String expected, String found) {
        if (!ok) {
            throw new UsageException(
                    "Experiment key " + key + " is " + found + ", expected " + expected + ". Correct the definition.");
        }
    }
}
