package alexnet.bundle;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.image.MeanImage;
import alexnet.model.TowerGraph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Narrow networks with random weights that tell inputs apart, and random inputs. */
public final class SmallModels {
    public static final int CROP = 66;
    public static final int SIZE = 72;

    private SmallModels() {}

    public static Recipe recipe(String name, String... more) {
        Map<String, String> overrides =
                new HashMap<>(Map.of("size", "" + SIZE, "augmentation.crop", "" + CROP, "network.width", "0.05"));
        for (int i = 0; i < more.length; i += 2) {
            overrides.put(more[i], more[i + 1]);
        }
        return Recipes.load(name, overrides);
    }

    public static ComputationGraph training(Recipe recipe, int classes, long seed) {
        ComputationGraph graph = TowerGraph.build(recipe.network(), recipe.training(), classes, CROP, DataType.FLOAT);
        Random random = new Random(seed);
        graph.paramTable().forEach((name, values) -> {
            boolean weights = name.endsWith("_W");
            long inputs = values.rank() == 4 ? values.length() / values.size(0) : values.size(0);
            double deviation = weights ? (name.startsWith("conv1") ? 0.02 : 1.5) / Math.sqrt(inputs) : 0.1;
            values.assign(gaussians(random, deviation, values.shape()));
        });
        return graph;
    }

    public static MeanImage mean(int size, long seed) {
        Random random = new Random(seed);
        float[] planes = new float[3 * size * size];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = 100 + 50 * random.nextFloat();
        }
        return new MeanImage(planes, size);
    }

    public static List<String> labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "class " + i + " ä").toList();
    }

    public static ModelBundle bundle(Recipe recipe, int classes, long seed) {
        return ModelBundle.of(
                training(recipe, classes, seed), recipe, labels(classes), mean(recipe.size(), seed), "{\"seed\":1}");
    }

    /** Levels from −100 to 100, {@code [count, 3, CROP, CROP]}. */
    public static INDArray inputs(int count, long seed) {
        return gaussians(new Random(seed), 50, count, 3, CROP, CROP);
    }

    private static INDArray gaussians(Random random, double deviation, long... shape) {
        int length = 1;
        for (long side : shape) {
            length *= (int) side;
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return Nd4j.createFromArray(values).reshape(shape);
    }
}
