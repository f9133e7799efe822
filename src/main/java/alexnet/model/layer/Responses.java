package alexnet.model.layer;

/**
 * What both normalisations share: {@code b = a·s^−β} with {@code s = k + α Σ a²} over a symmetric neighbourhood, and its
 * gradient {@code ∂a = e·s^−β − 2αβ·a·Σ e·a·s^(−β−1)} over the same neighbourhood ({@code §3.3}).
 */
final class Responses {
    private static final double PAPER_BETA = 0.75;

    private Responses() {}

    /** Adds up a neighbourhood: {@code sums[i] = Σ values[j]} over all j in the neighbourhood of i. */
    @FunctionalInterface
    interface Neighbourhood {
        void sum(double[] values, double[] sums);
    }

    /** Working arrays of one thread. */
    static final class Scratch {
        final double[] a;
        final double[] e;
        final double[] squares;
        final double[] scales;

        Scratch(int length) {
            a = new double[length];
            e = new double[length];
            squares = new double[length];
            scales = new double[length];
        }
    }

    /** Replaces {@code w.a} by the normalised response. */
    static void forward(Scratch w, int length, double k, double alpha, double beta, Neighbourhood hood) {
        scales(w, length, k, alpha, hood);
        for (int i = 0; i < length; i++) {
            w.a[i] *= power(w.scales[i], beta);
        }
    }

    /** Replaces {@code w.e}, the gradient of the output, by the gradient of the input {@code w.a}. */
    static void backward(Scratch w, int length, double k, double alpha, double beta, Neighbourhood hood) {
        scales(w, length, k, alpha, hood);
        for (int i = 0; i < length; i++) {
            w.e[i] *= power(w.scales[i], beta);
            w.squares[i] = w.e[i] * w.a[i] / w.scales[i];
        }
        hood.sum(w.squares, w.scales);
        double factor = 2 * alpha * beta;
        for (int i = 0; i < length; i++) {
            w.e[i] -= factor * w.a[i] * w.scales[i];
        }
    }

    private static void scales(Scratch w, int length, double k, double alpha, Neighbourhood hood) {
        for (int i = 0; i < length; i++) {
            w.squares[i] = w.a[i] * w.a[i];
        }
        hood.sum(w.squares, w.scales);
        for (int i = 0; i < length; i++) {
            w.scales[i] = k + alpha * w.scales[i];
        }
    }

    /** {@code s^−β}; square roots are many times faster than a power, and the paper's β is three quarters. */
    private static double power(double s, double beta) {
        if (beta == PAPER_BETA) {
            double root = Math.sqrt(s);
            return 1 / (root * Math.sqrt(root));
        }
        return Math.pow(s, -beta);
    }
}
