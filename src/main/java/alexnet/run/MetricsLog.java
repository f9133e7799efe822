package alexnet.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The run's measurements, {@code metrics.jsonl}: one JSON object a line, appended as they are made. */
public final class MetricsLog implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final FileChannel channel;

    /**
     * @param file the log, made if absent
     * @throws IOException if it cannot be opened
     */
    public MetricsLog(Path file) throws IOException {
        this.file = file;
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /**
     * Opens a log, writes one line, and closes it.
     *
     * @param file the log, made if absent
     * @param event as for {@link #write}
     * @param values as for {@link #write}
     */
    public static void append(Path file, String event, Map<String, Object> values) {
        try (MetricsLog log = new MetricsLog(file)) {
            log.write(event, values);
        } catch (IOException e) {
            throw new RunException(
                    "Metrics cannot be written to " + file + " (" + e
                            + "), expected a writable file. Mend that, then go on with --resume.",
                    e);
        }
    }

    /**
     * @param event what is measured, such as {@code step} or {@code epoch}
     * @param values names and values; NaN and infinities become text
     */
    public synchronized void write(String event, Map<String, Object> values) {
        ObjectNode line = JSON.createObjectNode();
        line.put("event", event);
        values.forEach((name, value) -> line.set(name, JSON.valueToTree(value)));
        try {
            ByteBuffer bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) { // on a full disk a part is written before the failure comes
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new RunException(
                    "Metrics cannot be written to " + file + " (" + e.getMessage()
                            + "). Free disk space, then go on with --resume.",
                    e);
        }
    }

    /**
     * Reads a log; a last line that was cut off by a kill is left out.
     *
     * @param file the log
     * @return its objects in order
     * @throws IOException if it cannot be read
     */
    public static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        // a decoder that is lenient: a kill may have cut a character
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            try {
                events.add(JSON.readValue(lines.get(i), ObjectNode.class));
            } catch (JsonProcessingException e) {
                if (i < lines.size() - 1) {
                    throw new RunException(
                            "Line " + (i + 1) + " of " + file + " is not JSON, expected one object."
                                    + " Remove the line.",
                            e);
                }
            }
        }
        return events;
    }

    /**
     * Keeps only some lines, in one step.
     *
     * @param file the log
     * @param wanted which objects stay
     * @throws IOException if it cannot be read or replaced
     */
    public static void retain(Path file, Predicate<JsonNode> wanted) throws IOException {
        StringBuilder kept = new StringBuilder();
        for (JsonNode event : read(file)) {
            if (wanted.test(event)) {
                kept.append(JSON.writeValueAsString(event)).append('\n');
            }
        }
        AtomicFiles.write(file, kept.toString());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
