package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.lang.reflect.Field;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The library's own operation conv2d, as a graphics processor runs it too, against convolution in plain loops. */
class LibraryConvolutionTest {
    private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();
    private static final int IMAGES = 2;

    private int channels;
    private int maps;
    private int kernel;
    private int stride;
    private int pad;
    private int side;
    private int out;

    @ParameterizedTest(name = "{0} channels, {1} maps, {2}/{3} pad {4} on {5}")
    @CsvSource({"3, 6, 11, 4, 0, 23", "4, 6, 5, 1, 2, 9", "5, 4, 3, 1, 1, 7", "1, 1, 3, 2, 1, 8"})
    void outputAndGradientsAreThoseOfPlainLoops(int c, int m, int k, int s, int p, int size)
            throws ReflectiveOperationException {
        channels = c;
        maps = m;
        kernel = k;
        stride = s;
        pad = p;
        side = size;
        out = (side + 2 * pad - kernel) / stride + 1;
        Nd4j.getRandom().setSeed(9);
        INDArray input = Nd4j.randn(DataType.FLOAT, IMAGES, channels, side, side);
        INDArray epsilon = Nd4j.randn(DataType.FLOAT, IMAGES, maps, out, out);
        ComputationGraph graph = graph();
        assertEquals(1, NativeConvolutions.install(graph));
        var layer = (org.deeplearning4j.nn.layers.convolution.ConvolutionLayer) graph.getLayer("conv");
        Field helper = layer.getClass().getDeclaredField("helper");
        helper.setAccessible(true);
        assertInstanceOf(MKLDNNConvHelper.class, helper.get(layer), "the path under test");

        double[] x = input.dup('c').data().asDouble();
        double[] w = layer.getParam("W").dup('c').data().asDouble();
        double[] b = layer.getParam("b").assign(0.3).dup().data().asDouble();
        double[] e = epsilon.dup('c').data().asDouble();
        layer.setInput(input, NONE);
        assertClose(forward(x, w, b), layer.activate(true, NONE));
        layer.setInput(input, NONE);
        Pair<Gradient, INDArray> gradients = layer.backpropGradient(epsilon, NONE);
        double[] dx = new double[x.length];
        double[] dw = new double[w.length];
        double[] db = new double[b.length];
        backward(x, w, e, dx, dw, db);
        assertClose(dx, gradients.getSecond());
        assertClose(dw, gradients.getFirst().getGradientFor("W"));
        assertClose(db, gradients.getFirst().getGradientFor("b"));
    }

    private static void assertClose(double[] expected, INDArray found) {
        double largest = 0;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertArrayEquals(expected, found.dup('c').data().asDouble(), 1e-5 * largest);
    }

    /** Calls back for each product of an input, a weight and an output, by their places in row-major order. */
    private interface Product {
        void at(int input, int weight, int output);
    }

    private void products(Product product) {
        for (int o = 0; o < IMAGES * maps * out * out; o++) {
            int column = o % out;
            int row = o / out % out;
            int map = o / (out * out) % maps;
            int image = o / (out * out * maps);
            for (int v = 0; v < channels * kernel * kernel; v++) {
                int x = column * stride - pad + v % kernel;
                int y = row * stride - pad + v / kernel % kernel;
                int channel = v / (kernel * kernel);
                if (x >= 0 && x < side && y >= 0 && y < side) {
                    product.at(
                            ((image * channels + channel) * side + y) * side + x,
                            map * channels * kernel * kernel + v,
                            o);
                }
            }
        }
    }

    private double[] forward(double[] x, double[] w, double[] b) {
        double[] y = new double[IMAGES * maps * out * out];
        for (int o = 0; o < y.length; o++) {
            y[o] = b[o / (out * out) % maps];
        }
        products((input, weight, output) -> y[output] += x[input] * w[weight]);
        return y;
    }

    private void backward(double[] x, double[] w, double[] e, double[] dx, double[] dw, double[] db) {
        for (int o = 0; o < e.length; o++) {
            db[o / (out * out) % maps] += e[o];
        }
        products((input, weight, output) -> {
            dx[input] += e[output] * w[weight];
            dw[weight] += e[output] * x[input];
        });
    }

    private ComputationGraph graph() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(3)
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                        "conv",
                        new ConvolutionLayer.Builder(kernel, kernel)
                                .stride(stride, stride)
                                .padding(pad, pad)
                                .nIn(channels)
                                .nOut(maps)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "in")
                .addLayer(
                        "out",
                        new OutputLayer.Builder()
                                .nIn(maps * out * out)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "conv")
                .setInputTypes(InputType.convolutional(side, side, channels))
                .setOutputs("out")
                .build());
        graph.init();
        graph.initGradientsView();
        return graph;
    }
}
