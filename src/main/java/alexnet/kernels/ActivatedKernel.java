package alexnet.kernels;

import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An {@link AffineKernel} and the activation after it: a ReLU is the kernel's own, any other the library's. */
final class ActivatedKernel {
    private final IActivation activation;
    private final boolean relu;
    private final AffineKernel affine;
    private INDArray output; // of the newest forward pass in training, if the ReLU is the kernel's

    ActivatedKernel(Setting setting, IActivation activation, BiFunction<long[], long[], Affine> operation) {
        this.activation = activation;
        this.relu = new ActivationReLU().equals(activation);
        this.affine = new AffineKernel(setting, relu, operation);
    }

    /** The kernel alone: with its ReLU, or what goes into the library's activation. */
    void kernel(INDArray x, Weights w, INDArray y) {
        affine.forward(x, w, y);
    }

    /**
     * @param kernel makes the output's array and calls {@link #kernel}
     * @param training whether a backward pass follows
     */
    INDArray forward(boolean training, Supplier<INDArray> kernel) {
        INDArray y = kernel.get();
        if (relu) {
            output = training ? y : null;
            return y;
        }
        return activation.getActivation(y, training);
    }

    /**
     * @param epsilon gradient of the activation's output
     * @param gradients overwritten
     * @param dx overwritten; null if nobody needs it
     * @param kernel as in {@link #forward}, for what was not kept
     */
    void backward(INDArray x, Weights w, INDArray epsilon, Weights gradients, INDArray dx, Supplier<INDArray> kernel) {
        INDArray delta = Operand.rowMajor(epsilon);
        if (relu) {
            INDArray y = output == null ? kernel.get() : output;
            affine.backward(x, w, y, delta, gradients, dx);
        } else { // the library's activation wants the values before it
            delta = Operand.rowMajor(activation.backprop(kernel.get(), delta).getFirst());
            affine.backward(x, w, null, delta, gradients, dx);
        }
        output = null;
    }
}
