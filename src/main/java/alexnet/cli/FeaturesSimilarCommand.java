package alexnet.cli;

import alexnet.bundle.BundleReader;
import alexnet.bundle.ModelBundle;
import alexnet.config.UsageException;
import alexnet.features.Activations;
import alexnet.features.CodeFile;
import alexnet.features.FeatureFile;
import alexnet.features.Lookup;
import alexnet.features.Neighbour;
import alexnet.features.PixelVectors;
import alexnet.features.Sheet;
import alexnet.image.BadImageException;
import alexnet.image.ImageDecoder;
import alexnet.image.ImageLimits;
import alexnet.inference.Classifier;
import alexnet.run.Progress;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code Features similar}: the pictures most like others. */
@Command(
        name = "similar",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        showDefaultValues = true,
        description = "Finds the pictures whose features are nearest to those of other pictures.")
final class FeaturesSimilarCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    @Option(names = "--features", required = true, description = FeaturesCommand.FILE)
    private Path file;

    @Option(names = "--model", required = true, description = "the model's zip that made the features")
    private Path model;

    @Option(names = "--k", defaultValue = "6", description = "how many neighbours")
    private int k;

    @Option(names = "--codes", description = "search the binary codes; the features only tell equally near codes apart")
    private boolean codes;

    @Option(names = "--pixels", description = "search plain pixels instead, to see what features are better than")
    private boolean pixels;

    @Option(names = "--bits", description = "of the codes, if there are several beside the features")
    private Integer bits;

    @Option(names = "--json", description = "one JSON object a line instead of a table")
    private boolean json;

    @Option(names = "--sheet", paramLabel = "PNG", description = "also draws queries and neighbours side by side")
    private Path sheet;

    @Option(names = "--data", description = "where the pictures of the features are now (default: where they were)")
    private Path data;

    @Parameters(arity = "1..*", paramLabel = "QUERY", description = "pictures")
    private List<Path> queries;

    /** A query that could be read. */
    private record Query(Path file, byte[] square) {}

    @Override
    public Integer call() throws Exception {
        if (k < 1) {
            throw new UsageException("Option --k is " + k + ", expected 1 or more. Correct it.");
        }
        if (codes && pixels) {
            throw new UsageException("Options --codes and --pixels were given, expected one of them. Drop the other.");
        }
        FeatureFile features = FeatureFile.open(file);
        ModelBundle bundle = BundleReader.read(model);
        features.origin().checkModel(bundle, model, file);
        CodeFile coded = codes ? codes(features) : null;
        Classifier classifier = new Classifier(bundle, features.origin().precision());
        List<Query> asked = read(classifier.model().contract().size());
        if (!asked.isEmpty()) {
            answer(features, coded, asked, vectors(features, classifier, asked));
        }
        return asked.size() == queries.size() ? 0 : 1;
    }

    private float[][] vectors(FeatureFile features, Classifier classifier, List<Query> asked) {
        Activations activations = new Activations(classifier, features.origin().layer());
        float[][] vectors = activations.of(asked.stream().map(Query::square).toList());
        if (vectors[0].length != features.dim()) {
            throw new UsageException("Features " + file + " have " + features.dim() + " numbers, the layer "
                    + activations.layer() + " of " + model + " has " + vectors[0].length
                    + ", expected the same. Extract them again.");
        }
        return vectors;
    }

    private void answer(FeatureFile features, CodeFile coded, List<Query> asked, float[][] vectors) throws IOException {
        List<List<Neighbour>> found = nearest(features, coded, asked, vectors);
        for (int i = 0; i < asked.size(); i++) {
            print(features, asked.get(i).file(), found.get(i));
        }
        if (sheet != null) {
            draw(features, asked, found);
        }
    }

    private CodeFile codes(FeatureFile features) throws IOException {
        List<Integer> present = CodeFile.present(file);
        if (bits == null && present.size() != 1) {
            throw new UsageException("There are codes of " + present + " bits beside " + file + ", expected "
                    + (present.isEmpty()
                            ? "some. Make them with Features train-codes."
                            : "one kind. Choose one with --bits."));
        }
        return CodeFile.open(CodeFile.beside(file, bits == null ? present.get(0) : bits), features);
    }

    private List<List<Neighbour>> nearest(FeatureFile features, CodeFile coded, List<Query> asked, float[][] vectors) {
        if (pixels) {
            try (Lookup pictures = new Lookup(features, data)) {
                List<byte[]> squares = asked.stream().map(Query::square).toList();
                return new PixelVectors(pictures.side())
                        .nearest(pictures, features.rows(), squares, k, Progress.SILENT);
            }
        }
        return codes ? coded.nearest(features, vectors, k) : features.search().nearest(vectors, k);
    }

    private List<Query> read(int size) {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.SERVING, true);
        List<Query> read = new ArrayList<>();
        for (Path query : queries) {
            try {
                read.add(new Query(query, decoder.square(Files.readAllBytes(query), size)));
            } catch (IOException | BadImageException e) {
                System.err.println("Picture " + query + " cannot be compared: "
                        + (Files.isRegularFile(query) ? e.getMessage() : "there is no such file")
                        + ". Expected a whole JPEG, PNG, BMP, GIF, TIFF or WebP picture.");
            }
        }
        return read;
    }

    private String distance(Neighbour one) {
        return String.format(Locale.ROOT, codes ? "%.0f bits" : "%.2f", one.distance());
    }

    private void print(FeatureFile features, Path query, List<Neighbour> found) throws IOException {
        if (json) {
            ObjectNode line = JSON.createObjectNode().put("file", query.toString());
            ArrayNode neighbours = line.putArray("neighbours");
            found.forEach(one -> neighbours
                    .addObject()
                    .put("key", features.key(one.row()))
                    .put("class", features.className(one.row()))
                    .put(codes ? "bits" : "distance", one.distance()));
            System.out.println(JSON.writeValueAsString(line));
            return;
        }
        System.out.println(query);
        found.forEach(one -> System.out.printf(
                Locale.ROOT,
                "  %9s  %-16s  %s%n",
                distance(one),
                features.className(one.row()),
                features.key(one.row())));
    }

    /** With its folder, which often tells what it is. */
    private static String name(Path file) {
        int names = file.getNameCount();
        return file.subpath(Math.max(0, names - 2), names).toString();
    }

    private void draw(FeatureFile features, List<Query> asked, List<List<Neighbour>> found) {
        try (Lookup pictures = new Lookup(features, data)) {
            List<List<Sheet.Cell>> rows = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                List<Sheet.Cell> row = new ArrayList<>();
                Query query = asked.get(i);
                row.add(new Sheet.Cell(query.square(), pictures.side(), "query", name(query.file())));
                for (Neighbour one : found.get(i)) {
                    row.add(new Sheet.Cell(
                            pictures.square(one.row()), pictures.side(), features.className(one.row()), distance(one)));
                }
                rows.add(row);
            }
            Sheet.write(rows, sheet);
        }
        if (!json) {
            System.out.println("Sheet " + sheet);
        }
    }
}
