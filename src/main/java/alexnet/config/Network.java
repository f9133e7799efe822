package alexnet.config;

import java.util.List;

/**
 * The architecture, {@code §3}: what may not change when a run is resumed.
 *
 * @param towers 2 as in the paper (vertices {@code conv1a}, {@code conv1b}, …) or 1 (vertices {@code conv1}, …)
 * @param width factor on every number of maps and units; 1 is the paper's
 * @param lrn the normalisation across maps that {@link Step#LRN} stands for
 * @param within the normalisation within each map that {@link Step#WITHIN_MAP} stands for; absent where none is used
 * @param pool the pooling that {@link Step#MAX_POOL} and {@link Step#AVERAGE_POOL} stand for
 * @param conv the convolutional layers, bottom to top
 * @param dense the fully connected layers below the last
 * @param output the last layer, one softmax unit for each class
 */
public record Network(
        int towers,
        double width,
        Lrn lrn,
        WithinMap within,
        Pool pool,
        List<Conv> conv,
        List<Dense> dense,
        Output output) {

    /** What follows a layer's linear part, in the order written. */
    public enum Step {
        /** {@code max(0, x)}, {@code §3.1}. */
        RELU,
        /** The saturating alternative of Fig. 1. */
        TANH,
        /** Local response normalisation across adjacent maps of the same tower, {@code §3.3}. */
        LRN,
        /** Normalisation within each map over a square neighbourhood (as run in 2012). */
        WITHIN_MAP,
        /** Max-pooling, {@code §3.4}. */
        MAX_POOL,
        /** Average-pooling (the CIFAR-10 nets of the same program). */
        AVERAGE_POOL
    }

    /** What a convolutional layer of a tower is connected to, {@code §3.2}. */
    public enum Sees {
        /** The layer below in its own tower (for the lowest layer: the image). */
        OWN,
        /** The layer below in both towers. */
        BOTH
    }

    /**
     * {@code b = a / (k + α Σ a²)^β} over n adjacent maps, {@code §3.3}.
     *
     * @param k the constant, the paper's 2
     * @param n maps in the window, the paper's 5
     * @param alpha factor of each term of the sum, the paper's 1e-4 (as run: 1e-4 divided by n)
     * @param beta the exponent, the paper's 0.75
     */
    public record Lrn(double k, int n, double alpha, double beta) {
        /** Checks the ranges. */
        public Lrn {
            require(k > 0 && n >= 1 && n % 2 == 1, "network.lrn", "k above 0 and n odd", "k " + k + ", n " + n);
        }
    }

    /**
     * {@code b = a / (k + α Σ a²)^β} over a size × size neighbourhood in the same map.
     *
     * @param size side of the neighbourhood in positions, odd
     * @param k the constant
     * @param alpha factor of each term of the sum
     * @param beta the exponent
     */
    public record WithinMap(int size, double k, double alpha, double beta) {
        /** Checks the ranges. */
        public WithinMap {
            require(k > 0 && size % 2 == 1, "network.within", "k above 0 and size odd", "k " + k + ", size " + size);
        }
    }

    /**
     * @param size side of the pooled square, the paper's z = 3
     * @param stride positions between squares, the paper's s = 2
     * @param overhang whether a last square that hangs over the edge counts what lies inside, as in 2012; else what no
     *     whole square covers is left out. Absent: it counts
     */
    public record Pool(int size, int stride, Boolean overhang) {
        /** Checks the ranges. */
        public Pool {
            require(
                    size >= 1 && stride >= 1,
                    "network.pool",
                    "size and stride of 1 or more",
                    "size " + size + ", stride " + stride);
        }
    }

    /**
     * @param name the layer's name without the tower, such as {@code conv1}
     * @param maps kernels in both towers together, before {@link Network#width}
     * @param kernel side of a kernel
     * @param stride positions between applications
     * @param pad zeros on each side; further zeros are added right and bottom where the last window hangs over
     * @param sees what the kernels are connected to
     * @param sigma standard deviation of the initial weights, {@code §5}
     * @param bias initial bias, {@code §5}
     * @param decay weight decay of this layer; absent: the training's
     * @param local whether each position has kernels of its own (locally connected, as in the CIFAR-10 nets of the same
     *     program) instead of sharing them
     * @param then what follows, in order
     */
    public record Conv(
            String name,
            int maps,
            int kernel,
            int stride,
            int pad,
            Sees sees,
            double sigma,
            double bias,
            Double decay,
            Boolean local,
            List<Step> then) {
        /** Checks the ranges; kernels see their own tower, and positions share them, unless told otherwise. */
        public Conv {
            sees = sees == null ? Sees.OWN : sees;
            local = local != null && local;
            then = then == null ? List.of() : List.copyOf(then);
            require(
                    name != null && maps > 0 && kernel > 0 && stride > 0 && pad >= 0 && sigma >= 0,
                    "network.conv " + name,
                    "a name, maps, kernel and stride of 1 or more, sigma and pad of 0 or more",
                    "maps " + maps + ", kernel " + kernel + ", stride " + stride + ", pad " + pad + ", sigma " + sigma);
        }
    }

    /**
     * @param name the layer's name without the tower, such as {@code fc6}
     * @param units neurons in both towers together, before {@link Network#width}
     * @param sigma standard deviation of the initial weights, {@code §5}
     * @param bias initial bias, {@code §5}
     * @param keep probability that dropout keeps an output of this layer, {@code §4.2}; 1: no dropout
     * @param decay weight decay of this layer; absent: the training's
     * @param activation {@link Step#RELU} or {@link Step#TANH}
     */
    public record Dense(String name, int units, double sigma, double bias, double keep, Double decay, Step activation) {
        /** Checks the ranges. */
        public Dense {
            require(
                    name != null && units > 0 && keep > 0 && keep <= 1,
                    "network.dense " + name,
                    "a name, units of 1 or more, keep above 0 and at most 1",
                    "units " + units + ", keep " + keep);
            require(
                    activation == Step.RELU || activation == Step.TANH,
                    "network.dense " + name + " activation",
                    "relu or tanh",
                    String.valueOf(activation));
        }
    }

    /**
     * @param name the last layer's name, such as {@code fc8}
     * @param sigma standard deviation of the initial weights, {@code §5}
     * @param bias initial bias, {@code §5}
     * @param decay weight decay of this layer; absent: the training's
     */
    public record Output(String name, double sigma, double bias, Double decay) {}

    /** Checks what spans several layers. */
    public Network {
        conv = conv == null ? List.of() : List.copyOf(conv);
        dense = dense == null ? List.of() : List.copyOf(dense);
        require(towers == 1 || towers == 2, "network.towers", "1 or 2", String.valueOf(towers));
        require(width > 0, "network.width", "above 0", String.valueOf(width));
        require(output != null, "network.output", "a last layer", "none");
        for (Conv layer : conv) {
            require(
                    within != null || !layer.then().contains(Step.WITHIN_MAP),
                    "network.within",
                    "its constants, since " + layer.name() + " uses within_map",
                    "none");
        }
    }

    /**
     * @param number maps or units as the recipe gives them, both towers together
     * @return maps or units of one tower after {@link #width}, at least 1
     */
    public int perTower(int number) {
        return (int) Math.max(1, Math.round(number * width / towers));
    }

    private static void require(boolean ok, String key, String expected, String found) {
        if (!ok) {
            throw new UsageException(
                    "Recipe key " + key + " is " + found + ", expected " + expected + ". Correct the recipe.");
        }
    }
}
