package alexnet.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("metrics.jsonl");
        for (int sitting = 0; sitting < 2; sitting++) {
            try (MetricsLog log = new MetricsLog(file)) {
                log.write("step", Map.of("iteration", 10 * sitting + 10));
                log.write("step", Map.of("iteration", 10 * sitting + 15, "changes", List.of("rate: 1 → 2")));
            }
        }
    }

    private static List<Integer> iterations(List<JsonNode> lines) {
        return lines.stream().map(line -> line.get("iteration").asInt()).toList();
    }

    @Test
    void linesComeBackInOrderAndLaterSittingsAppend() throws IOException {
        List<JsonNode> lines = MetricsLog.read(file);
        assertEquals(List.of(10, 15, 20, 25), iterations(lines));
        assertEquals("step", lines.get(0).get("event").asText());
        assertEquals("rate: 1 → 2", lines.get(1).at("/changes/0").asText());
        assertEquals(4, Files.readAllLines(file).size());
    }

    @Test
    void numbersThatJsonLacksAreTexts() throws IOException {
        MetricsLog.append(file, "step", Map.of("iteration", 30, "loss", Double.NaN));
        assertEquals("NaN", MetricsLog.read(file).get(4).get("loss").asText());
    }

    @Test
    void lastLineIsIgnoredWhereverAKillCutItOff() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int lastLine = IntStream.range(0, whole.length - 1)
                        .filter(i -> whole[i] == '\n')
                        .max()
                        .orElseThrow()
                + 1;
        for (int length = lastLine; length < whole.length - 1; length++) { // also within the arrow's three bytes
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertEquals(List.of(10, 15, 20), iterations(MetricsLog.read(file)), "cut at " + length);
        }
        MetricsLog.retain(file, line -> true);
        MetricsLog.append(file, "step", Map.of("iteration", 40));
        assertEquals(List.of(10, 15, 20, 40), iterations(MetricsLog.read(file)));
    }

    @Test
    void retainKeepsWhatIsWanted() throws IOException {
        byte[] before = Files.readAllBytes(file);
        MetricsLog.retain(file, line -> true);
        assertEquals(new String(before), Files.readString(file));
        MetricsLog.retain(file, line -> line.get("iteration").asInt() <= 15);
        assertEquals(List.of(10, 15), iterations(MetricsLog.read(file)));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing else is left");
        }
    }

    @Test
    void damagedLineInTheMiddleIsNamed() throws IOException {
        Files.writeString(file, "{\"event\":\n", StandardOpenOption.APPEND);
        MetricsLog.append(file, "step", Map.of("iteration", 30));
        String message =
                assertThrows(RunException.class, () -> MetricsLog.read(file)).getMessage();
        assertTrue(message.startsWith("Line 5 of " + file + " is not JSON"), message);
    }
}
