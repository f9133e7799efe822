package alexnet.kernels;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** An activation that a primitive applies to its own output, and whose gradient follows from that output alone. */
enum Pointwise {
    IDENTITY(null, null),
    RELU(algorithm.eltwise_relu, algorithm.eltwise_relu_use_dst_for_bwd),
    TANH(algorithm.eltwise_tanh, algorithm.eltwise_tanh_use_dst_for_bwd);

    private final algorithm function;
    private final algorithm derivative;

    Pointwise(algorithm function, algorithm derivative) {
        this.function = function;
        this.derivative = derivative;
    }

    /** @return null if it is none of these: then it is the library's to compute */
    static Pointwise of(IActivation activation) {
        if (activation instanceof ActivationIdentity) {
            return IDENTITY;
        }
        if (new ActivationReLU().equals(activation)) { // neither leaky nor cut off
            return RELU;
        }
        return activation instanceof ActivationTanH ? TANH : null;
    }

    /** Of the output; not for {@link #IDENTITY}. */
    algorithm function() {
        return function;
    }

    /** Of the gradient, from the output; not for {@link #IDENTITY}. */
    algorithm derivative() {
        return derivative;
    }
}
