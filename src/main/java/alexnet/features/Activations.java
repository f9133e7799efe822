package alexnet.features;

import alexnet.config.UsageException;
import alexnet.inference.Classifier;
import alexnet.run.RunException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;

/** The outputs of one layer, both towers joined as in the merge above them. Not for several threads at once. */
public final class Activations {
    private final Classifier classifier;
    private final String layer;
    private final List<String> vertices;

    /**
     * @param classifier a model
     * @param layer such as {@code fc7}: a vertex of its graph, or two, with the towers' letters
     * @throws UsageException if it has no such layer
     */
    public Activations(Classifier classifier, String layer) {
        this.classifier = classifier;
        this.layer = layer;
        Map<String, ?> known = classifier.model().graph().getConfiguration().getVertices();
        List<String> towers = List.of(layer + "a", layer + "b");
        if (known.containsKey(layer)) {
            vertices = List.of(layer);
        } else if (known.keySet().containsAll(towers)) {
            vertices = towers;
        } else {
            throw new UsageException("The model has no layer " + layer + ", expected one of "
                    + String.join(", ", names(classifier)) + ". Name one with --layer.");
        }
    }

    private static TreeSet<String> names(Classifier classifier) {
        TreeSet<String> names = new TreeSet<>();
        for (GraphVertex vertex : classifier.model().graph().getVertices()) {
            if (vertex.numParams() > 0) {
                names.add(vertex.getVertexName().replaceFirst("(?<=\\d)[ab]$", ""));
            }
        }
        return names;
    }

    /** @return the model */
    public Classifier classifier() {
        return classifier;
    }

    /** @return the layer's name */
    public String layer() {
        return layer;
    }

    /**
     * @param squares {@code [size, size, 3]} each, at least one
     * @return {@code [n, units]}
     * @throws RunException if one is not a number
     */
    public float[][] of(List<byte[]> squares) {
        float[][] rows = classifier.activations(squares, vertices);
        for (float[] row : rows) {
            for (float value : row) {
                if (!Float.isFinite(value)) {
                    throw new RunException("Layer " + layer + " of the model gives " + value
                            + ", expected numbers. Its training diverged: use an earlier checkpoint.");
                }
            }
        }
        return rows;
    }
}
