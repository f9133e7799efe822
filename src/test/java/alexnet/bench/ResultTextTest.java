package alexnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bench.BenchmarkResult.Conditions;
import alexnet.bench.BenchmarkResult.Group;
import alexnet.bench.BenchmarkResult.Split;
import alexnet.bench.Contenders.Trial;
import alexnet.bench.Outcome.Failure;
import alexnet.bench.Part.Kind;
import alexnet.run.Provenance;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResultTextTest {
    private int turns;

    private BenchmarkResult result() {
        List<Contender> contenders =
                List.of(RoundsTest.contender("ours"), RoundsTest.contender("slow"), RoundsTest.contender("dead"));
        List<Score> scores = new Rounds(this::outcome, 3, line -> {}).run(contenders, RoundsTest.request(8));
        Turn split = new Turn(
                "fp32",
                7,
                1,
                8,
                List.of(1.0),
                0,
                null,
                null,
                List.of(
                        new Part("conv1a", Kind.CONVOLUTION, 0.1, 0.2),
                        new Part("conv1b", Kind.CONVOLUTION, 0.1, 0.3),
                        new Part("update", Kind.UPDATE, 0, 0.3)));
        List<Trial> trials = List.of(new Trial("fp32", 5.0, null), new Trial("bf16", null, "not tried"));
        Group group = new Group(Work.STEP, 8, scores, trials, List.of(new Split("ours", split, null)));
        Machine machine = new Machine("A processor", Set.of("avx2"), 2, 8_000_000_000L, "Linux", "17", 3);
        return new BenchmarkResult(
                Provenance.now("demo", 1, "noise", "cpu"),
                machine,
                new Conditions(Work.STEP, "", 10, 1, 1, 3, 1, 10, null),
                List.of(group));
    }

    private Outcome outcome(Contender contender, Request request) {
        return switch (contender.name()) {
            case "ours" -> RoundsTest.speed(8, 4 + turns++); // 4, 5, 6
            case "slow" ->
                request.batch() == 8
                        ? Outcome.failed(Failure.OUT_OF_MEMORY, "runs out of memory")
                        : RoundsTest.speed(4, 2);
            default -> Outcome.failed(Failure.DIED, "exit code 9");
        };
    }

    @Test
    void theTableHasRatesRatiosMemoryAndWhoFailed() {
        String text = ResultText.of(result());
        for (String part : List.of(
                "Training, batch 8",
                "5.00         4.00–6.00",
                "slow (batch 4)",
                "ours is … × as fast",
                "2.50 (2.00–3.00)",
                "slow: batch 4, since batch 8 runs out of memory",
                "failed: exit code 9",
                "libtorch with LRN, settings tried briefly, the fastest first: fp32 5.00",
                "bf16: not tried",
                "7 parameters in each network",
                "no bf16 instructions",
                "busy at the start (load 3.0)")) {
            assertTrue(text.contains(part), () -> "Expected '" + part + "' in " + text);
        }
    }

    @Test
    void bothTowersAreOneLayerAndKindsAreSharesOfTheWhole() {
        List<String> lines = ResultText.of(result()).lines().map(String::strip).toList();
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("convolution +200\\.00 +500\\.00 +70\\.0%")),
                lines::toString);
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("conv1 +200\\.00 +500\\.00 +70\\.0%")), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.matches("update +0\\.00 +300\\.00 +30\\.0%")), lines::toString);
    }

    @Test
    void whoFailedIsNamed() {
        assertEquals(List.of("dead at batch 8: exit code 9"), result().failures());
    }
}
