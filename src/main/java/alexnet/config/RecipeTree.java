package alexnet.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Lays one recipe over another, and single values over a recipe, before anything is typed. */
final class RecipeTree {
    private static final String NAME = "name";

    private RecipeTree() {}

    /**
     * Keys of {@code over} win. A map laid over a list changes those of its elements that carry the map's keys as names;
     * a list laid over a list replaces it whole. A key or a named element that is set to null is taken away.
     */
    static void merge(ObjectNode base, ObjectNode over) {
        for (var field : over.properties()) {
            JsonNode below = base.get(field.getKey());
            JsonNode above = field.getValue();
            if (below instanceof ObjectNode object && above instanceof ObjectNode overObject) {
                merge(object, overObject);
            } else if (below instanceof ArrayNode list && above instanceof ObjectNode changes) {
                mergeNamed(field.getKey(), list, changes);
            } else {
                base.set(field.getKey(), above);
            }
        }
    }

    private static void mergeNamed(String key, ArrayNode list, ObjectNode changes) {
        for (var change : changes.properties()) {
            JsonNode element = find(list, change.getKey());
            if (element != null && change.getValue().isNull()) {
                remove(list, element);
                continue;
            }
            if (!(element instanceof ObjectNode object) || !(change.getValue() instanceof ObjectNode values)) {
                throw unknown(key + "." + change.getKey(), change.getKey(), list);
            }
            merge(object, values);
        }
    }

    /**
     * Sets the value at a dotted key; elements of lists are addressed by name or by index from 0, and null takes one away.
     */
    static void set(ObjectNode tree, String key, JsonNode value) {
        String[] parts = key.split("\\.", -1);
        JsonNode node = tree;
        for (int i = 0; i < parts.length - 1; i++) {
            JsonNode next = child(node, parts[i]);
            if (next == null || next.isNull()) {
                if (!(node instanceof ObjectNode object) || i == 0) {
                    throw unknown(key, parts[i], node);
                }
                next = object.putObject(parts[i]);
            }
            node = next;
        }
        String last = parts[parts.length - 1];
        if (node instanceof ObjectNode object) {
            object.set(last, value);
        } else if (node instanceof ArrayNode list && child(list, last) != null && value.isNull()) {
            remove(list, child(list, last));
        } else if (node instanceof ArrayNode list && child(list, last) != null) {
            IntStream.range(0, list.size())
                    .filter(i -> list.get(i) == child(list, last))
                    .forEach(i -> list.set(i, value));
        } else {
            throw unknown(key, last, node);
        }
    }

    private static void remove(ArrayNode list, JsonNode element) {
        list.remove(IntStream.range(0, list.size())
                .filter(i -> list.get(i) == element)
                .findFirst()
                .orElseThrow());
    }

    /** The leaves that differ, as {@code key: before → now}. */
    static List<String> differences(JsonNode before, JsonNode now) {
        Map<String, String> left = new TreeMap<>();
        Map<String, String> right = new TreeMap<>();
        leaves("", before, left);
        leaves("", now, right);
        Set<String> keys = new TreeSet<>(left.keySet());
        keys.addAll(right.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(left.get(key), right.get(key)))
                .map(key -> key + ": " + left.get(key) + " → " + right.get(key))
                .toList();
    }

    private static void leaves(String prefix, JsonNode node, Map<String, String> into) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> leaves(join(prefix, field.getKey()), field.getValue(), into));
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                leaves(join(prefix, list.get(i).path(NAME).asText(String.valueOf(i))), list.get(i), into);
            }
        } else if (!node.isNull()) {
            into.put(prefix, node.asText());
        }
    }

    private static String join(String prefix, String key) {
        return prefix.isEmpty() ? key : prefix + "." + key;
    }

    private static JsonNode child(JsonNode node, String part) {
        if (node instanceof ArrayNode list) {
            JsonNode byName = find(list, part);
            return byName != null || !part.matches("\\d{1,9}") ? byName : list.get(Integer.parseInt(part));
        }
        return node.get(part);
    }

    private static UsageException unknown(String key, String part, JsonNode node) {
        if (node.isValueNode()) {
            return new UsageException("Recipe key '" + key + "' has '" + part + "' below the single value " + node
                    + ", expected nothing there. Leave it off.");
        }
        List<String> valid = new ArrayList<>();
        if (node instanceof ArrayNode list) {
            IntStream.range(0, list.size())
                    .forEach(i -> valid.add(list.get(i).path(NAME).asText(String.valueOf(i))));
        } else {
            node.fieldNames().forEachRemaining(valid::add);
        }
        return new UsageException("Recipe key '" + key + "' is unknown at '" + part + "', expected one of "
                + String.join(", ", valid) + "." + Recipes.didYouMean(part, valid));
    }

    private static JsonNode find(ArrayNode list, String name) {
        for (JsonNode element : list) {
            if (name.equals(element.path(NAME).asText(null))) {
                return element;
            }
        }
        return null;
    }
}
