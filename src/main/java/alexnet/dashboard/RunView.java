package alexnet.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the page knows of one run, made from its records. Of a long run every second line of steps is kept, then every
 * fourth, and so on; lines of epochs are kept all.
 */
final class RunView {
    /** Lines of steps that are kept at most. */
    static final int MOST_STEPS = 4000;

    private final Map<String, Long> newest = new HashMap<>();
    private final List<JsonNode> lines = new ArrayList<>();
    private final TreeMap<Integer, String> pictures = new TreeMap<>();
    private JsonNode about;
    private JsonNode now;
    private long steps;
    private int keptSteps;
    private int every = 1;
    private int generation;

    /** Takes in a record, in the order of their times; one that was taken in before is left out. */
    synchronized void accept(RunRecord record) throws JsonProcessingException {
        boolean isStatic = record.kind() == RunRecord.Kind.ABOUT || record.kind() == RunRecord.Kind.NOW;
        String sort = isStatic ? record.kind().name() : "updates";
        if (record.getTimeStamp() <= newest.getOrDefault(sort, Long.MIN_VALUE)) {
            return;
        }
        newest.put(sort, record.getTimeStamp());
        switch (record.kind()) {
            case ABOUT -> about = RunFiles.JSON.readTree(record.json());
            case NOW -> now = RunFiles.JSON.readTree(record.json());
            case LINE -> add(RunFiles.JSON.readTree(record.json()));
            case RESET -> reset();
            case PICTURES ->
                pictures.put(RunFiles.JSON.readTree(record.json()).path("epoch").asInt(), record.json());
        }
    }

    /** What is new to somebody who has the lines of a generation up to a number; all of it if the generation changed. */
    synchronized ObjectNode since(int knownGeneration, int from) {
        int start = knownGeneration == generation ? Math.min(Math.max(0, from), lines.size()) : 0;
        ObjectNode answer = RunFiles.JSON.createObjectNode();
        answer.put("generation", generation).put("from", start).put("every", every);
        answer.set("about", about);
        answer.set("now", now);
        answer.set("lines", array(lines.subList(start, lines.size())));
        int last =
                lines.isEmpty() ? 0 : lines.get(lines.size() - 1).path("epoch").asInt();
        ArrayNode epochs = answer.putArray("pictures");
        pictures.headMap(last, true).keySet().forEach(epochs::add);
        return answer;
    }

    synchronized Optional<String> pictures(int epoch) {
        return Optional.ofNullable(pictures.get(epoch));
    }

    synchronized Optional<JsonNode> about() {
        return Optional.ofNullable(about);
    }

    /** Takes in the next line of the log. */
    synchronized void add(JsonNode line) {
        boolean step = line.path("event").asText().equals("step");
        if (step && steps++ % every != 0) {
            return;
        }
        lines.add(line);
        keptSteps += step ? 1 : 0;
        if (keptSteps > MOST_STEPS) {
            thin();
        }
    }

    private void thin() {
        List<JsonNode> kept = new ArrayList<>();
        int step = 0;
        keptSteps = 0;
        for (JsonNode line : lines) {
            if (!line.path("event").asText().equals("step")) {
                kept.add(line);
            } else if (step++ % 2 == 0) {
                kept.add(line);
                keptSteps++;
            }
        }
        lines.clear();
        lines.addAll(kept);
        every *= 2;
        generation++;
    }

    private void reset() {
        lines.clear();
        steps = 0;
        keptSteps = 0;
        every = 1;
        generation++;
    }

    private static ArrayNode array(List<JsonNode> nodes) {
        return RunFiles.JSON.createArrayNode().addAll(nodes);
    }
}
