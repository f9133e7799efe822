package alexnet.kernels;

import alexnet.kernels.Scratch.Buffer;
import alexnet.kernels.Scratch.Slot;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.indexer.FloatRawIndexer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A locally connected layer, {@code y[i, o, p] = Σ_f x[i, window p, f]·W[p, f, o] + b[o]}, and its gradients, in fp32: each
 * position's windows are gathered as the rows of a matrix, and oneDNN multiplies the matrices of all positions. As in the
 * library's layer, positions number the windows column by column and the outputs row by row: maps come out transposed.
 */
final class LocalKernel {
    private final Scratch scratch;
    private final Plans<Products> plans = new Plans<>();
    private final Buffer gathered; // rows of the newest forward pass, kept for the backward pass if there is one
    private INDArray gatheredOf;

    LocalKernel(Setting setting) {
        scratch = setting.scratch();
        gathered = setting.inference() ? scratch.slot(Slot.SOURCE) : new Buffer();
    }

    /**
     * @param x {@code [n, maps, height, width]}, row-major
     * @param w {@code [positions, features, maps]}, row-major; features are maps, rows, columns of a window
     * @param bias {@code [maps]}
     * @param y {@code [n, maps, height, width]}, row-major, is overwritten
     */
    void forward(INDArray x, Windows windows, INDArray w, INDArray bias, INDArray y) {
        Geometry g = new Geometry(x.shape(), y.shape(), windows);
        Products products = products(g);
        FloatPointer rows = floats(gathered, g.rowElements());
        FloatPointer sums = floats(scratch.slot(Slot.OUTPUT), g.outputs());
        gather(g, Operand.address(x), rows);
        gatheredOf = x;
        products.forward.run(rows, Operand.address(w), sums);
        FloatRawIndexer from = indexer(sums, g.outputs());
        FloatRawIndexer b = indexer(Operand.address(bias), g.out);
        FloatRawIndexer to = indexer(Operand.address(y), g.outputs());
        IntStream.range(0, g.n).parallel().forEach(i -> {
            for (int o = 0; o < g.out; o++) {
                long at = ((long) i * g.out + o) * g.positions;
                for (int p = 0; p < g.positions; p++) {
                    to.put(at + p, from.get(((long) p * g.n + i) * g.out + o) + b.get(o));
                }
            }
        });
    }

    /**
     * @param delta gradient of y
     * @param dw is overwritten with the sum over the examples; so is db
     * @param dx is overwritten; null if nobody needs it
     */
    void backward(INDArray x, Windows windows, INDArray w, INDArray delta, INDArray dw, INDArray db, INDArray dx) {
        Geometry g = new Geometry(x.shape(), delta.shape(), windows);
        Products products = products(g);
        FloatPointer rows = floats(gathered, g.rowElements());
        FloatPointer sums = floats(scratch.slot(Slot.OUTPUT), g.outputs());
        if (gatheredOf != x) {
            gather(g, Operand.address(x), rows);
        }
        gatheredOf = null;
        byPosition(g, Operand.address(delta), sums, Operand.address(db));
        products.weights.run(rows, sums, Operand.address(dw));
        if (dx != null) {
            FloatPointer rowGradients = floats(scratch.slot(Slot.SOURCE), g.rowElements());
            products.data.run(sums, Operand.address(w), rowGradients);
            scatter(g, rowGradients, Operand.address(dx));
        }
    }

    private static FloatPointer floats(Buffer buffer, long length) {
        return new FloatPointer(buffer.address(length * Float.BYTES)).capacity(length);
    }

    private Products products(Geometry g) {
        return plans.get(new long[] {g.n, g.features, g.out, g.positions}, () -> new Products(g));
    }

    /** Extents of one call. */
    private static final class Geometry {
        private final int n;
        private final int in;
        private final int height;
        private final int width;
        private final int out;
        private final int rows; // of positions
        private final int positions;
        private final int features;
        private final Windows windows;

        Geometry(long[] x, long[] y, Windows windows) {
            n = (int) x[0];
            in = (int) x[1];
            height = (int) x[2];
            width = (int) x[3];
            out = (int) y[1];
            rows = (int) y[2];
            positions = (int) (y[2] * y[3]);
            features = (int) (in * windows.kernel()[0] * windows.kernel()[1]);
            this.windows = windows;
        }

        long rowElements() {
            return (long) positions * n * features;
        }

        long outputs() {
            return (long) n * out * positions;
        }

        /** Calls for each element of one example's window: where it lies in x (or −1: in the padding) and in the row. */
        void eachElement(int position, Element element) {
            int top = (int) (position % rows * windows.strides()[0] - windows.before()[0]);
            int left = (int) (position / rows * windows.strides()[1] - windows.before()[1]);
            int feature = 0;
            for (int map = 0; map < in; map++) {
                for (int row = top; row < top + windows.kernel()[0]; row++) {
                    for (int column = left; column < left + windows.kernel()[1]; column++) {
                        boolean inside = row >= 0 && row < height && column >= 0 && column < width;
                        element.at(inside ? (map * height + row) * width + column : -1, feature++);
                    }
                }
            }
        }
    }

    @FunctionalInterface
    private interface Element {
        void at(int offset, int feature);
    }

    private static void gather(Geometry g, Pointer x, FloatPointer rows) {
        FloatRawIndexer from = indexer(x, (long) g.n * g.in * g.height * g.width);
        FloatRawIndexer to = indexer(rows, g.rowElements());
        IntStream.range(0, g.positions).parallel().forEach(p -> {
            int[] offsets = offsets(g, p);
            for (int i = 0; i < g.n; i++) {
                long image = (long) i * g.in * g.height * g.width;
                long row = ((long) p * g.n + i) * g.features;
                for (int f = 0; f < offsets.length; f++) {
                    to.put(row + f, offsets[f] < 0 ? 0 : from.get(image + offsets[f]));
                }
            }
        });
    }

    /** Windows overlap: an example is one thread's, so that the sums are made in one order. */
    private static void scatter(Geometry g, FloatPointer rows, Pointer dx) {
        long image = (long) g.in * g.height * g.width;
        FloatRawIndexer from = indexer(rows, g.rowElements());
        FloatRawIndexer to = indexer(dx, g.n * image);
        int[][] offsets = new int[g.positions][];
        for (int p = 0; p < g.positions; p++) {
            offsets[p] = offsets(g, p);
        }
        IntStream.range(0, g.n).parallel().forEach(i -> {
            for (long at = i * image; at < (i + 1) * image; at++) {
                to.put(at, 0);
            }
            for (int p = 0; p < g.positions; p++) {
                long row = ((long) p * g.n + i) * g.features;
                for (int f = 0; f < g.features; f++) {
                    if (offsets[p][f] >= 0) {
                        long at = i * image + offsets[p][f];
                        to.put(at, to.get(at) + from.get(row + f));
                    }
                }
            }
        });
    }

    private static int[] offsets(Geometry g, int position) {
        int[] offsets = new int[g.features];
        g.eachElement(position, (offset, feature) -> offsets[feature] = offset);
        return offsets;
    }

    /** From {@code [n, maps, positions]} to {@code [positions, n, maps]}, and the sum for each map. */
    private static void byPosition(Geometry g, Pointer delta, FloatPointer to, Pointer bias) {
        FloatRawIndexer from = indexer(delta, g.outputs());
        FloatRawIndexer into = indexer(to, g.outputs());
        FloatRawIndexer sums = indexer(bias, g.out);
        IntStream.range(0, g.out).parallel().forEach(o -> {
            double sum = 0;
            for (int i = 0; i < g.n; i++) {
                long at = ((long) i * g.out + o) * g.positions;
                for (int p = 0; p < g.positions; p++) {
                    float value = from.get(at + p);
                    into.put(((long) p * g.n + i) * g.out + o, value);
                    sum += value;
                }
            }
            sums.put(o, (float) sum);
        });
    }

    private static FloatRawIndexer indexer(Pointer address, long length) {
        return (FloatRawIndexer)
                FloatRawIndexer.create(new FloatPointer(address).position(0).capacity(length));
    }

    /** The three products for one shape. */
    private final class Products implements AutoCloseable {
        private final Product forward;
        private final Product weights;
        private final Product data;

        Products(Geometry g) {
            long[] rows = {g.positions, g.n, g.features};
            long[] kernels = {g.positions, g.features, g.out};
            long[] sums = {g.positions, g.n, g.out};
            forward = new Product(plain(rows), plain(kernels), plain(sums));
            weights = new Product(turned(rows), plain(sums), plain(kernels));
            data = new Product(plain(sums), turned(kernels), plain(rows));
        }

        @Override
        public void close() {
            forward.close();
            weights.close();
            data.close();
        }
    }

    private static memory.desc plain(long[] dims) {
        return Operand.plain(memory.data_type.f32, dims);
    }

    /** The transposed of a row-major matrix for each position. */
    private static memory.desc turned(long[] dims) {
        return new memory.desc(
                new long[] {dims[0], dims[2], dims[1]}, memory.data_type.f32, new long[] {dims[1] * dims[2], 1, dims[2]
                });
    }

    /** One matrix product for each position. */
    private final class Product implements AutoCloseable {
        private final Step step;
        private final memory left;
        private final memory right;
        private final memory result;

        Product(memory.desc left, memory.desc right, memory.desc result) {
            matmul.primitive_desc description =
                    new matmul.primitive_desc(OneDnn.engine(), left, right, result, Step.attributes(), false);
            this.left = Operand.unbound(left);
            this.right = Operand.unbound(right);
            this.result = Operand.unbound(result);
            this.step = new Step(description, new matmul(description))
                    .with(dnnl.DNNL_ARG_SRC, this.left)
                    .with(dnnl.DNNL_ARG_WEIGHTS, this.right)
                    .with(dnnl.DNNL_ARG_DST, this.result);
        }

        void run(Pointer a, Pointer b, Pointer product) {
            left.set_data_handle(a);
            right.set_data_handle(b);
            result.set_data_handle(product);
            step.run(scratch);
        }

        @Override
        public void close() {
            step.close();
            left.close();
            right.close();
            result.close();
        }
    }
}
