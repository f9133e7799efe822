package alexnet.kernels;

/** The layers' sums written out in double precision, row-major: slow, and obvious. */
final class PlainLoops {
    private PlainLoops() {}

    /** A convolution's extents; rows and columns alike. */
    record Shape(int n, int in, int side, int out, int kernel, int stride, int pad) {
        int outSide() {
            return (side + 2 * pad - kernel) / stride + 1;
        }

        long[] x() {
            return new long[] {n, in, side, side};
        }

        long[] w() {
            return new long[] {out, in, kernel, kernel};
        }

        long[] y() {
            return new long[] {n, out, outSide(), outSide()};
        }
    }

    /** Where an output element takes part: called with flat positions in x, w and y. */
    private interface Product {
        void at(int x, int w, int y);
    }

    private static void products(Shape s, Product product) {
        int side = s.outSide();
        for (int n = 0; n < s.n; n++) {
            for (int o = 0; o < s.out; o++) {
                for (int row = 0; row < side; row++) {
                    for (int col = 0; col < side; col++) {
                        int y = ((n * s.out + o) * side + row) * side + col;
                        window(s, n, o, row, col, y, product);
                    }
                }
            }
        }
    }

    private static void window(Shape s, int n, int o, int row, int col, int y, Product product) {
        for (int i = 0; i < s.in; i++) {
            for (int kr = 0; kr < s.kernel; kr++) {
                int r = row * s.stride + kr - s.pad;
                for (int kc = 0; kc < s.kernel; kc++) {
                    int c = col * s.stride + kc - s.pad;
                    if (r >= 0 && r < s.side && c >= 0 && c < s.side) {
                        product.at(
                                ((n * s.in + i) * s.side + r) * s.side + c,
                                ((o * s.in + i) * s.kernel + kr) * s.kernel + kc,
                                y);
                    }
                }
            }
        }
    }

    /** As {@link #products}, but the maps come out transposed, each position with weights {@code [features, out]}. */
    private static void localProducts(Shape s, Product product) {
        int area = s.outSide() * s.outSide();
        int features = s.in * s.kernel * s.kernel;
        products(s, (xi, wi, yi) -> {
            int window = yi % area;
            int position = window % s.outSide() * s.outSide() + window / s.outSide();
            int local = (position * features + wi % features) * s.out + wi / features;
            product.at(xi, local, yi - window + position);
        });
    }

    static double[] local(Shape s, float[] x, float[] w, float[] bias) {
        int area = s.outSide() * s.outSide();
        double[] y = new double[s.n * s.out * area];
        for (int i = 0; i < y.length; i++) {
            y[i] = bias[i / area % s.out];
        }
        localProducts(s, (xi, wi, yi) -> y[yi] += (double) x[xi] * w[wi]);
        return y;
    }

    static double[] localWeightGradient(Shape s, float[] x, float[] delta) {
        double[] g = new double[s.outSide() * s.outSide() * s.in * s.kernel * s.kernel * s.out];
        localProducts(s, (xi, wi, yi) -> g[wi] += (double) delta[yi] * x[xi]);
        return g;
    }

    static double[] localInputGradient(Shape s, float[] w, float[] delta) {
        double[] g = new double[s.n * s.in * s.side * s.side];
        localProducts(s, (xi, wi, yi) -> g[xi] += (double) delta[yi] * w[wi]);
        return g;
    }

    static double[] forward(Shape s, float[] x, float[] w, float[] bias, Pointwise activation) {
        int area = s.outSide() * s.outSide();
        double[] y = new double[s.n * s.out * area];
        for (int i = 0; i < y.length; i++) {
            y[i] = bias[i / area % s.out];
        }
        products(s, (xi, wi, yi) -> y[yi] += (double) x[xi] * w[wi]);
        for (int i = 0; i < y.length; i++) {
            y[i] = value(activation, y[i]);
        }
        return y;
    }

    private static double value(Pointwise activation, double z) {
        return switch (activation) {
            case IDENTITY -> z;
            case RELU -> Math.max(0, z);
            case TANH -> Math.tanh(z);
        };
    }

    /** Of an activation at its output. */
    private static double slope(Pointwise activation, double y) {
        return switch (activation) {
            case IDENTITY -> 1;
            case RELU -> y > 0 ? 1 : 0;
            case TANH -> 1 - y * y;
        };
    }

    static double[] weightGradient(Shape s, float[] x, double[] delta) {
        double[] g = new double[s.out * s.in * s.kernel * s.kernel];
        products(s, (xi, wi, yi) -> g[wi] += delta[yi] * x[xi]);
        return g;
    }

    static double[] biasGradient(Shape s, double[] delta) {
        int area = s.outSide() * s.outSide();
        double[] g = new double[s.out];
        for (int i = 0; i < delta.length; i++) {
            g[i / area % s.out] += delta[i];
        }
        return g;
    }

    static double[] inputGradient(Shape s, float[] w, double[] delta) {
        double[] g = new double[s.n * s.in * s.side * s.side];
        products(s, (xi, wi, yi) -> g[xi] += delta[yi] * w[wi]);
        return g;
    }

    /** Gradient of what an activation was given, from that of its output and the output itself. */
    static double[] delta(Pointwise activation, float[] epsilon, double[] y) {
        double[] delta = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            delta[i] = slope(activation, y[i]) * epsilon[i];
        }
        return delta;
    }

    /** One output of {@code b = a / (k + α Σ a²)^β} over the maps of one position. */
    static double[] normalised(double[] a, double k, int n, double alpha, double beta) {
        double[] b = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            double sum = 0;
            for (int j = Math.max(0, i - n / 2); j <= Math.min(a.length - 1, i + n / 2); j++) {
                sum += a[j] * a[j];
            }
            b[i] = a[i] / Math.pow(k + alpha * sum, beta);
        }
        return b;
    }
}
