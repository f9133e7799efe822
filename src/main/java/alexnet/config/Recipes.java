package alexnet.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds recipes, built in or in a file, lays overrides over them, and reads and writes them as YAML. */
public final class Recipes {
    /** The recipes that come with the program, in the order in which they are listed. */
    public static final List<String> BUILT_IN = List.of(
            "paper",
            "as-run-2012",
            "demo",
            "cifar10-four-layer",
            "cifar10-local",
            "cifar10-local-lrn",
            "cifar10-plain",
            "cifar10-towers",
            "sixth-conv");

    private static final YAMLMapper YAML = Yaml.MAPPER;

    private static final String EXTENDS = "extends";
    private static final int DEEPEST = 8;

    private Recipes() {}

    /**
     * @param name a built-in recipe's name, or the path of a YAML file
     * @param overrides dotted keys and their values, such as {@code training.batch} → {@code 64}
     * @return the resolved recipe
     * @throws UsageException if there is no such recipe, a key is unknown, or a value is out of range
     */
    public static Recipe load(String name, Map<String, String> overrides) {
        ObjectNode tree = tree(name, 0);
        overrides.forEach((key, value) -> RecipeTree.set(tree, key, parseValue(key, value)));
        return bind(tree, name);
    }

    /**
     * @param yaml a resolved recipe, as {@link #toYaml} gives it
     * @param origin what to call it in errors, such as the file's name
     * @return the recipe
     */
    public static Recipe parse(String yaml, String origin) {
        return bind(parseTree(yaml, origin), origin);
    }

    /**
     * @param recipe a recipe
     * @return it as YAML with every key written out, readable by {@link #parse}
     */
    public static String toYaml(Recipe recipe) {
        try {
            return YAML.writeValueAsString(recipe);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param recipe a recipe
     * @return what may not change when a run is resumed, network and input, as YAML
     */
    public static String architecture(Recipe recipe) {
        ObjectNode tree = YAML.createObjectNode();
        tree.put("size", recipe.size());
        tree.put("crop", recipe.augmentation().crop());
        tree.set("network", YAML.valueToTree(recipe.network()));
        try {
            return YAML.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param before a recipe
     * @param now the same with changes
     * @return the keys whose values differ, with both values, such as {@code training.batch: 128 → 64}
     */
    public static List<String> differences(Recipe before, Recipe now) {
        return RecipeTree.differences(YAML.valueToTree(before), YAML.valueToTree(now));
    }

    /**
     * @param wrong a word the user typed
     * @param valid the words that are possible
     * @return {@code " Did you mean 'x'?"} for the nearest valid word, or nothing if none is near
     */
    public static String didYouMean(String wrong, Collection<String> valid) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        Optional<String> nearest = valid.stream()
                .min(Comparator.comparingInt(
                        word -> distance.apply(wrong.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT))));
        return nearest.map(word -> " Did you mean '" + word + "'?").orElse("");
    }

    private static ObjectNode tree(String name, int depth) {
        if (depth > DEEPEST) {
            throw new UsageException(
                    "Recipe " + name + " extends itself, expected a chain that ends. Correct 'extends'.");
        }
        ObjectNode own = parseTree(Yaml.text("Recipe", "/recipes/", name, BUILT_IN), name);
        JsonNode base = own.remove(EXTENDS);
        if (base == null) {
            return own;
        }
        ObjectNode merged = tree(base.asText(), depth + 1);
        RecipeTree.merge(merged, own);
        return merged;
    }

    private static JsonNode parseValue(String key, String value) {
        try {
            if (value.isBlank()) {
                throw new UsageException(
                        "Recipe key '" + key + "' is set to nothing, expected a value. Write " + key + "=VALUE.");
            }
            return YAML.readTree(value);
        } catch (JsonProcessingException e) {
            throw new UsageException("Value '" + value + "' of " + key + " is not valid YAML. Quote it.", e);
        }
    }

    private static ObjectNode parseTree(String yaml, String origin) {
        return Yaml.tree("Recipe", yaml, origin);
    }

    private static Recipe bind(ObjectNode tree, String origin) {
        return Yaml.bind("Recipe", tree, origin, Recipe.class);
    }
}
