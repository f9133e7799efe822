package alexnet.experiments;

import alexnet.config.UsageException;
import alexnet.config.Yaml;
import java.util.List;

/** The experiments that come with the program, and those in files of the user's own. */
public final class Catalogue {
    /** In the paper's order, each followed by what can be tried of it on CIFAR-10. */
    public static final List<String> BUILT_IN = List.of(
            "fig1",
            "lrn-cifar10",
            "lrn-cifar10-long",
            "lrn-cifar10-more",
            "lrn-cifar10-all",
            "ablations",
            "ablations-cifar10",
            "table1",
            "table2",
            "fig3",
            "fig3-cifar10");

    private Catalogue() {}

    /**
     * @param name of a built-in experiment, or the path of a YAML file
     * @return the experiment
     * @throws UsageException if there is none, or its definition breaks a rule
     */
    public static Experiment load(String name) {
        return Yaml.read(
                "Experiment", Yaml.text("Experiment", "/experiments/", name, BUILT_IN), name, Experiment.class);
    }
}
