package alexnet.cli;

import alexnet.bundle.BundleReader;
import alexnet.config.Precision;
import alexnet.config.UsageException;
import alexnet.data.PreparedData;
import alexnet.evaluation.ErrorCount;
import alexnet.evaluation.Evaluation;
import alexnet.evaluation.EvaluationReport;
import alexnet.inference.Classifier;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code Evaluate}: errors of an exported model. */
@Command(
        name = "Evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        showDefaultValues = true,
        description = "Measures the top-1 and top-5 error of an exported model on prepared data.")
public final class EvaluateCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, description = "the model's zip, such as runs/NAME/model.zip")
    private Path model;

    @Option(names = "--data", required = true, description = "a folder that Prepare made")
    private Path folder;

    @Option(names = "--split", defaultValue = "test", description = "train, val or test")
    private String split;

    @Option(names = "--views", defaultValue = "1", description = "1: the centre; 10: four corners, centre and mirrors")
    private int views;

    @Option(names = "--out", description = "the report to write (default: beside the model)")
    private Path out;

    @Option(
            names = "--precision",
            defaultValue = "FP32",
            description = "${COMPLETION-CANDIDATES}; BF16 is faster where the processor has it")
    private Precision precision;

    @Override
    public Integer call() throws Exception {
        if (views != 1 && views != 10) {
            throw new UsageException("Option --views is " + views + ", expected 1 or 10. Correct it.");
        }
        Classifier classifier = new Classifier(BundleReader.read(model), precision);
        try (PreparedData data = PreparedData.open(folder)) {
            ErrorCount count = Evaluation.measure(classifier, data, split, views == 10, ConsoleProgress.on(System.out));
            EvaluationReport report = EvaluationReport.of(classifier, data.manifest(), split, views, count);
            System.out.println(report.sentence());
            report.write(out == null ? model.resolveSibling("evaluation-" + split + "-" + views + ".json") : out);
        }
        return 0;
    }
}
