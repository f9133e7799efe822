package alexnet.bench;

import alexnet.run.AtomicFiles;
import alexnet.run.Provenance;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that a benchmark found.
 *
 * @param provenance program, commit, versions and data
 * @param machine what it ran on
 * @param conditions how it was measured
 * @param groups one for each batch size, or for each way of the data
 */
public record BenchmarkResult(Provenance provenance, Machine machine, Conditions conditions, List<Group> groups) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * How it was measured.
     *
     * @param work what was measured
     * @param recipe the resolved recipe, as YAML
     * @param classes of the last layer
     * @param threads that each turn was given
     * @param replicas that share each batch in one contender more; 1: in none
     * @param rounds how often each contender had its turn
     * @param seconds that a turn measured at least
     * @param limitMinutes after which a turn was ended
     * @param pictures whose pictures, without the machine's own paths; null where none were read
     */
    public record Conditions(
            Work work,
            String recipe,
            int classes,
            int threads,
            int replicas,
            int rounds,
            double seconds,
            double limitMinutes,
            String pictures) {}

    /**
     * Contenders that did the same.
     *
     * @param work what they did
     * @param batch images in an iteration, as asked
     * @param scores in the order of their turns
     * @param trials how libtorch's fastest setting was found
     * @param splits where the time of our own iterations goes, by contender; measured apart from the rounds
     */
    public record Group(Work work, int batch, List<Score> scores, List<Contenders.Trial> trials, List<Split> splits) {
        /** Keeps its own copies. */
        public Group {
            scores = List.copyOf(scores);
            trials = List.copyOf(trials);
            splits = List.copyOf(splits);
        }
    }

    /**
     * @param contender its name
     * @param turn with its split; null if it failed
     * @param failure why there is none; null if there is one
     */
    public record Split(String contender, Turn turn, String failure) {}

    /** Keeps its own copy. */
    public BenchmarkResult {
        groups = List.copyOf(groups);
    }

    /** @return a sentence for each contender that failed, none if all is well */
    public List<String> failures() {
        return groups.stream()
                .flatMap(group -> Stream.concat(
                        group.scores().stream()
                                .filter(score -> score.failure() != null)
                                .map(score ->
                                        score.contender() + " at batch " + group.batch() + ": " + score.failure()),
                        group.splits().stream()
                                .filter(split -> split.failure() != null)
                                .map(split -> split.contender() + " at batch " + group.batch() + ", time by layer: "
                                        + split.failure())))
                .toList();
    }

    /**
     * @param file where to write it as JSON, whole or not at all
     * @throws IOException if that fails
     */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }
}
