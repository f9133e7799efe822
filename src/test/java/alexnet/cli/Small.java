package alexnet.cli;

import alexnet.image.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A collection and a recipe so small that a run takes seconds. */
final class Small {
    static final List<String> CLASSES = List.of("amber", "birch", "cedar");

    /** Two towers, dropout, normalisation and all, on 32 pixels. */
    static final String RECIPE = """
            extends: cifar10-towers
            name: small
            about: Two narrow towers on 32 pixels.
            network:
              width: 0.05
            training:
              batch: 4
              epochs: 2
              plateau: {rate: 0.01, factor: 0.1, drops: 2, patience: 3}
              table: null
            """;

    private Small() {}

    /** Pictures of each class in {@code folder/class/}. */
    static Path pictures(Path folder, int perClass) throws IOException {
        for (int label = 0; label < CLASSES.size(); label++) {
            Path ofClass = Files.createDirectories(folder.resolve(CLASSES.get(label)));
            for (int i = 0; i < perClass; i++) {
                Files.write(
                        ofClass.resolve("p%02d.jpg".formatted(i)),
                        Pictures.jpeg(Pictures.photo(40 + i % 5, 36, 100 * label + i)));
            }
        }
        return folder;
    }

    /** Prepared pictures, a sixth of them for validation. */
    static Path prepared(Path folder, int perClass) throws IOException {
        Path out = folder.resolve("prepared");
        pictures(folder.resolve("pictures"), perClass);
        Typed.prepare(
                        "--source",
                        "folder:" + folder.resolve("pictures"),
                        "--out",
                        out,
                        "--size",
                        32,
                        "--hold-out",
                        0.16)
                .well();
        return out;
    }

    static Path recipe(Path folder) throws IOException {
        return Files.writeString(folder.resolve("small.yaml"), RECIPE);
    }
}
