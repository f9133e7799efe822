package alexnet.evaluation;

import alexnet.run.AtomicFiles;
import alexnet.run.RunException;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The result of one evaluation.
 *
 * @param recipe the model's recipe; of several nets all of them, with {@code +} between
 * @param data digest of the data
 * @param split which part of it
 * @param views 1 or 10
 * @param images how many have labels and could be read: what the errors are about
 * @param top1Error share wrong at 1, 0 to 1
 * @param top1Interval where it may lie
 * @param top5Error share wrong at 5, 0 to 1
 * @param top5Interval where it may lie
 * @param loss mean cross-entropy in nats, at most 87 a picture, since a float32 softmax tells smaller probabilities
 *     from 0 no more
 * @param nets whose softmax was averaged
 * @param fit how their weights were found; absent if they are equal
 * @param leftOut pictures that are not counted since they are damaged or missing
 * @param damaged those of them that were met in this evaluation
 * @param classes errors by class
 * @param confusions classes taken for others, the most frequent first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvaluationReport(
        String recipe,
        String data,
        String split,
        int views,
        long images,
        double top1Error,
        Interval top1Interval,
        double top5Error,
        Interval top5Interval,
        double loss,
        List<Net> nets,
        Fit fit,
        long leftOut,
        List<Damaged> damaged,
        List<ClassErrors> classes,
        List<Confusion> confusions) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A net.
     *
     * @param recipe what it was trained with
     * @param coefficients SHA-256 of {@code coefficients.bin} in its zip
     * @param weight of its probabilities in the average
     */
    public record Net(String recipe, String coefficients, double weight) {}

    /**
     * How weights were found; see {@link WeightFit}.
     *
     * @param split on which pictures
     * @param loss mean cross-entropy there, in nats
     * @param equalLoss the same with equal weights
     * @param gap by how much {@code loss} may lie above the least possible, at most
     */
    public record Fit(String split, double loss, double equalLoss, double gap) {}

    /**
     * A picture that could not be read.
     *
     * @param key its name
     * @param reason why
     */
    public record Damaged(String key, String reason) {}

    /**
     * @param found what was measured, on pictures with labels
     * @return the report
     * @throws RunException if no picture with a label could be read
     */
    public static EvaluationReport of(Measurement found) {
        ErrorCount count = found.tally().all();
        TestSet pictures = found.pictures();
        if (count.images() == 0) {
            throw new RunException("No picture of " + pictures.name() + " with a label can be read, expected one at"
                    + " least. Name others.");
        }
        WeightFit fit = found.fit();
        return new EvaluationReport(
                found.nets().stream().map(net -> net.recipe().name()).distinct().collect(Collectors.joining("+")),
                pictures.digest(),
                pictures.name(),
                found.views(),
                count.images(),
                count.top1(),
                Interval.of(count.wrong1(), count.images()),
                count.top5(),
                Interval.of(count.wrong5(), count.images()),
                count.loss(),
                nets(found),
                fit == null ? null : new Fit(fit.split(), fit.loss(), fit.equalLoss(), fit.gap()),
                pictures.leftOut() + found.damaged().size(),
                damaged(found),
                found.tally().classErrors(),
                found.tally().confusions());
    }

    private static List<Net> nets(Measurement found) {
        List<Net> nets = new ArrayList<>();
        for (int i = 0; i < found.nets().size(); i++) {
            nets.add(new Net(
                    found.nets().get(i).recipe().name(),
                    found.nets().get(i).weights(),
                    found.fit() == null
                            ? 1.0 / found.nets().size()
                            : found.fit().weights()[i]));
        }
        return nets;
    }

    private static List<Damaged> damaged(Measurement found) {
        return found.damaged().entrySet().stream()
                .map(entry -> new Damaged(found.pictures().key(entry.getKey()), entry.getValue()))
                .toList();
    }

    /** @return it as a line for people */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "%s: top-1 error %.2f %%, top-5 error %.2f %% on %d pictures (%s)",
                split,
                100 * top1Error,
                100 * top5Error,
                images,
                views == 1 ? "centre view" : "ten views");
    }

    /** @param file the JSON file to make or replace; each class and each confusion is a line of it */
    public void write(Path file) {
        try {
            AtomicFiles.write(file, JSON.writer(new RowPrinter()).writeValueAsString(this) + "\n");
        } catch (IOException e) {
            throw new RunException(
                    "Report " + file + " cannot be written (" + e.getMessage()
                            + "), expected a writable place with free space. Choose another with --out.",
                    e);
        }
    }
}
