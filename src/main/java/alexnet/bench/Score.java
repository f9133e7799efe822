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
 * @param faster the first contender's images per second divided by this one's, round by round; null if either has none
 * @param latency the first contender's median time of an iteration divided by this one's, where batches are the same
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
        Figures faster,
        Figures latency,
        Long peakBytes,
        String note,
        String failure,
        List<String> libraries) {

    /** Of a contender's turns, compared with the first contender's, which may be its own. */
    static Score of(Rounds.Entry entry, Rounds.Entry first) {
        List<Turn> turns = entry.turns();
        boolean none = turns.isEmpty();
        boolean comparable = entry != first && !none && !first.turns().isEmpty();
        return new Score(
                entry.contender().name(),
                entry.contender().program(),
                entry.contender().setting(),
                entry.batch(),
                List.copyOf(turns),
                none ? null : Figures.of(speeds(turns)),
                none ? null : Figures.of(medians(turns)),
                none ? null : Figures.of(percentiles(turns, 95)).median(),
                comparable ? Figures.ratio(speeds(first.turns()), speeds(turns)) : null,
                comparable && entry.batch() == first.batch()
                        ? Figures.ratio(medians(first.turns()), medians(turns))
                        : null,
                turns.stream()
                        .map(Turn::peakBytes)
                        .filter(Objects::nonNull)
                        .max(Long::compare)
                        .orElse(null),
                entry.note(),
                entry.failure(),
                entry.contender().libraries());
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
