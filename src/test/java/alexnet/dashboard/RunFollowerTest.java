package alexnet.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import alexnet.run.MetricsLog;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.deeplearning4j.core.storage.Persistable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFollowerTest {
    @TempDir
    private Path folder;

    private final RunStorage storage = new RunStorage(false);
    private RunFollower follower;
    private Path log;

    @BeforeEach
    void follow() {
        log = folder.resolve("metrics.jsonl");
        storage.show("run");
        follower = new RunFollower(RunFiles.of(folder), "run", storage);
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The iterations that a page would show after another look at the folder. */
    private String shown() throws IOException {
        follower.poll();
        RunView view = new RunView();
        for (Persistable record : storage.getAllUpdatesAfter("run", RunRecord.TYPE_ID, Long.MIN_VALUE)) {
            view.accept((RunRecord) record);
        }
        ObjectNode answer = view.since(-1, 0);
        return StreamSupport.stream(answer.get("lines").spliterator(), false)
                .map(line -> line.get("iteration").asText())
                .collect(Collectors.joining(" "));
    }

    private static String line(int iteration) {
        return "{\"event\":\"step\",\"epoch\":1,\"iteration\":" + iteration + ",\"rates\":{\"conv1\":1}}\n";
    }

    @Test
    void aFolderWithoutALogIsWaitedFor() throws IOException {
        assertEquals("", shown());
        append(line(10));
        assertEquals("10", shown());
    }

    @Test
    void linesAreHandedOnOnceAndWhole() throws IOException {
        append(line(10) + line(20) + "{\"event\":\"st");
        assertEquals("10 20", shown());
        append("ep\",\"iteration\":30}\n");
        assertEquals("10 20 30", shown());
        assertEquals("10 20 30", shown());
    }

    @Test
    void aResumedRunIsOneContinuousCurve() throws IOException {
        append(line(10) + line(20) + line(30) + "{\"event\":");
        assertEquals("10 20 30", shown());
        MetricsLog.retain(log, event -> event.get("iteration").asInt() <= 10);
        append(line(20));
        assertEquals("10 20", shown());
        append(line(30));
        assertEquals("10 20 30", shown());
    }

    @Test
    void aDamagedLineIsLeftOut() throws IOException {
        append(line(10) + "garbage\n" + line(20));
        assertEquals("10 20", shown());
    }

    @Test
    void ofARunThatNobodyWantsOnlyItsNameIsRead() throws IOException {
        append(line(10));
        RunFollower other = new RunFollower(RunFiles.of(folder), "other", storage);
        other.poll();
        assertEquals(1, storage.getAllStaticInfos("other", RunRecord.TYPE_ID).size());
        assertEquals(0, storage.getNumUpdateRecordsFor("other"));
        storage.want("other");
        other.poll();
        assertEquals(1, storage.getNumUpdateRecordsFor("other"));
    }

    @Test
    void thePageLearnsThatARunHasBeenFinished() throws IOException {
        append(line(10));
        follower.poll();
        assertEquals("false", about().get("finished").asText());
        Files.writeString(folder.resolve("model.zip"), "");
        follower.poll();
        assertEquals("true", about().get("finished").asText());
    }

    private JsonNode about() throws IOException {
        RunRecord record = (RunRecord) storage.getStaticInfo("run", RunRecord.TYPE_ID, "run");
        return RunFiles.JSON.readTree(record.json());
    }

    @Test
    void aFolderThatIsNoRunsIsRefused() {
        UsageException refusal = assertThrows(UsageException.class, () -> RunFiles.open(folder));
        assertTrue(refusal.getMessage().contains("metrics.jsonl"), refusal.getMessage());
    }

    @Test
    void aNameIsFoundForEveryWayToWriteTheFolder() {
        String name = folder.getFileName().toString();
        assertEquals(name, RunFiles.of(folder).name());
        assertEquals(name, RunFiles.of(folder.resolve("x").resolve("..")).name());
    }
}
