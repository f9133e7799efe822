package alexnet.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
            "cifar10-towers",
            "sixth-conv");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

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
        ObjectNode own = parseTree(read(name), name);
        JsonNode base = own.remove(EXTENDS);
        if (base == null) {
            return own;
        }
        ObjectNode merged = tree(base.asText(), depth + 1);
        RecipeTree.merge(merged, own);
        return merged;
    }

    private static String read(String name) {
        try (InputStream in = Recipes.class.getResourceAsStream("/recipes/" + name + ".yaml")) {
            if (in != null && BUILT_IN.contains(name)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            Path file = Path.of(name);
            if (Files.isRegularFile(file)) {
                return Files.readString(file);
            }
        } catch (IOException e) {
            throw new UsageException("Recipe " + name + " cannot be read (" + e.getMessage() + ").", e);
        }
        throw new UsageException("Recipe '" + name + "' is neither built in nor a file. Built in are "
                + String.join(", ", BUILT_IN) + "." + didYouMean(name, BUILT_IN));
    }

    private static ObjectNode parseTree(String yaml, String origin) {
        try {
            if (YAML.readTree(yaml) instanceof ObjectNode tree) {
                return tree;
            }
            throw new UsageException(
                    "Recipe " + origin + " is not a map of keys, expected YAML such as 'extends: paper'.");
        } catch (JsonProcessingException e) {
            throw new UsageException(
                    "Recipe " + origin + " is not valid YAML: " + e.getOriginalMessage() + " at line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ". Correct it.",
                    e);
        }
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

    private static Recipe bind(ObjectNode tree, String origin) {
        try {
            return YAML.treeToValue(tree, Recipe.class);
        } catch (UnrecognizedPropertyException e) {
            List<String> known = e.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            throw new UsageException(
                    "Recipe " + origin + " has the unknown key '" + path(e) + "', expected one of "
                            + String.join(", ", known) + "." + didYouMean(e.getPropertyName(), known),
                    e);
        } catch (ValueInstantiationException e) {
            if (e.getCause() instanceof UsageException usage) {
                throw usage;
            }
            throw new UsageException("Recipe " + origin + ": " + e.getOriginalMessage(), e);
        } catch (MismatchedInputException e) {
            throw new UsageException(
                    "Recipe " + origin + " has " + found(tree, e) + " at '" + path(e) + "', expected "
                            + expected(e.getTargetType()) + ". Correct it.",
                    e);
        } catch (JsonMappingException e) {
            throw new UsageException(
                    "Recipe " + origin + " has a wrong value at '" + path(e) + "': " + e.getOriginalMessage()
                            + ". Correct it.",
                    e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String found(JsonNode tree, JsonMappingException e) {
        JsonNode node = tree;
        for (JsonMappingException.Reference part : e.getPath()) {
            node = part.getFieldName() == null ? node.path(part.getIndex()) : node.path(part.getFieldName());
        }
        if (node.isMissingNode() || node.isNull()) {
            return "nothing";
        }
        return node.isValueNode() ? "'" + node.asText() + "'" : node.isArray() ? "a list" : "a map of keys";
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "another kind of value";
        }
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(value -> value.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type == int.class || type == long.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return List.class.isAssignableFrom(type) ? "a list" : type == String.class ? "a text" : "a map of keys";
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(part -> part.getFieldName() == null ? String.valueOf(part.getIndex()) : part.getFieldName())
                .collect(Collectors.joining("."));
    }
}
