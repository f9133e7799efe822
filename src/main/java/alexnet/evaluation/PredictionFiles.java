package alexnet.evaluation;

import alexnet.run.AtomicFiles;
import alexnet.run.RunException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A measurement as tables for other programs: CSV as RFC 4180 has it, and the lines that ILSVRC's programs read. */
public final class PredictionFiles {
    private final Measurement found;

    /** Writes one table. */
    @FunctionalInterface
    private interface Body {
        void writeTo(Writer out) throws IOException;
    }

    /** @param found what was measured */
    public PredictionFiles(Measurement found) {
        this.found = found;
    }

    /**
     * A line for each picture, in the order of a submission: its name, its class (empty if not known), five guesses with
     * their probabilities, best first, and why it could not be read (empty if it could).
     *
     * @param file the CSV file to make or replace
     */
    public void predictions(Path file) {
        write(file, out -> {
            Stream.Builder<Object> head =
                    Stream.<Object>builder().add("picture").add("class");
            for (int rank = 1; rank <= Tally.TOP; rank++) {
                head.add("guess" + rank).add("probability" + rank);
            }
            line(out, head.add("damage").build());
            for (int i : found.pictures().order()) {
                if (i >= 0) {
                    line(out, prediction(i));
                }
            }
        });
    }

    private Stream<Object> prediction(int i) {
        int label = found.pictures().label(i);
        int[] guesses = found.tally().guesses(i);
        Stream.Builder<Object> cells = Stream.<Object>builder()
                .add(found.pictures().key(i))
                .add(label < 0 ? "" : found.classes().get(label));
        for (int rank = 0; rank < Tally.TOP; rank++) {
            boolean there = guesses != null && rank < guesses.length;
            cells.add(there ? found.classes().get(guesses[rank]) : "");
            cells.add(there ? found.tally().probabilities(i)[rank] : "");
        }
        return cells.add(found.damaged().getOrDefault(i, "")).build();
    }

    /** @param file the CSV file to make or replace: a line for each class with its errors, 0 to 1, and their intervals */
    public void classes(Path file) {
        write(file, out -> {
            line(
                    out,
                    Stream.of(
                            "class",
                            "pictures",
                            "wrong1",
                            "wrong5",
                            "top1",
                            "top1Low",
                            "top1High",
                            "top5",
                            "top5Low",
                            "top5High"));
            for (ClassErrors one : found.tally().classErrors()) {
                line(
                        out,
                        Stream.of(
                                one.name(),
                                one.pictures(),
                                one.wrong1(),
                                one.wrong5(),
                                one.top1(),
                                one.top1Interval().low(),
                                one.top1Interval().high(),
                                one.top5(),
                                one.top5Interval().low(),
                                one.top5Interval().high()));
            }
        });
    }

    /** @param file the CSV file to make or replace: a line for each pair of a class and what it was taken for */
    public void confusions(Path file) {
        write(file, out -> {
            line(out, Stream.of("class", "guess", "pictures"));
            for (Confusion one : found.tally().confusions()) {
                line(out, Stream.of(one.label(), one.guess(), one.count()));
            }
        });
    }

    /**
     * ILSVRC's form: a line for each picture in the order of their numbers or names, on it the numbers of the five most
     * probable classes, best first. A picture that was left out, or could not be read, has zeros, which are no class.
     *
     * @param file the file to make or replace
     */
    public void submission(Path file) {
        List<Integer> numbers = found.pictures().classNumbers();
        write(file, out -> {
            for (int i : found.pictures().order()) {
                int[] guesses = i < 0 ? null : found.tally().guesses(i);
                StringBuilder text = new StringBuilder();
                for (int rank = 0; rank < Math.min(Tally.TOP, numbers.size()); rank++) {
                    text.append(rank == 0 ? "" : " ").append(guesses == null ? 0 : numbers.get(guesses[rank]));
                }
                out.append(text).append('\n');
            }
        });
    }

    private static void line(Writer out, Stream<?> cells) throws IOException {
        out.append(cells.map(PredictionFiles::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String cell(Object value) {
        String text = value instanceof Double || value instanceof Float
                ? String.format(Locale.ROOT, "%.6g", ((Number) value).doubleValue())
                : String.valueOf(value);
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static void write(Path file, Body body) {
        try {
            AtomicFiles.write(file, bytes -> {
                Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
                body.writeTo(out);
                out.flush();
            });
        } catch (IOException e) {
            throw new RunException(
                    "Table " + file + " cannot be written (" + e.getMessage()
                            + "), expected a writable place with free space. Choose another with --csv or --submission.",
                    e);
        }
    }
}
