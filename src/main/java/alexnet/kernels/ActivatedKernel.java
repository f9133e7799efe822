package alexnet.kernels;

import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An {@link AffineKernel} and the activation after it: the kernel's own if it is {@link Pointwise}, else the library's. */
final class ActivatedKernel {
    private final IActivation library; // null if the kernel applies the activation
    private final AffineKernel affine;
    private INDArray output; // of the newest forward pass in training, if the kernel applies the activation

    ActivatedKernel(Setting setting, IActivation activation, BiFunction<long[], long[], Affine> operation) {
        Pointwise own = Pointwise.of(activation);
        this.library = own == null ? activation : null;
        this.affine = new AffineKernel(setting, own == null ? Pointwise.IDENTITY : own, operation);
    }

    /** The kernel alone: what goes into the library's activation, or the output if there is none. */
    void kernel(INDArray x, Weights w, INDArray y) {
        affine.forward(x, w, y);
    }

    /**
     * @param kernel makes the output's array and calls {@link #kernel}
     * @param training whether a backward pass follows
     */
    INDArray forward(boolean training, Supplier<INDArray> kernel) {
        INDArray y = kernel.get();
        if (library != null) {
            return library.getActivation(y, training);
        }
        output = training ? y : null;
        return y;
    }

    /**
     * @param epsilon gradient of the activation's output
     * @param gradients overwritten
     * @param dx overwritten; null if nobody needs it
     * @param kernel as in {@link #forward}, for what was not kept
     */
    void backward(INDArray x, Weights w, INDArray epsilon, Weights gradients, INDArray dx, Supplier<INDArray> kernel) {
        INDArray delta = Operand.rowMajor(epsilon);
        INDArray y = output == null ? kernel.get() : output;
        if (library != null) { // it wants the values before it
            delta = Operand.rowMajor(library.backprop(y, delta).getFirst());
        }
        affine.backward(x, w, y, delta, gradients, dx);
        output = null;
    }
}
