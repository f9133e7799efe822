package alexnet.model;

import alexnet.config.Network;
import alexnet.config.Network.Conv;
import alexnet.config.Network.Dense;
import alexnet.config.Network.Step;
import alexnet.config.Training;
import alexnet.model.layer.ClassicalMomentum;
import alexnet.model.layer.CrossMapNormalization;
import alexnet.model.layer.ObservedCrossEntropy;
import alexnet.model.layer.PaperDropout;
import alexnet.model.layer.WithinMapNormalization;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Makes single layers: the training's own, or for inference the library's, which need no state and no class of ours. */
final class LayerFactory {
    private final Network network;
    private final Training training; // null: stock layers

    LayerFactory(Network network, Training training) {
        this.network = network;
        this.training = training;
    }

    ConvolutionLayer convolution(Conv layer, String name, int pad, Step activation) {
        ConvolutionLayer conv = new ConvolutionLayer.Builder(layer.kernel(), layer.kernel())
                .stride(layer.stride(), layer.stride())
                .padding(pad, pad)
                .convolutionMode(ConvolutionMode.Strict)
                .nOut(network.perTower(layer.maps()))
                .activation(activation(activation))
                .build();
        learned(conv, name, layer.sigma(), layer.bias(), layer.decay());
        return conv;
    }

    /** @param side of the maps below, in positions */
    LocallyConnected2D local(Conv layer, String name, int pad, Step activation, int side) {
        LocallyConnected2D local = new LocallyConnected2D.Builder()
                .kernelSize(layer.kernel(), layer.kernel())
                .stride(layer.stride(), layer.stride())
                .padding(pad, pad)
                .convolutionMode(ConvolutionMode.Strict)
                .setInputSize(side, side)
                .nOut(network.perTower(layer.maps()))
                .activation(activation(activation))
                .build();
        if (training == null) {
            local.setUpdater(new NoOp());
            return local;
        }
        local.setUpdater(new ClassicalMomentum(name + "_W", 0, training.momentum()));
        local.setBiasUpdater(new ClassicalMomentum(name + "_b", 0, training.momentum()));
        local.setRegularization(decays(layer.decay()));
        local.setRegularizationBias(new ArrayList<>());
        return local;
    }

    /** Where the last square hangs over, mode SAME counts only what lies inside, and TRUNCATE leaves it out. */
    SubsamplingLayer pool(Step step, boolean hangsOver) {
        Network.Pool pool = network.pool();
        return new SubsamplingLayer.Builder(
                        step == Step.MAX_POOL ? SubsamplingLayer.PoolingType.MAX : SubsamplingLayer.PoolingType.AVG)
                .kernelSize(pool.size(), pool.size())
                .stride(pool.stride(), pool.stride())
                .convolutionMode(
                        hangsOver
                                ? ConvolutionMode.Same
                                : Boolean.FALSE.equals(pool.overhang())
                                        ? ConvolutionMode.Truncate
                                        : ConvolutionMode.Strict)
                .build();
    }

    Layer crossMap() {
        Network.Lrn c = network.lrn();
        if (training == null) {
            return new LocalResponseNormalization.Builder()
                    .k(c.k())
                    .n(c.n())
                    .alpha(c.alpha())
                    .beta(c.beta())
                    .build();
        }
        return new CrossMapNormalization(c.k(), c.n(), c.alpha(), c.beta());
    }

    WithinMapNormalization withinMap() {
        Network.WithinMap c = network.within();
        return new WithinMapNormalization(c.size(), c.k(), c.alpha(), c.beta());
    }

    DenseLayer dense(Dense layer, String name) {
        DenseLayer dense = new DenseLayer.Builder()
                .nOut(network.perTower(layer.units()))
                .activation(activation(layer.activation()))
                .build();
        learned(dense, name, layer.sigma(), layer.bias(), layer.decay());
        return dense;
    }

    PaperDropout dropout(double keep, String name) {
        return new PaperDropout(keep, training.seed() * 31 + name.hashCode());
    }

    OutputLayer output(int classes) {
        Network.Output layer = network.output();
        OutputLayer output = new OutputLayer.Builder(training == null ? new LossMCXENT() : new ObservedCrossEntropy())
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build();
        learned(output, layer.name(), layer.sigma(), layer.bias(), layer.decay());
        return output;
    }

    /** Initial values and update rule of a layer with weights, {@code §5}. */
    private void learned(BaseLayer layer, String name, double sigma, double bias, Double decay) {
        layer.setWeightInitFn(new WeightInitDistribution(new NormalDistribution(0, sigma)));
        layer.setBiasInit(bias);
        if (training == null) {
            layer.setIUpdater(new NoOp());
            return;
        }
        layer.setIUpdater(new ClassicalMomentum(name + "_W", 0, training.momentum()));
        layer.setBiasUpdater(new ClassicalMomentum(name + "_b", 0, training.momentum()));
        layer.setRegularization(decays(decay));
        layer.setRegularizationBias(new ArrayList<>());
    }

    /** @param own the layer's; null: the training's */
    private List<Regularization> decays(Double own) {
        double l2 = own == null ? training.decay() : own;
        return l2 == 0 ? new ArrayList<>() : new ArrayList<>(List.of(new L2Regularization(l2)));
    }

    static boolean isActivation(Step step) {
        return step == Step.RELU || step == Step.TANH;
    }

    static Activation activation(Step step) {
        return step == null ? Activation.IDENTITY : step == Step.RELU ? Activation.RELU : Activation.TANH;
    }
}
