package alexnet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An experiment of two variants on a few pictures, with a grid of three rates. */
final class SmallExperiment {
    private SmallExperiment() {}

    static Path define(Path folder, String name, String views, String settings) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), """
                name: own
                section: "none"
                claim: Rates differ.
                data: {name: small, classes: 3, split: val}
                seeds: [1, 2]
                views: %3$s
                set: %2$s
                variants:
                  - {name: one, about: the first, recipe: %1$s}
                  - {name: two, about: the second, recipe: %1$s, set: {training.plateau.rate: 0.001}}
                grid:
                  keys: {training.plateau.rate: 1}
                  values: [0.001, 0.01, 1.0e+30]
                  seed: 1
                  measure: {kind: validation_error}
                measures:
                  - {kind: test_error}
                  - {kind: colour_apart, variants: [two]}
                curves: [training_error]
                """.formatted(Small.recipe(folder), settings, views));
    }
}
