package alexnet.experiments;

import alexnet.config.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Folders such as Train leaves them, with logs made up so that every figure can be told by hand. */
final class MadeRuns {
    static final String DATA = "0123456789abcdef";

    private static final int IMAGES = 400; // of an epoch: four lines of 100

    private MadeRuns() {}

    /** One net whose training error and loss fall from epoch to epoch as given, and whose test error is given. */
    static Path finished(Net net, Path results, String data, double testError, double... trainErrors)
            throws IOException {
        Path folder = log(net, results, data, trainErrors);
        for (int views : net.home().views()) {
            Files.writeString(
                    folder.resolve("evaluation-" + net.home().data().split() + "-" + views + ".json"),
                    String.format(
                            Locale.ROOT,
                            "{\"recipe\":\"x\",\"data\":\"%s\",\"top1Error\":%s,\"top5Error\":%s,\"images\":10}",
                            data,
                            testError,
                            testError / 2));
        }
        return folder;
    }

    /** The same before it is measured. Each line's error is the epoch's; the loss is four times the error. */
    static Path log(Net net, Path results, String data, double... trainErrors) throws IOException {
        Path folder = Files.createDirectories(net.folder(results));
        Files.writeString(folder.resolve("recipe.yaml"), Recipes.toYaml(net.recipe()));
        Files.writeString(
                folder.resolve("provenance.json"),
                "{\"data\":\"" + data + "\",\"commit\":\"abcdef0123456789\",\"started\":\"2012-09-30T00:00:00Z\","
                        + "\"machine\":{\"processors\":\"2\",\"processor\":\"Made up\",\"system\":\"Linux\"}}");
        StringBuilder log = new StringBuilder();
        for (int epoch = 1; epoch <= trainErrors.length; epoch++) {
            double error = trainErrors[epoch - 1];
            for (int line = 1; line <= 4; line++) {
                log.append(String.format(
                        Locale.ROOT,
                        "{\"event\":\"step\",\"epoch\":%d,\"step\":%d,\"steps\":40,\"trainTop1Error\":%s,"
                                + "\"trainImages\":%d,\"computeSeconds\":%s}%n",
                        epoch,
                        10 * line,
                        error,
                        IMAGES / 4,
                        0.5));
            }
            log.append(String.format(
                    Locale.ROOT,
                    "{\"event\":\"epoch\",\"epoch\":%d,\"iteration\":%d,\"trainTop1Error\":%s,\"trainLoss\":%s,"
                            + "\"validationTop1Error\":%s,\"trainImages\":%d,\"trainingSeconds\":%d}%n",
                    epoch,
                    40 * epoch,
                    error,
                    4 * error,
                    error + 0.1,
                    IMAGES,
                    1800 * epoch));
        }
        Files.writeString(folder.resolve("metrics.jsonl"), log);
        return folder;
    }

    static Net net(Experiment experiment, String variant, long seed) {
        return Net.of(experiment, List.of(variant), List.of(seed)).get(0);
    }
}
