package alexnet.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.dashboard.RunRecord.Kind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunViewTest {
    private static ObjectNode step(int iteration) {
        return RunFiles.JSON
                .createObjectNode()
                .put("event", "step")
                .put("epoch", 1)
                .put("iteration", iteration);
    }

    private static ObjectNode epoch(int epoch) {
        return RunFiles.JSON.createObjectNode().put("event", "epoch").put("epoch", epoch);
    }

    private static RunRecord record(Kind kind, JsonNode contents) {
        return new RunRecord("run", kind, contents.toString());
    }

    @Test
    void whoHasAllLinesGetsOnlyTheNewOnes() {
        RunView view = new RunView();
        IntStream.range(0, 5).forEach(i -> view.add(step(i)));
        ObjectNode first = view.since(-1, 0);
        assertEquals(5, first.get("lines").size());
        view.add(step(5));
        ObjectNode second = view.since(first.get("generation").asInt(), 5);
        assertEquals(5, second.get("from").asInt());
        assertEquals("[" + step(5) + "]", second.get("lines").toString());
    }

    @Test
    void aLongRunKeepsEveryEpochAndEvenlySpacedSteps() {
        RunView view = new RunView();
        int steps = 3 * RunView.MOST_STEPS;
        for (int i = 0; i < steps; i++) {
            view.add(step(i));
            if (i % 1000 == 999) {
                view.add(epoch(i / 1000 + 1));
            }
        }
        ObjectNode all = view.since(-1, 0);
        assertEquals(4, all.get("every").asInt());
        int expected = 0;
        int epochs = 0;
        for (JsonNode line : all.get("lines")) {
            if (line.get("event").asText().equals("epoch")) {
                assertEquals(++epochs, line.get("epoch").asInt());
            } else {
                assertEquals(expected, line.get("iteration").asInt());
                expected += 4;
            }
        }
        assertEquals(steps, expected);
        assertEquals(steps / 1000, epochs);
    }

    @Test
    void whoHasLinesThatWereThinnedOutSinceGetsThemAllAnew() {
        RunView view = new RunView();
        view.add(step(0));
        int generation = view.since(-1, 0).get("generation").asInt();
        IntStream.rangeClosed(1, RunView.MOST_STEPS).forEach(i -> view.add(step(i)));
        ObjectNode answer = view.since(generation, 1);
        assertEquals(0, answer.get("from").asInt());
        assertTrue(answer.get("generation").asInt() > generation);
    }

    @Test
    void aLogThatWasCutBackBeginsAnew() throws JsonProcessingException {
        RunView view = new RunView();
        view.accept(record(Kind.LINE, step(1)));
        view.accept(new RunRecord("run", Kind.RESET, ""));
        view.accept(record(Kind.LINE, step(2)));
        assertEquals("[" + step(2) + "]", view.since(-1, 0).get("lines").toString());
    }

    @Test
    void aRecordThatComesTwiceCountsOnce() throws JsonProcessingException {
        RunView view = new RunView();
        RunRecord line = record(Kind.LINE, step(1));
        view.accept(line);
        view.accept(line);
        assertEquals(1, view.since(-1, 0).get("lines").size());
    }

    @Test
    void picturesOfEpochsThatTheLogNoLongerHasAreNotOffered() throws JsonProcessingException {
        RunView view = new RunView();
        for (int i = 1; i <= 3; i++) {
            view.accept(record(Kind.PICTURES, RunFiles.JSON.createObjectNode().put("epoch", i)));
        }
        view.add(epoch(1));
        view.add(epoch(2));
        assertEquals("[1,2]", view.since(-1, 0).get("pictures").toString());
    }

    @Test
    void recordsSurviveTheLibrarysStorage() {
        RunRecord record = new RunRecord("run/ü", Kind.LINE, "{\"loss\":1.5,\"name\":\"ü\"}");
        ByteBuffer buffer = ByteBuffer.allocate(record.encodingLengthBytes());
        record.encode(buffer);
        buffer.flip();
        RunRecord read = new RunRecord();
        read.decode(buffer);
        assertEquals(record.json(), read.json());
        assertEquals(record.kind(), read.kind());
        assertEquals(record.getSessionID(), read.getSessionID());
        assertEquals(record.getTimeStamp(), read.getTimeStamp());
        assertEquals(record.getWorkerID(), read.getWorkerID());
    }

    @Test
    void aRecordOfAnotherVersionIsRefused() {
        byte[] bytes = new RunRecord("run", Kind.LINE, "{}").encode();
        bytes[0]++;
        assertThrows(IOException.class, () -> new RunRecord().decode(new java.io.ByteArrayInputStream(bytes)));
    }

    @Test
    void noTwoRecordsHaveTheSameTime() {
        long[] stamps = IntStream.range(0, 1000)
                .mapToLong(i -> new RunRecord("run", Kind.LINE, "").getTimeStamp())
                .toArray();
        assertTrue(IntStream.range(1, stamps.length).allMatch(i -> stamps[i] > stamps[i - 1]));
    }
}
