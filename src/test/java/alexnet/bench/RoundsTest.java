package alexnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bench.Outcome.Failure;
import alexnet.bench.Request.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final List<String> order = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    static Contender contender(String name) {
        Program program = name.equals("A") || name.equals("ours") ? Program.OURS : Program.LIBTORCH;
        return new Contender(name, program, "fp32", "Main", List.of());
    }

    static Request request(int batch) {
        return new Request(Work.STEP, Program.OURS, "", batch, 1, 1, false, 10, "recipe.yaml", null, null, null, null);
    }

    static Outcome speed(int batch, double imagesPerSecond) {
        return Outcome.measured(new Turn(
                "fp32", 7, 1, batch, List.of(batch / imagesPerSecond), 0, 1.0, imagesPerSecond > 0 ? 5L : null, null));
    }

    private List<Score> run(Rounds.Runner runner) {
        List<Contender> three = List.of(contender("A"), contender("B"), contender("C"));
        Rounds.Runner noting = (contender, request) -> {
            order.add(contender.name() + request.batch());
            return runner.run(contender, request);
        };
        return new Rounds(noting, 3, said::add).run(three, request(8));
    }

    @Test
    void contendersComputeInTurn() {
        List<Score> scores = run(
                (contender, request) -> speed(request.batch(), contender.name().equals("A") ? 6 : 2));
        assertEquals(List.of("A8", "B8", "C8", "A8", "B8", "C8", "A8", "B8", "C8"), order);
        Score.Comparison b = scores.get(1).comparisons().get(0);
        assertEquals("A", b.ours());
        assertEquals(3, b.faster().median(), 1e-9);
        assertEquals(1 / 3.0, b.latency().median(), 1e-9);
        assertEquals(List.of(), scores.get(0).comparisons());
        assertEquals(9, said.size());
    }

    @Test
    void everyOneIsComparedWithEachOfOurs() {
        List<Contender> contenders = List.of(contender("A"), contender("ours"), contender("C"));
        List<Score> scores = new Rounds(
                        (who, request) ->
                                speed(8, who.name().equals("A") ? 2 : who.name().equals("C") ? 1 : 6),
                        1,
                        said::add)
                .run(contenders, request(8));
        assertEquals(List.of("ours 3.0"), compared(scores.get(0)));
        assertEquals(List.of("A 0.3"), compared(scores.get(1)));
        assertEquals(List.of("A 2.0", "ours 6.0"), compared(scores.get(2)));
    }

    private static List<String> compared(Score score) {
        return score.comparisons().stream()
                .map(with -> String.format(
                        Locale.ROOT, "%s %.1f", with.ours(), with.faster().median()))
                .toList();
    }

    @Test
    void whoDoesNotFitGetsHalfTheBatchUntilItFits() {
        List<Score> scores = run((contender, request) -> contender.name().equals("B") && request.batch() > 2
                ? Outcome.failed(request.batch() == 8 ? Failure.OUT_OF_MEMORY : Failure.TOO_LONG, "is too large")
                : speed(request.batch(), 2));
        assertEquals(List.of("A8", "B8", "B4", "B2", "C8", "A8", "B2", "C8", "A8", "B2", "C8"), order);
        Score b = scores.get(1);
        assertEquals(2, b.batch());
        assertEquals(3, b.turns().size());
        assertEquals("batch 4 is too large", b.note());
        assertNull(b.failure());
        assertEquals(1, b.comparisons().get(0).faster().median(), 1e-9);
        assertNull(b.comparisons().get(0).latency(), "iterations of other batches cannot be compared");
    }

    @Test
    void whoDiesIsReportedAndTheOthersGoOn() {
        List<Score> scores = run((contender, request) ->
                contender.name().equals("B") ? Outcome.failed(Failure.DIED, "exit code 9") : speed(8, 2));
        assertEquals(List.of("A8", "B8", "C8", "A8", "C8", "A8", "C8"), order);
        assertEquals("exit code 9", scores.get(1).failure());
        assertNull(scores.get(1).imagesPerSecond());
        assertEquals(3, scores.get(2).turns().size());
        assertTrue(said.contains("batch 8, round 1 of 3: B exit code 9"), said::toString);
    }

    @Test
    void whoDoesNotFitAtAllHasFailed() {
        List<Score> scores = run((contender, request) ->
                contender.name().equals("C") ? Outcome.failed(Failure.OUT_OF_MEMORY, "no room") : speed(8, 2));
        assertEquals("no room", scores.get(2).failure());
        assertEquals(1, scores.get(2).batch());
    }

    @Test
    void whatWasReachedBeforeALaterTurnTookTooLongStays() {
        List<Score> scores = run((contender, request) -> contender.name().equals("B") && order.size() > 3
                ? Outcome.failed(Failure.TOO_LONG, "takes more than 1 minutes")
                : speed(8, 2));
        assertEquals(1, scores.get(1).turns().size());
        assertEquals("round 2: takes more than 1 minutes", scores.get(1).note());
        assertNull(scores.get(1).failure());
    }
}
