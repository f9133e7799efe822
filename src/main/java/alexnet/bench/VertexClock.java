package alexnet.bench;

import alexnet.bench.Part.Kind;
import alexnet.model.layer.CrossMapNormalization;
import alexnet.model.layer.WithinMapNormalization;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/**
 * Times the passes of every vertex of a graph, and what lies between them. The parts of an iteration, of which it loses
 * none, add up to the whole. A graph keeps its clock.
 */
final class VertexClock {
    private final LongSupplier nanos;
    private final Map<String, Times> vertices = new LinkedHashMap<>();
    private long dataWait;
    private long loss;
    private long update;
    private long between;
    private long total;
    private int iterations;
    private long mark; // until when the time is given to a part
    private boolean backward;

    private static final class Times {
        private final Kind kind;
        private long forward;
        private long backward;

        private Times(Kind kind) {
            this.kind = kind;
        }
    }

    /**
     * @param graph an initialised graph with its kernels in place
     * @param nanos a clock
     */
    VertexClock(ComputationGraph graph, LongSupplier nanos) {
        this.nanos = nanos;
        GraphVertex[] timed = graph.getVertices();
        for (int i = 0; i < timed.length; i++) {
            if (!timed[i].isInputVertex()) {
                timed[i] = timed(timed[i], kind(graph, timed[i].getVertexName()));
            }
        }
        graph.addListeners(new BaseTrainingListener() {
            @Override
            public void onBackwardPass(Model model) { // by then the library has computed the score
                loss += lap();
            }
        });
    }

    private GraphVertex timed(GraphVertex vertex, Kind kind) {
        Times times = new Times(kind);
        vertices.put(vertex.getVertexName(), times);
        return (GraphVertex) Proxy.newProxyInstance(
                GraphVertex.class.getClassLoader(),
                new Class<?>[] {GraphVertex.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "doForward", "setInput" -> passed(vertex, method, args, times, true);
                    case "doBackward" -> passed(vertex, method, args, times, false);
                    default -> call(vertex, method, args);
                });
    }

    private Object passed(GraphVertex vertex, Method method, Object[] args, Times times, boolean up) throws Throwable {
        between += lap();
        backward |= !up;
        try {
            return call(vertex, method, args);
        } finally {
            if (up) {
                times.forward += lap();
            } else {
                times.backward += lap();
            }
        }
    }

    private static Object call(GraphVertex vertex, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(vertex, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Forgets what was measured so far. */
    void reset() {
        vertices.values().forEach(times -> times.forward = times.backward = 0);
        dataWait = loss = update = between = total = 0;
        iterations = 0;
    }

    /**
     * @param data waits for the batch
     * @param compute runs the graph on it
     */
    void iteration(Runnable data, Runnable compute) {
        long start = mark = nanos.getAsLong();
        data.run();
        dataWait += lap();
        backward = false;
        compute.run();
        if (backward) {
            update += lap();
        } else {
            between += lap();
        }
        total += mark - start;
        iterations++;
    }

    private long lap() {
        long now = nanos.getAsLong();
        long passed = now - mark;
        mark = now;
        return passed;
    }

    /** @return the whole time of an iteration, on average over those since the last reset, in seconds */
    double totalSeconds() {
        return total / 1e9 / iterations;
    }

    /** @return the parts of an iteration, on average */
    List<Part> parts() {
        double unit = 1e9 * iterations;
        List<Part> parts = new ArrayList<>();
        vertices.forEach(
                (name, times) -> parts.add(new Part(name, times.kind, times.forward / unit, times.backward / unit)));
        parts.add(new Part(Kind.LOSS.toString(), Kind.LOSS, loss / unit, 0));
        parts.add(new Part(Kind.UPDATE.toString(), Kind.UPDATE, 0, update / unit));
        parts.add(new Part(Kind.DATA_WAIT.toString(), Kind.DATA_WAIT, dataWait / unit, 0));
        parts.add(new Part(Kind.BETWEEN.toString(), Kind.BETWEEN, between / unit, 0));
        return parts;
    }

    private static Kind kind(ComputationGraph graph, String name) {
        if (!(graph.getConfiguration().getVertices().get(name) instanceof LayerVertex vertex)) {
            return Kind.OTHER;
        }
        Layer layer = vertex.getLayerConf().getLayer();
        if (layer instanceof ConvolutionLayer) {
            return Kind.CONVOLUTION;
        }
        if (layer instanceof DenseLayer || layer instanceof BaseOutputLayer) {
            return Kind.DENSE;
        }
        if (layer instanceof CrossMapNormalization
                || layer instanceof WithinMapNormalization
                || layer instanceof LocalResponseNormalization) {
            return Kind.LRN;
        }
        return layer instanceof SubsamplingLayer ? Kind.POOL : Kind.OTHER;
    }
}
