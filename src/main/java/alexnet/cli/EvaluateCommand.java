package alexnet.cli;

import alexnet.config.Precision;
import alexnet.config.UsageException;
import alexnet.data.ImageSource;
import alexnet.data.PreparedData;
import alexnet.evaluation.EvaluationReport;
import alexnet.evaluation.FileSet;
import alexnet.evaluation.Measurement;
import alexnet.evaluation.Nets;
import alexnet.evaluation.PredictionFiles;
import alexnet.evaluation.PreparedSet;
import alexnet.evaluation.TestSet;
import alexnet.evaluation.WeightFit;
import alexnet.run.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code Evaluate}: errors of exported models. */
@Command(
        name = "Evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        showDefaultValues = true,
        description =
                "Measures the top-1 and top-5 error of an exported model, or of several averaged, on prepared data"
                        + " or on picture files; writes their predictions.")
public final class EvaluateCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private Models models;

    @ArgGroup(multiplicity = "1")
    private Pictures pictures;

    @Option(
            names = "--split",
            defaultValue = "test",
            description = "train, val or test, or unlabelled, which is not measured but can be written")
    private String split;

    @Option(names = "--views", defaultValue = "1", description = "1: the centre; 10: four corners, centre and mirrors")
    private int views;

    @Option(
            names = "--fit-weights",
            description = "with --average: weights that make the cross-entropy on the split val least, not equal ones")
    private boolean fitWeights;

    @Option(names = "--out", description = "the report to write (default: beside the model)")
    private Path out;

    @Option(
            names = "--csv",
            paramLabel = "FOLDER",
            description = "writes predictions.csv and, if there are labels, classes.csv and confusions.csv there")
    private Path csv;

    @Option(
            names = "--submission",
            paramLabel = "FILE",
            description = "writes the numbers of five classes for each picture, as ILSVRC's programs read them")
    private Path submission;

    @Option(
            names = "--precision",
            defaultValue = "FP32",
            description = "${COMPLETION-CANDIDATES}; BF16 is faster where the processor has it")
    private Precision precision;

    /** One net or several. */
    private static final class Models {
        @Option(names = "--model", description = "a model's zip, such as runs/NAME/model.zip")
        private Path model;

        @Option(
                names = "--average",
                paramLabel = "ZIP",
                split = ",",
                description = "several models' zips, with commas between: their softmax is averaged")
        private List<Path> average;

        List<Path> zips() {
            return model != null ? List.of(model) : average;
        }
    }

    /** Where the pictures are. */
    private static final class Pictures {
        @Option(names = "--data", description = "a folder that Prepare made")
        private Path data;

        @Option(
                names = "--images",
                paramLabel = "DIR",
                description = "a folder of pictures in class folders, or (without labels) of pictures alone")
        private Path images;

        @Option(
                names = "--list",
                paramLabel = "FILE",
                description =
                        "a text file with a picture's path (from the file's folder), a tab or blank, and its class"
                                + " on each line; without labels, the path alone")
        private Path list;
    }

    @Override
    public Integer call() throws Exception {
        return Interruption.guard(this::evaluate);
    }

    private int evaluate(Interruption interruption) {
        Progress.Factory progress =
                interruption.stopping(ConsoleProgress.on(System.out), "Interrupted: nothing was written.");
        checkOptions();
        Nets nets = Nets.open(models.zips(), precision);
        try (PreparedData data = pictures.data == null ? null : PreparedData.open(pictures.data)) {
            TestSet set = set(split, data, nets);
            TestSet fitted = fitWeights ? fitSet(data, nets) : null;
            boolean measured = set.isLabelled();
            checkWorth(measured);
            if (nets.count() > 1) {
                System.out.printf(
                        Locale.ROOT,
                        "Averaging %d nets, one after the other; the sums take %.1f MB%n",
                        nets.count(),
                        nets.bytes(set.size()) / 1e6);
            }
            WeightFit fit = fitted == null ? null : nets.fit(fitted, views == 10, progress);
            Measurement found = nets.measure(set, views == 10, fit, progress);
            tell(found, measured);
            write(found, measured);
        }
        return 0;
    }

    /** What a training ends with: the test split (validation if there is none) in fp32, the centre of each picture. */
    static void afterTraining(Path model, PreparedData data, Progress.Factory progress) {
        String split = data.manifest().splits().containsKey("test") ? "test" : "val";
        Nets net = Nets.open(List.of(model), Precision.FP32);
        PreparedSet pictures = PreparedSet.of(data, split, net.labels(), net.size());
        EvaluationReport report = EvaluationReport.of(net.measure(pictures, false, null, progress));
        System.out.println(report.sentence());
        report.write(model.resolveSibling("evaluation-" + split + "-1.json"));
    }

    private void checkOptions() {
        if (views != 1 && views != 10) {
            throw new UsageException("Option --views is " + views + ", expected 1 or 10. Correct it.");
        }
        if (fitWeights && models.zips().size() < 2) {
            throw new UsageException("Option --fit-weights was given with one model, expected --average with two or"
                    + " more. Leave it out or name more.");
        }
    }

    private TestSet set(String part, PreparedData data, Nets nets) {
        if (data != null) {
            return PreparedSet.of(data, part, nets.labels(), nets.size());
        }
        return pictures.images != null
                ? FileSet.ofFolder(pictures.images, part, nets.labels(), nets.size())
                : FileSet.ofList(pictures.list, nets.labels(), nets.size());
    }

    private TestSet fitSet(PreparedData data, Nets nets) {
        if (data == null) {
            throw new UsageException(
                    "Option --fit-weights was given without --data, expected prepared data, whose split"
                            + " val the weights are found on. Prepare the pictures, or leave it out.");
        }
        return set(ImageSource.VALIDATION, data, nets);
    }

    private void checkWorth(boolean measured) {
        if (!measured && csv == null && submission == null) {
            throw new UsageException(
                    "The pictures have no labels, found neither --csv nor --submission, expected one of"
                            + " them: without labels predictions can be written, but no error measured. Add one, or name"
                            + " pictures with labels (--split val).");
        }
    }

    private void tell(Measurement found, boolean measured) {
        EvaluationText text = new EvaluationText(found, models.zips());
        text.leftOut().forEach(System.err::println);
        if (measured) {
            System.out.println(EvaluationReport.of(found).sentence());
            System.out.print(text.details());
        }
    }

    private void write(Measurement found, boolean measured) {
        PredictionFiles tables = new PredictionFiles(found);
        if (csv != null) {
            tables.predictions(csv.resolve("predictions.csv"));
            if (measured) {
                tables.classes(csv.resolve("classes.csv"));
                tables.confusions(csv.resolve("confusions.csv"));
            }
            System.out.println("Tables " + csv);
        }
        if (submission != null) {
            tables.submission(submission);
            System.out.println("Submission " + submission + ", class numbers: "
                    + found.pictures().numbering());
        }
        if (measured) {
            Path report = out == null ? beside(found) : out;
            EvaluationReport.of(found).write(report);
            System.out.println("Report " + report);
        }
    }

    private Path beside(Measurement found) {
        String what = models.zips().size() == 1 ? "evaluation-" : "average-";
        return models.zips().get(0).resolveSibling(what + found.pictures().name() + "-" + views + ".json");
    }
}
