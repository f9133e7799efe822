package alexnet.inference;

import alexnet.bundle.BundleReader;
import alexnet.bundle.ModelBundle;
import alexnet.config.Precision;
import alexnet.image.BadImageException;
import alexnet.image.ImageDecoder;
import alexnet.image.ImageLimits;
import alexnet.image.Pixels;
import alexnet.image.View;
import alexnet.kernels.FastKernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Tells what is in a picture.
 *
 * <pre>{@code
 * Classifier classifier = Classifier.load(Path.of("runs/demo/model.zip"));
 * classifier.classify(Path.of("picture.jpg"), 5).forEach(System.out::println);
 * }</pre>
 *
 * <p>Not for use by several threads at once: the library's graph keeps state.
 */
public final class Classifier implements AutoCloseable {
    private final ModelBundle model;
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.SERVING, true);

    /** @param model a model that was read or made; computes in fp32 */
    public Classifier(ModelBundle model) {
        this(model, Precision.FP32);
    }

    /**
     * @param model a model that was read or made; its weights may not change from now on
     * @param precision in which its layers multiply
     */
    public Classifier(ModelBundle model, Precision precision) {
        this.model = model;
        FastKernels.install(model.graph(), precision, FastKernels.Use.INFERENCE);
    }

    /**
     * @param zip an exported model
     * @return a classifier for it
     */
    public static Classifier load(Path zip) {
        return new Classifier(BundleReader.read(zip));
    }

    /** @return what it was made from */
    public ModelBundle model() {
        return model;
    }

    /**
     * @param file a picture of any size
     * @param most how many labels
     * @return the most probable labels, best first
     * @throws IOException if the file cannot be read
     * @throws BadImageException if it is not a whole picture
     */
    public List<Prediction> classify(Path file, int most) throws IOException, BadImageException {
        return rank(probabilities(Files.readAllBytes(file), false), most);
    }

    /**
     * @param encoded the bytes of a picture file of any size
     * @param tenViews whether the softmax is averaged over four corners, centre and their mirrors ({@code §4.1}), or
     *     only the centre is seen
     * @return a probability for each class
     * @throws BadImageException if it is not a whole picture
     */
    public double[] probabilities(byte[] encoded, boolean tenViews) throws BadImageException {
        return probabilities(List.of(decoder.square(encoded, model.contract().size())), tenViews)[0];
    }

    /**
     * @param squares pictures already resized, {@code [size, size, 3]} each; at least one
     * @param tenViews whether ten views are averaged, or only the centre is seen
     * @return a probability for each picture and class, {@code [n, classes]}
     */
    public double[][] probabilities(List<byte[]> squares, boolean tenViews) {
        int size = model.contract().size();
        int crop = model.contract().crop();
        List<View> views = tenViews ? View.ten(size, crop) : List.of(View.centre(size, crop));
        double[][] each = model.graph().outputSingle(input(squares, views)).toDoubleMatrix();
        return IntStream.range(0, squares.size())
                .mapToObj(i -> mean(each, i * views.size(), views.size()))
                .toArray(double[][]::new);
    }

    /**
     * @param square a picture already resized, {@code [size, size, 3]}
     * @return a probability for each of the ten views ({@link View#ten}) and each class, {@code [10, classes]}
     */
    public double[][] ofEachView(byte[] square) {
        List<View> views = View.ten(model.contract().size(), model.contract().crop());
        return model.graph().outputSingle(input(List.of(square), views)).toDoubleMatrix();
    }

    /**
     * @param file a picture of any size
     * @return its central square as the model expects it, {@code [size, size, 3]}
     * @throws IOException if the file cannot be read
     * @throws BadImageException if it is not a whole picture
     */
    public byte[] square(Path file) throws IOException, BadImageException {
        return decoder.square(Files.readAllBytes(file), model.contract().size());
    }

    /**
     * What a layer answers to the centre view.
     *
     * @param squares pictures already resized, {@code [size, size, 3]} each; at least one
     * @param vertices of the graph, such as {@code fc7a} and {@code fc7b}, joined in this order; nothing above them is
     *     computed
     * @return their outputs, {@code [n, units]}; the units of a map in the order channel, row, column
     */
    public float[][] activations(List<byte[]> squares, List<String> vertices) {
        View centre = View.centre(model.contract().size(), model.contract().crop());
        INDArray[] outputs =
                model.graph().output(vertices, false, new INDArray[] {input(squares, List.of(centre))}, null);
        float[][] joined = new float[squares.size()][];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = new float[0];
            for (INDArray output : outputs) {
                float[] units = output.slice(i).dup('c').data().asFloat();
                int before = joined[i].length;
                joined[i] = Arrays.copyOf(joined[i], before + units.length);
                System.arraycopy(units, 0, joined[i], before, units.length);
            }
        }
        return joined;
    }

    private INDArray input(List<byte[]> squares, List<View> views) {
        int size = model.contract().size();
        int crop = model.contract().crop();
        int image = views.size() * 3 * crop * crop;
        float[] pixels = new float[Math.multiplyExact(squares.size(), image)];
        for (int i = 0; i < squares.size(); i++) {
            float[] seen = Pixels.views(
                    squares.get(i), size, crop, views, model.contract().subtractMean() ? model.mean() : null);
            System.arraycopy(seen, 0, pixels, i * image, image);
        }
        return Nd4j.createFromArray(pixels).reshape(squares.size() * (long) views.size(), 3, crop, crop);
    }

    private static double[] mean(double[][] rows, int from, int count) {
        double[] mean = new double[rows[from].length];
        for (int row = from; row < from + count; row++) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += rows[row][i] / count;
            }
        }
        return mean;
    }

    /** Frees the weights at once; without it they wait for the garbage collector. */
    @Override
    public void close() {
        model.graph().close();
    }

    private List<Prediction> rank(double[] probabilities, int most) {
        return IntStream.range(0, probabilities.length)
                .mapToObj(i -> new Prediction(model.labels().get(i), probabilities[i]))
                .sorted(Comparator.comparingDouble(Prediction::probability).reversed())
                .limit(most)
                .toList();
    }
}
