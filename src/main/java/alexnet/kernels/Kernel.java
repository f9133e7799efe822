package alexnet.kernels;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Guards the kernels of one layer: counts their calls, and leaves the layer to the library once one has failed. */
final class Kernel {
    private static final Logger LOG = LoggerFactory.getLogger(Kernel.class);

    private final String layer;
    private long forward;
    private long backward;
    private RuntimeException failure;

    Kernel(String layer) {
        this.layer = layer;
    }

    String layer() {
        return layer;
    }

    /** Finished forward passes. */
    long forwardCalls() {
        return forward;
    }

    /** Finished backward passes. */
    long backwardCalls() {
        return backward;
    }

    boolean failed() {
        return failure != null;
    }

    /** @return the kernel's result, or the library's if the kernel fails now or has failed before */
    <T> T forward(Supplier<T> kernel, Supplier<T> library) {
        T result = attempt(kernel, "forward");
        if (result == null) {
            return library.get();
        }
        forward++;
        return result;
    }

    /** As {@link #forward}. */
    <T> T backward(Supplier<T> kernel, Supplier<T> library) {
        T result = attempt(kernel, "backward");
        if (result == null) {
            return library.get();
        }
        backward++;
        return result;
    }

    private <T> T attempt(Supplier<T> kernel, String pass) {
        if (failure != null) {
            return null;
        }
        try {
            return kernel.get();
        } catch (RuntimeException e) {
            failure = e;
            LOG.error(
                    "The fast kernel of layer {} failed in its {} pass: {}. The library's own, slower path is used for this"
                            + " layer from now on; results stay right. Report the processor and the recipe.",
                    layer,
                    pass,
                    e.getMessage(),
                    e);
            return null;
        }
    }
}
