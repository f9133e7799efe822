package alexnet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Lets contenders compute in turn, A B C A B C, so that what changes on the machine meets all of them. */
public final class Rounds {
    private final Runner runner;
    private final int rounds;
    private final Consumer<String> says;

    /** Runs one turn. */
    @FunctionalInterface
    public interface Runner {
        /**
         * @param contender whose turn it is
         * @param request what it is to do
         * @return how it ended
         */
        Outcome run(Contender contender, Request request);
    }

    /** A contender and what it reached so far. */
    static final class Entry {
        private final Contender contender;
        private final List<Turn> turns = new ArrayList<>();
        private int batch;
        private String note;
        private String failure;
        private boolean ended;

        private Entry(Contender contender, int batch) {
            this.contender = contender;
            this.batch = batch;
        }

        Contender contender() {
            return contender;
        }

        List<Turn> turns() {
            return turns;
        }

        int batch() {
            return batch;
        }

        String note() {
            return note;
        }

        String failure() {
            return failure;
        }
    }

    /**
     * @param runner runs the turns
     * @param rounds how often each has its turn
     * @param says told of each turn, a line
     */
    public Rounds(Runner runner, int rounds, Consumer<String> says) {
        this.runner = runner;
        this.rounds = rounds;
        this.says = says;
    }

    /**
     * A contender whom the batch does not fit gets half of it, and so on; one who fails otherwise has no further turn.
     *
     * @param contenders in the order of their turns; all are compared with those of ours among them
     * @param request what they are to do
     * @return their scores, in the same order
     */
    public List<Score> run(List<Contender> contenders, Request request) {
        List<Entry> entries = contenders.stream()
                .map(contender -> new Entry(contender, request.batch()))
                .toList();
        for (int round = 1; round <= rounds; round++) {
            for (Entry entry : entries) {
                while (!entry.ended && entry.turns.size() < round) {
                    turn(entry, request, round);
                }
            }
        }
        return entries.stream().map(entry -> Score.of(entry, entries)).toList();
    }

    private void turn(Entry entry, Request request, int round) {
        Contender contender = entry.contender;
        Outcome outcome = runner.run(
                contender, request.by(contender.program(), contender.setting()).withBatch(entry.batch));
        String head = String.format(
                Locale.ROOT, "batch %d, round %d of %d: %s", entry.batch, round, rounds, contender.name());
        if (outcome.turn() != null) {
            entry.turns.add(outcome.turn());
            says.accept(String.format(
                    Locale.ROOT, "%s %.1f images/s", head, outcome.turn().imagesPerSecond()));
            return;
        }
        says.accept(head + " " + outcome.reason());
        if (!entry.turns.isEmpty()) { // it fitted before: what it reached stays
            entry.ended = true;
            entry.note = "round " + round + ": " + outcome.reason();
            entry.failure = outcome.doesNotFit() ? null : entry.note;
        } else if (outcome.doesNotFit() && entry.batch > 1) {
            entry.note = "batch " + entry.batch + " " + outcome.reason();
            entry.batch /= 2;
        } else {
            entry.ended = true;
            entry.failure = outcome.reason();
        }
    }
}
