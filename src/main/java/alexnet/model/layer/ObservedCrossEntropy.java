package alexnet.model.layer;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.shade.jackson.annotation.JsonIgnore;

/**
 * Multinomial cross-entropy of a softmax ({@code §3.5}, the paper's objective), which also shows each training batch's
 * logits to an observer, so that errors are counted without a second forward pass. The gradient is the library's.
 */
public final class ObservedCrossEntropy extends LossMCXENT {
    private static final long serialVersionUID = 1L;

    /** Sees what the last layer computed for a batch. */
    @FunctionalInterface
    public interface Observer {
        /**
         * @param logits inputs of the softmax, {@code [n, classes]}
         * @param labels one-hot labels, {@code [n, classes]}
         */
        void batch(double[][] logits, double[][] labels);
    }

    @JsonIgnore
    private transient Observer observer;

    /** @param observer told of each batch from now on; null for none */
    public void observe(Observer observer) {
        this.observer = observer;
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
        double[][] logits = preOutput.toDoubleMatrix();
        double[][] truth = labels.toDoubleMatrix();
        if (observer != null) {
            observer.batch(logits, truth);
        }
        double loss = 0;
        for (int row = 0; row < logits.length; row++) {
            loss += crossEntropy(logits[row], truth[row]);
        }
        return average ? loss / logits.length : loss;
    }

    /**
     * @param logits inputs of the softmax of one example
     * @param truth its one-hot label
     * @return {@code −Σ truth·log softmax(logits)}, in nats; NaN if a logit is
     */
    public static double crossEntropy(double[] logits, double[] truth) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        double chosen = 0;
        for (int i = 0; i < logits.length; i++) {
            sum += Math.exp(logits[i] - largest);
            chosen += truth[i] == 0 ? 0 : truth[i] * (logits[i] - largest);
        }
        return Math.log(sum) - chosen;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObservedCrossEntropy;
    }

    @Override
    public int hashCode() {
        return ObservedCrossEntropy.class.hashCode();
    }
}
