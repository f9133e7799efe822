package alexnet.model.layer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Fifty steps of softmax regression with two rate drops, against the update rule of §5 in plain loops. */
class UpdateRuleTest {
    private static final int INPUTS = 6;
    private static final int CLASSES = 4;
    private static final int IMAGES = 8;
    private static final double MOMENTUM = 0.9;
    private static final double DECAY = 5e-2;
    private static final int STEPS = 50;
    private static final IntToDoubleFunction RATE = step -> step < 20 ? 0.1 : step < 35 ? 0.01 : 0.001;

    @Test
    void weightsAndBiasesFollowThePaper() {
        double largest = distance(new ClassicalMomentum("W", 0, MOMENTUM), new L2Regularization(DECAY));
        assertTrue(largest < 1e-14, "largest difference is " + largest);
    }

    @Test
    void nesterovsMomentumFailsTheSameCheck() {
        MapSchedule schedule = new MapSchedule.Builder(ScheduleType.ITERATION)
                .add(0, 0.1)
                .add(20, 0.01)
                .add(35, 0.001)
                .build();
        assertTrue(distance(new Nesterovs(schedule, MOMENTUM), new L2Regularization(DECAY)) > 1e-4);
    }

    @Test
    void decayOutsideTheVelocityFailsTheSameCheck() {
        assertTrue(distance(new ClassicalMomentum("W", 0, MOMENTUM), new WeightDecay(DECAY, true)) > 1e-4);
    }

    @Test
    void aRateOfZeroFreezesWeightsAndVelocity() {
        ComputationGraph graph = graph(new ClassicalMomentum("W", 0, MOMENTUM), new L2Regularization(DECAY));
        setRate(graph, 0.1);
        graph.fit(data());
        INDArray weights = graph.params().dup();
        INDArray velocity = graph.getUpdater(true).getStateViewArray().dup();
        setRate(graph, 0);
        graph.fit(data());
        assertTrue(graph.params().equalsWithEps(weights, 0));
        assertTrue(graph.getUpdater(true).getStateViewArray().equalsWithEps(velocity, 0));
    }

    private static double distance(IUpdater updater, Regularization decay) {
        ComputationGraph graph = graph(updater, decay);
        double[][] w = graph.getParam("out_W").toDoubleMatrix();
        double[] b = graph.getParam("out_b").toDoubleVector();
        Reference reference = new Reference(w, b);
        for (int step = 0; step < STEPS; step++) {
            setRate(graph, RATE.applyAsDouble(step));
            graph.fit(data());
            reference.step(RATE.applyAsDouble(step));
        }
        double largest = 0;
        for (int i = 0; i < INPUTS; i++) {
            for (int c = 0; c < CLASSES; c++) {
                largest = Math.max(largest, Math.abs(graph.getParam("out_W").getDouble(i, c) - w[i][c]));
                largest = Math.max(largest, Math.abs(graph.getParam("out_b").getDouble(c) - b[c]));
            }
        }
        return largest;
    }

    /** v ← μ·v − decay·ε·w − ε·⟨∂L/∂w⟩; w ← w + v; biases without decay. */
    private static final class Reference {
        private final double[][] w;
        private final double[] b;
        private final double[][] v = new double[INPUTS][CLASSES];
        private final double[] vb = new double[CLASSES];

        Reference(double[][] w, double[] b) {
            this.w = w;
            this.b = b;
        }

        void step(double rate) {
            double[][] x = data().getFeatures().toDoubleMatrix();
            double[][] y = data().getLabels().toDoubleMatrix();
            double[][] gradient = new double[INPUTS][CLASSES];
            double[] biasGradient = new double[CLASSES];
            for (int n = 0; n < IMAGES; n++) {
                double[] p = softmax(x[n]);
                for (int c = 0; c < CLASSES; c++) {
                    biasGradient[c] += (p[c] - y[n][c]) / IMAGES;
                    for (int i = 0; i < INPUTS; i++) {
                        gradient[i][c] += x[n][i] * (p[c] - y[n][c]) / IMAGES;
                    }
                }
            }
            for (int c = 0; c < CLASSES; c++) {
                vb[c] = MOMENTUM * vb[c] - rate * biasGradient[c];
                b[c] += vb[c];
                for (int i = 0; i < INPUTS; i++) {
                    v[i][c] = MOMENTUM * v[i][c] - DECAY * rate * w[i][c] - rate * gradient[i][c];
                    w[i][c] += v[i][c];
                }
            }
        }

        private double[] softmax(double[] x) {
            double[] p = new double[CLASSES];
            double sum = 0;
            for (int c = 0; c < CLASSES; c++) {
                double z = b[c];
                for (int i = 0; i < INPUTS; i++) {
                    z += x[i] * w[i][c];
                }
                p[c] = Math.exp(z);
                sum += p[c];
            }
            for (int c = 0; c < CLASSES; c++) {
                p[c] /= sum;
            }
            return p;
        }
    }

    private static ComputationGraph graph(IUpdater updater, Regularization decay) {
        OutputLayer output = new OutputLayer.Builder(new ObservedCrossEntropy())
                .nIn(INPUTS)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
        output.setIUpdater(updater);
        output.setBiasUpdater(
                updater instanceof ClassicalMomentum ? new ClassicalMomentum("b", 0, MOMENTUM) : updater.clone());
        output.setRegularization(new ArrayList<>(List.of(decay)));
        output.setRegularizationBias(new ArrayList<>());
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("in")
                .addLayer("out", output, "in")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    private static void setRate(ComputationGraph graph, double rate) {
        for (UpdaterBlock block : graph.getUpdater(true).getUpdaterBlocks()) {
            if (block.getGradientUpdater().getConfig() instanceof ClassicalMomentum momentum) {
                momentum.setRate(rate);
            }
        }
    }

    private static DataSet data() {
        double[][] x = new double[IMAGES][INPUTS];
        double[][] y = new double[IMAGES][CLASSES];
        for (int n = 0; n < IMAGES; n++) {
            y[n][n % CLASSES] = 1;
            for (int i = 0; i < INPUTS; i++) {
                x[n][i] = Math.sin(1 + n * 3.7 + i * 1.3);
            }
        }
        return new DataSet(Nd4j.createFromArray(x), Nd4j.createFromArray(y));
    }
}
