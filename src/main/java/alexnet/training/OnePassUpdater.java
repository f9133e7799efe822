package alexnet.training;

import alexnet.model.layer.ClassicalMomentum;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * The update rule of {@code §5} in one pass over the memory: mean over the batch, decay, velocity and update of an element
 * while it is in the cache, where the library goes over all of them six times. Rule and state are those of
 * {@link ClassicalMomentum}; whatever else a graph has is left to the library.
 */
public final class OnePassUpdater extends ComputationGraphUpdater {
    private static final long serialVersionUID = 1L;
    private static final int CHUNK = 1 << 13;

    private final boolean ours;

    private OnePassUpdater(ComputationGraph graph, INDArray velocity) {
        super(graph, velocity);
        ours = graph.getConfiguration().getDataType() == DataType.FLOAT
                && isMiniBatch()
                && getUpdaterBlocks().stream().allMatch(OnePassUpdater::isOurs);
    }

    /** @param graph a training graph, which keeps the velocity it has */
    public static void install(ComputationGraph graph) {
        graph.setUpdater(new OnePassUpdater(graph, graph.getUpdater(true).getStateViewArray()));
    }

    private static boolean isOurs(UpdaterBlock block) {
        return block.getGradientUpdater().getConfig() instanceof ClassicalMomentum
                && block.getLayersAndVariablesInBlock().stream().allMatch(state -> {
                    GradientNormalization normalised =
                            state.getLayer().getConfig().getGradientNormalization();
                    return (normalised == null || normalised == GradientNormalization.None)
                            && state.getLayer().updaterDivideByMinibatch(state.getParamName())
                            && regularizations(state).stream().allMatch(r -> r.getClass() == L2Regularization.class);
                });
    }

    private static List<Regularization> regularizations(ParamState state) {
        List<Regularization> found = state.getLayer().getConfig().getRegularizationByParam(state.getParamName());
        return found == null ? List.of() : found;
    }

    @Override
    public synchronized void update(
            Gradient gradient, int iteration, int epoch, int batchSize, LayerWorkspaceMgr workspaces) {
        if (!ours || gradient.gradient() != getFlattenedGradientsView()) {
            super.update(gradient, iteration, epoch, batchSize, workspaces);
            return;
        }
        for (UpdaterBlock block : getUpdaterBlocks()) {
            int velocityFrom = 0;
            for (ParamState state : block.getLayersAndVariablesInBlock()) {
                double decay = regularizations(state).stream()
                        .mapToDouble(r -> ((L2Regularization) r).getL2().valueAt(iteration, epoch))
                        .sum();
                ClassicalMomentum rule =
                        (ClassicalMomentum) block.getGradientUpdater().getConfig();
                update(state, block.getUpdaterView(), velocityFrom, new Rule(rule, batchSize, decay));
                velocityFrom += (int) state.getParamView().length();
            }
        }
    }

    private record Rule(float rate, float momentum, float batch, float decay) {
        Rule(ClassicalMomentum rule, int batch, double decay) {
            this((float) rule.getRate(), (float) rule.getMomentum(), batch, (float) decay);
        }

        /** {@code v ← μ·v + ε·(g/n + λ·w)}, {@code g ← v}. */
        void apply(float[] weights, float[] gradient, float[] velocity, int count) {
            for (int i = 0; i < count; i++) {
                velocity[i] = momentum * velocity[i] + rate * (gradient[i] / batch + decay * weights[i]);
            }
        }
    }

    private static void update(ParamState state, INDArray velocityView, int velocityFrom, Rule rule) {
        int length = Math.toIntExact(state.getParamView().length());
        FloatBuffer weights = floats(state.getParamView());
        FloatBuffer gradient = floats(state.getGradView());
        if (rule.rate == 0) {
            state.getGradView().assign(0); // frozen: velocity stays too
            return;
        }
        FloatBuffer velocity = floats(velocityView).position(velocityFrom).slice();
        IntStream.range(0, (length + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
            int from = chunk * CHUNK;
            int count = Math.min(CHUNK, length - from);
            float[] w = new float[count];
            float[] g = new float[count];
            float[] v = new float[count];
            weights.get(from, w);
            gradient.get(from, g);
            velocity.get(from, v);
            rule.apply(w, g, v, count);
            velocity.put(from, v);
            gradient.put(from, v);
        });
    }

    private static FloatBuffer floats(INDArray view) {
        return new FloatPointer(view.data().addressPointer())
                .capacity(view.length())
                .asBuffer();
    }
}
