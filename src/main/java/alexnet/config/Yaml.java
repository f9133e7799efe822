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
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads YAML into records: an unknown key, a wrong kind of value or a broken rule is an error that names its place. */
public final class Yaml {
    static final YAMLMapper MAPPER = YAMLMapper.builder()
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

    private Yaml() {}

    /**
     * @param kind what it is, for errors, such as {@code Recipe}
     * @param folder of the built-in ones on the class path, such as {@code /recipes/}
     * @param name of a built-in one, or the path of a file
     * @param builtIn names of the built-in ones
     * @return its text
     * @throws UsageException if there is none, or it cannot be read
     */
    public static String text(String kind, String folder, String name, List<String> builtIn) {
        try (InputStream in = Yaml.class.getResourceAsStream(folder + name + ".yaml")) {
            if (in != null && builtIn.contains(name)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            Path file = Path.of(name);
            if (Files.isRegularFile(file)) {
                return Files.readString(file);
            }
        } catch (IOException e) {
            throw new UsageException(
                    kind + " " + name + " cannot be read (" + e + "), expected a readable file. Mend that.", e);
        }
        throw new UsageException(kind + " '" + name + "' is neither built in nor a file. Built in are "
                + String.join(", ", builtIn) + "." + Recipes.didYouMean(name, builtIn));
    }

    /**
     * @param <T> a record whose constructor checks its values
     * @param kind what it is, for errors, such as {@code Recipe}
     * @param yaml its text
     * @param origin what to call it in errors, such as the file's name
     * @param type the record's class
     * @return the record
     * @throws UsageException if the text is no YAML, a key is unknown, or a value is out of range
     */
    public static <T> T read(String kind, String yaml, String origin, Class<T> type) {
        return bind(kind, tree(kind, yaml, origin), origin, type);
    }

    static ObjectNode tree(String kind, String yaml, String origin) {
        try {
            if (MAPPER.readTree(yaml) instanceof ObjectNode tree) {
                return tree;
            }
            throw new UsageException(
                    kind + " " + origin + " is not a map of keys, expected YAML such as 'name: NAME'.");
        } catch (JsonProcessingException e) {
            throw new UsageException(
                    kind + " " + origin + " is not valid YAML: " + e.getOriginalMessage() + " at line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ". Correct it.",
                    e);
        }
    }

    static <T> T bind(String kind, ObjectNode tree, String origin, Class<T> type) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (UnrecognizedPropertyException e) {
            List<String> known = e.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            throw new UsageException(
                    kind + " " + origin + " has the unknown key '" + path(e) + "', expected one of "
                            + String.join(", ", known) + "." + Recipes.didYouMean(e.getPropertyName(), known),
                    e);
        } catch (ValueInstantiationException e) {
            if (e.getCause() instanceof UsageException usage) {
                throw usage;
            }
            throw new UsageException(kind + " " + origin + ": " + e.getOriginalMessage(), e);
        } catch (MismatchedInputException e) {
            throw new UsageException(
                    kind + " " + origin + " has " + found(tree, e) + " at '" + path(e) + "', expected "
                            + expected(e.getTargetType()) + ". Correct it.",
                    e);
        } catch (JsonMappingException e) {
            throw new UsageException(
                    kind + " " + origin + " has a wrong value at '" + path(e) + "': " + e.getOriginalMessage()
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
