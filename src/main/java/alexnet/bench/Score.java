package alexnet.bench;

import java.util.List;
import java.util.Objects;

/**
 * What a contender reached over all rounds.
 *
 * @param contender its name
 * @param program what computed
 * @param setting how, as it was asked
 * @param batch images in an iteration: what was asked for, or the largest that fitted
 * @param turns one for each round
 * @param imagesPerSecond over the rounds; null if there is none
 * @param iterationSeconds the medians of the rounds; null if there is none
 * @param iteration95Seconds time that 95 % of the iterations do not exceed, the median of the rounds
 * @param comparisons with each of ours that is not this one and has a result
 * @param peakBytes the largest of the rounds; null if unknown
 * @param note why the batch is smaller or rounds are fewer; null if neither
 * @param failure why there is no result; null if there is one
 * @param libraries the jars that decide its speed, by name and version
 */
public record Score(
        String contender,
        Request.Program program,
        String setting,
        int batch,
        List<Turn> turns,
        Figures imagesPerSecond,
        Figures iterationSeconds,
        Double iteration95Seconds,
        List<Comparison> comparisons,
        Long peakBytes,
        String note,
        String failure,
        List<String> libraries) {

    /**
     * How one of ours does beside it, round by round.
     *
     * @param ours its name
     * @param faster ours' images per second divided by the other's
     * @param latency ours' median time of an iteration divided by the other's; null where their batches differ
     */
    public record Comparison(String ours, Figures faster, Figures latency) {}

    /** Of a contender's turns, compared with those of ours among all. */
    static Score of(Rounds.Entry entry, List<Rounds.Entry> all) {
        List<Turn> turns = entry.turns();
        boolean none = turns.isEmpty();
        return new Score(
                entry.contender().name(),
                entry.contender().program(),
                entry.contender().setting(),
                entry.batch(),
                List.copyOf(turns),
                none ? null : Figures.of(speeds(turns)),
                none ? null : Figures.of(medians(turns)),
                none ? null : Figures.of(percentiles(turns, 95)).median(),
                all.stream()
                        .filter(other -> other != entry && other.contender().program() == Request.Program.OURS)
                        .filter(other -> !none && !other.turns().isEmpty())
                        .map(ours -> comparison(ours, entry))
                        .toList(),
                turns.stream()
                        .map(Turn::peakBytes)
                        .filter(Objects::nonNull)
                        .max(Long::compare)
                        .orElse(null),
                entry.note(),
                entry.failure(),
                entry.contender().libraries());
    }

    private static Comparison comparison(Rounds.Entry ours, Rounds.Entry other) {
        return new Comparison(
                ours.contender().name(),
                Figures.ratio(speeds(ours.turns()), speeds(other.turns())),
                ours.batch() == other.batch() ? Figures.ratio(medians(ours.turns()), medians(other.turns())) : null);
    }

    private static List<Double> speeds(List<Turn> turns) {
        return turns.stream().map(Turn::imagesPerSecond).toList();
    }

    private static List<Double> medians(List<Turn> turns) {
        return percentiles(turns, 50);
    }

    private static List<Double> percentiles(List<Turn> turns, double percent) {
        return turns.stream()
                .map(turn -> Figures.percentile(turn.seconds(), percent))
                .toList();
    }
}
