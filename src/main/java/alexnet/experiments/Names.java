package alexnet.experiments;

import alexnet.config.Recipes;
import alexnet.config.UsageException;
import java.util.List;

/** Names that the user or a definition mentions. */
final class Names {
    private Names() {}

    /** Throws {@link UsageException} with the nearest valid name, if this one is unknown. */
    static void require(String experiment, String what, String name, List<String> valid) {
        if (!valid.contains(name)) {
            throw new UsageException("Experiment " + experiment + " has no " + what + " '" + name
                    + "', expected one of " + String.join(", ", valid) + "." + Recipes.didYouMean(name, valid));
        }
    }
}
