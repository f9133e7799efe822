package alexnet.notebooks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes notebooks as Jupyter does. */
final class Written {
    private final ObjectNode tree = new JsonMapper().createObjectNode();
    private final ArrayNode cells = tree.putArray("cells");

    Written() {
        tree.put("nbformat", 4).put("nbformat_minor", 5);
        tree.putObject("metadata")
                .putObject("kernelspec")
                .put("name", "alexnet")
                .put("display_name", "AlexNet (Java)");
    }

    Written text(String markdown) {
        ObjectNode cell = cells.addObject().put("cell_type", "markdown").put("id", "text-" + cells.size());
        cell.putObject("metadata");
        cell.put("source", markdown);
        return this;
    }

    Written code(String id, String source) {
        ObjectNode cell = cells.addObject().put("cell_type", "code").put("id", id);
        cell.putObject("metadata");
        cell.putNull("execution_count");
        cell.putArray("source").add(source);
        cell.putArray("outputs");
        return this;
    }

    Written tolerance(double tolerance) {
        return permits("tolerance", tolerance);
    }

    Written factor(double factor) {
        return permits("factor", factor);
    }

    private Written permits(String name, double value) {
        ((ObjectNode) newest().path("metadata")).withObject("/alexnet").put(name, value);
        return this;
    }

    Written printed(String name, String... lines) {
        ArrayNode text = output("stream").put("name", name).putArray("text");
        for (String line : lines) {
            text.add(line);
        }
        return this;
    }

    Written gave(String type, String content) {
        output("execute_result").putObject("data").put(type, content);
        return this;
    }

    Written failed(String name, String message) {
        output("error").put("ename", name).put("evalue", message).putArray("traceback");
        return this;
    }

    private ObjectNode newest() {
        return (ObjectNode) cells.get(cells.size() - 1);
    }

    private ObjectNode output(String type) {
        return ((ArrayNode) newest().path("outputs")).addObject().put("output_type", type);
    }

    Path to(Path file) throws IOException {
        return Files.writeString(file, tree.toPrettyString());
    }
}
