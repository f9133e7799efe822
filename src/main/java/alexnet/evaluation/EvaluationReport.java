package alexnet.evaluation;

import alexnet.data.Manifest;
import alexnet.inference.Classifier;
import alexnet.run.AtomicFiles;
import alexnet.run.RunException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The result of one evaluation.
 *
 * @param recipe the model's recipe
 * @param data digest of the prepared data
 * @param split which part of it
 * @param views 1 or 10
 * @param images how many
 * @param top1Error share wrong at 1, 0 to 1
 * @param top5Error share wrong at 5, 0 to 1
 * @param loss mean cross-entropy in nats
 */
public record EvaluationReport(
        String recipe,
        String data,
        String split,
        int views,
        long images,
        double top1Error,
        double top5Error,
        double loss) {
    /**
     * @param classifier the model
     * @param manifest the data
     * @param split which part of it
     * @param views 1 or 10
     * @param count what was counted
     * @return the report
     */
    public static EvaluationReport of(
            Classifier classifier, Manifest manifest, String split, int views, ErrorCount count) {
        return new EvaluationReport(
                classifier.model().recipe().name(),
                manifest.digest(),
                split,
                views,
                count.images(),
                count.top1(),
                count.top5(),
                count.loss());
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

    /** @param file the JSON file to make or replace */
    public void write(Path file) {
        try {
            AtomicFiles.write(
                    file, new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
        } catch (IOException e) {
            throw new RunException(
                    "Report " + file + " cannot be written (" + e.getMessage()
                            + "), expected a writable place with free space. Choose another with --out.",
                    e);
        }
    }
}
