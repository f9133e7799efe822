package alexnet.cli;

import alexnet.bundle.BundleReader;
import alexnet.config.Precision;
import alexnet.config.UsageException;
import alexnet.image.BadImageException;
import alexnet.inference.Classifier;
import alexnet.inference.Prediction;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code Classify}: labels of pictures. */
@Command(
        name = "Classify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        showDefaultValues = true,
        description = "Names what is in pictures: the most probable labels with their probabilities.")
public final class ClassifyCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, description = "the model's zip, such as runs/NAME/model.zip")
    private Path model;

    @Option(names = "--top", defaultValue = "5", description = "how many labels")
    private int top;

    @Option(names = "--json", description = "one JSON object a line instead of a table")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "pictures")
    private List<Path> files;

    @Option(
            names = "--precision",
            defaultValue = "FP32",
            description = "${COMPLETION-CANDIDATES}; BF16 is faster where the processor has it")
    private Precision precision;

    @Override
    public Integer call() throws Exception {
        if (top < 1) {
            throw new UsageException("Option --top is " + top + ", expected 1 or more. Correct it.");
        }
        Classifier classifier = new Classifier(BundleReader.read(model), precision);
        int failed = 0;
        for (Path file : files) {
            try {
                print(file, classifier.classify(file, top));
            } catch (IOException | BadImageException e) {
                failed++;
                System.err.println("Picture " + file + " cannot be classified: "
                        + (Files.isRegularFile(file) ? e.getMessage() : "there is no such file")
                        + ". Expected a whole JPEG, PNG, BMP, GIF, TIFF or WebP picture.");
            }
        }
        return failed == 0 ? 0 : 1;
    }

    private void print(Path file, List<Prediction> predictions) throws IOException {
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("file", file.toString());
            line.put("predictions", predictions);
            System.out.println(new JsonMapper().writeValueAsString(line));
            return;
        }
        System.out.println(file);
        predictions.forEach(
                one -> System.out.printf(Locale.ROOT, "  %6.2f %%  %s%n", 100 * one.probability(), one.label()));
    }
}
