package alexnet.experiments;

import alexnet.config.Recipes;
import alexnet.config.UsageException;
import alexnet.config.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The experiments that come with the program, and those in files of the user's own. */
public final class Catalogue {
    /** In the paper's order, each followed by what can be tried of it on CIFAR-10. */
    public static final List<String> BUILT_IN = List.of(
            "fig1", "lrn-cifar10", "ablations", "ablations-cifar10", "table1", "table2", "fig3", "fig3-cifar10");

    private Catalogue() {}

    /**
     * @param name of a built-in experiment, or the path of a YAML file
     * @return the experiment
     * @throws UsageException if there is none, or its definition breaks a rule
     */
    public static Experiment load(String name) {
        return Yaml.read("Experiment", text(name), name, Experiment.class);
    }

    private static String text(String name) {
        try (InputStream in = Catalogue.class.getResourceAsStream("/experiments/" + name + ".yaml")) {
            if (in != null && BUILT_IN.contains(name)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            Path file = Path.of(name);
            if (Files.isRegularFile(file)) {
                return Files.readString(file);
            }
        } catch (IOException e) {
            throw new UsageException(
                    "Experiment " + name + " cannot be read (" + e + "), expected a readable file. Mend that.", e);
        }
        throw new UsageException("Experiment '" + name + "' is neither built in nor a file. Built in are "
                + String.join(", ", BUILT_IN) + "." + Recipes.didYouMean(name, BUILT_IN));
    }
}
