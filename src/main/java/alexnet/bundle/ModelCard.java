package alexnet.bundle;

import alexnet.config.Recipe;
import java.util.List;

/**
 * What a model zip says of itself, without its weights.
 *
 * @param recipe what it was trained with
 * @param contract how to feed it
 * @param labels names of the classes, in the order of the output
 * @param weights SHA-256 of {@code coefficients.bin} in it: the same for two models that compute the same
 */
public record ModelCard(Recipe recipe, Contract contract, List<String> labels, String weights) {}
