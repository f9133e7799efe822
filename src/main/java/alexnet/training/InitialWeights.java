package alexnet.training;

import alexnet.bundle.ModelBundle;
import alexnet.config.Network;
import alexnet.config.Recipe;
import alexnet.config.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Weights to begin with, taken layer by layer from an exported model ({@code §6}: pre-trained on a larger set, then
 * fine-tuned). Layers go by name; the weights are those of the training, before export folded dropout's factors in. A
 * layer begins anew if it is asked for, if the model has none of its name, or if it is the last one and the classes
 * differ.
 */
public final class InitialWeights implements AutoCloseable {
    private final ModelBundle model;
    private final String name;
    private final List<String> asked;

    private final Set<String> taken = new TreeSet<>();
    private final Map<String, String> fresh = new LinkedHashMap<>();

    /**
     * @param model where they come from
     * @param name what to call it in messages
     * @param asked names of layers, without the tower, that shall begin anew
     */
    public InitialWeights(ModelBundle model, String name, List<String> asked) {
        this.model = model;
        this.name = name;
        this.asked = List.copyOf(asked);
    }

    /**
     * Puts the weights into a graph.
     *
     * @param graph a training graph, initialised; layers that begin anew stay as they are
     * @param recipe the graph's
     * @param classes the graph's, in the order of its outputs
     * @throws UsageException if a layer has another shape in the model, no layer can be taken, a name is no layer's, or
     *     a layer that begins anew is frozen
     */
    void give(ComputationGraph graph, Recipe recipe, List<String> classes) {
        List<String> layers = RateSchedule.layers(recipe.network());
        RateSchedule.requireLayers("Option --fresh", asked, layers);
        Map<String, Map<String, String>> here = shapes(graph, layers);
        Map<String, Map<String, String>> there = shapes(model.graph(), RateSchedule.layers(modelNetwork()));
        List<String> unlike = new ArrayList<>();
        for (String layer : layers) {
            String why = whyFresh(layer, recipe.network(), classes, there.keySet());
            if (why != null) {
                fresh.put(layer, why);
            } else if (here.get(layer).equals(there.get(layer))) {
                taken.add(layer);
            } else {
                unlike.add(layer);
            }
        }
        requireSense(unlike, here, there, recipe);
        model.restoreTraining(
                graph,
                taken.stream()
                        .flatMap(layer -> here.get(layer).keySet().stream())
                        .collect(Collectors.toSet()));
    }

    /** Frees the model's weights; what was taken can still be asked for. */
    @Override
    public void close() {
        model.graph().close();
    }

    private Network modelNetwork() {
        return model.recipe().network();
    }

    private String whyFresh(String layer, Network network, List<String> classes, Set<String> there) {
        if (asked.contains(layer)) {
            return "as asked";
        }
        if (!there.contains(layer)) {
            return "the model has none";
        }
        boolean last = layer.equals(network.output().name())
                || layer.equals(modelNetwork().output().name());
        if (!last || classes.equals(model.labels())) {
            return null;
        }
        return classes.size() == model.labels().size()
                ? "other classes"
                : classes.size() + " classes instead of " + model.labels().size();
    }

    /** For each layer, the shapes of its parameters in both towers. */
    private static Map<String, Map<String, String>> shapes(ComputationGraph graph, List<String> layers) {
        Map<String, Map<String, String>> shapes = new LinkedHashMap<>();
        graph.paramTable().forEach((parameter, values) -> {
            String vertex = parameter.substring(0, parameter.lastIndexOf('_'));
            String layer = layers.contains(vertex) ? vertex : vertex.substring(0, vertex.length() - 1);
            shapes.computeIfAbsent(layer, l -> new TreeMap<>()).put(parameter, Arrays.toString(values.shape()));
        });
        return shapes;
    }

    private void requireSense(
            List<String> unlike,
            Map<String, Map<String, String>> here,
            Map<String, Map<String, String>> there,
            Recipe recipe) {
        if (!unlike.isEmpty()) {
            String layer = unlike.get(0);
            throw new UsageException("Model " + name + " of recipe "
                    + model.recipe().name() + " does not fit recipe " + recipe.name() + ": its layer " + layer + " has "
                    + there.get(layer) + ", expected " + here.get(layer)
                    + (unlike.size() == 1 ? "" : "; " + String.join(", ", unlike) + " differ")
                    + ". Begin what differs anew with --fresh " + String.join(",", unlike)
                    + ", or name another model with --init-from.");
        }
        if (taken.isEmpty()) {
            throw new UsageException(
                    "Model " + name + " of recipe " + model.recipe().name() + " has no layer that recipe "
                            + recipe.name() + " takes (anew begin " + freshText() + "), expected one at least. Leave"
                            + " --init-from out, or name fewer with --fresh.");
        }
        for (String layer : recipe.training().frozen()) {
            if (fresh.containsKey(layer)) {
                throw new UsageException("Layer " + layer + " begins anew (" + fresh.get(layer)
                        + ") and is frozen, expected one of both: it would stay as it was drawn. Take it out of --freeze"
                        + " or of --fresh.");
            }
        }
    }

    private String freshText() {
        return fresh.isEmpty()
                ? "none"
                : fresh.entrySet().stream()
                        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                        .collect(Collectors.joining(", "));
    }

    private String leftOver() {
        List<String> left = RateSchedule.layers(modelNetwork()).stream()
                .filter(layer -> !taken.contains(layer))
                .toList();
        return left.isEmpty() ? "none" : String.join(", ", left);
    }

    /** @return which layers were taken, which began anew and why, and which of the model's were not used; for people */
    public String sentence() {
        return "Weights of " + name + ": taken " + String.join(", ", taken) + "; fresh " + freshText() + "; left over "
                + leftOver();
    }

    /**
     * @param zipDigest SHA-256 of the model's zip
     * @return the same for the run's provenance
     */
    public Map<String, String> origin(String zipDigest) {
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("sha256", zipDigest);
        origin.put("recipe", model.recipe().name());
        origin.put("taken", String.join(", ", taken));
        origin.put("fresh", freshText());
        origin.put("leftOver", leftOver());
        return origin;
    }
}
