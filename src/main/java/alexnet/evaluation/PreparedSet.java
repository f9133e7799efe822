package alexnet.evaluation;

import alexnet.config.UsageException;
import alexnet.data.Manifest;
import alexnet.data.PreparedData;
import alexnet.data.PreparedSquares;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A split of a prepared data set. Its pictures lie in a drawn order; a submission has them in the order of their names. */
public final class PreparedSet extends PreparedSquares implements TestSet {
    /** A challenge numbers its pictures from 1, {@code ILSVRC2012_val_00000001.JPEG}. */
    private static final Pattern NUMBERED = Pattern.compile("(\\w+_)(\\d{8})\\.JPEG");

    private final Manifest.Split held;

    private PreparedSet(PreparedData data, String split, int size) {
        super(data, split, size);
        this.held = data.manifest().splits().get(split);
    }

    /**
     * @param data prepared data
     * @param split which part of it
     * @param labels the model's classes
     * @param size side of the squares that the model expects, in pixels
     * @return the pictures
     * @throws UsageException if the data has no such split, or other classes or another size than the model
     */
    public static PreparedSet of(PreparedData data, String split, List<String> labels, int size) {
        PreparedSet pictures = new PreparedSet(data, split, size);
        if (!data.classes().equals(labels)) {
            throw new UsageException("Data has the classes " + ClassNames.shortened(data.classes()) + ", the model "
                    + ClassNames.shortened(labels)
                    + ", expected the same. Name the data that fits the model.");
        }
        if (pictures.size() == 0) {
            throw new UsageException("The split " + split + " has no pictures, expected one at least. See"
                    + " quarantine.tsv and prepare the pictures again.");
        }
        return pictures;
    }

    @Override
    public String name() {
        return split();
    }

    @Override
    public long leftOut() {
        return held == null ? 0 : held.quarantined() + held.missing();
    }

    @Override
    public List<String> notes() {
        return leftOut() == 0
                ? List.of()
                : List.of("Not counted, since damaged or missing when " + name() + " was prepared: " + leftOut()
                        + ". See quarantine.tsv and missing.tsv beside the data.");
    }

    /** By the numbers in the names, each number a line, if all names are a challenge's; else by the names. */
    @Override
    public List<Integer> order() {
        List<Integer> numbered = byNumber();
        return numbered != null
                ? numbered
                : IntStream.range(0, size())
                        .boxed()
                        .sorted(Comparator.comparing(this::key))
                        .toList();
    }

    private List<Integer> byNumber() {
        List<Integer> lines = new ArrayList<>();
        String common = null;
        for (int i = 0; i < size(); i++) {
            Matcher matcher = NUMBERED.matcher(key(i));
            if (!matcher.matches() || common != null && !common.equals(matcher.group(1))) {
                return null;
            }
            common = matcher.group(1);
            int number = Integer.parseInt(matcher.group(2));
            long most = size() + leftOut();
            if (number < 1 || number > most) { // names with other numbers than a challenge's
                return null;
            }
            while (lines.size() < most) {
                lines.add(-1);
            }
            lines.set(number - 1, i);
        }
        return lines;
    }

    @Override
    public List<Integer> classNumbers() {
        return data().classNumbers().isEmpty() ? ClassNames.positions(classes()) : data().classNumbers();
    }

    @Override
    public String numbering() {
        return data().classNumbers().isEmpty() ? ClassNames.POSITIONS : "ILSVRC_ID of the development kit";
    }
}
