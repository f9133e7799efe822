package alexnet.bench;

import alexnet.bench.Request.Program;
import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** One turn of a contender that runs on the array library, in the process that calls it. */
public final class Measurement {
    private final Request request;
    private final Recipe recipe;

    private Measurement(Request request) {
        this.request = request;
        this.recipe = Recipes.load(request.recipe(), Map.of());
    }

    /**
     * @param request what to do
     * @return what was measured
     * @throws IOException if a file of the request cannot be read
     */
    public static Turn take(Request request) throws IOException {
        Measurement measurement = new Measurement(request);
        return switch (request.work()) {
            case STEP -> request.split() ? measurement.stepSplit() : measurement.steps();
            case INFERENCE -> measurement.inference();
            case PIPELINE, PACKING, STATISTICS -> new DataPath(request, measurement.recipe).measure();
        };
    }

    private Turn steps() throws IOException {
        Steps steps = training();
        DataSet batch = noise();
        Repetition timed = Repetition.run(request.seconds(), System::nanoTime, () -> {
            steps.step().accept(batch);
            return request.batch();
        });
        return turn(steps.graph(), timed, finite(steps.graph().score()), List.of());
    }

    /** With batches as in a real training, so that waiting for them shows. */
    private Turn stepSplit() {
        Steps steps = training();
        VertexClock clock = new VertexClock(steps.graph(), System::nanoTime);
        DataSet[] batch = new DataSet[1];
        try (DataPath.Batches batches = new DataPath(request, recipe).batches(request.classes())) {
            Runnable step = () -> clock.iteration(
                    () -> batch[0] = batches.next(), () -> steps.step().accept(batch[0]));
            return split(steps.graph(), clock, step);
        }
    }

    private Turn inference() throws IOException {
        ComputationGraph graph = request.program() == Program.OURS
                ? OurGraph.inference(recipe, request.classes(), request.setting())
                : StockGraph.inference(recipe, request.classes());
        INDArray images = noise().getFeatures();
        if (request.split()) {
            VertexClock clock = new VertexClock(graph, System::nanoTime);
            return split(graph, clock, () -> clock.iteration(() -> {}, () -> graph.outputSingle(false, images)));
        }
        double[] sum = new double[1];
        Repetition timed = Repetition.run(request.seconds(), System::nanoTime, () -> {
            INDArray output = graph.outputSingle(false, images);
            sum[0] = output.getDouble(0, 0); // to the end, on whatever device
            return request.batch();
        });
        finite(sum[0]);
        return turn(graph, timed, null, List.of());
    }

    private Turn split(ComputationGraph graph, VertexClock clock, Runnable iteration) {
        Repetition timed = Repetition.run(request.seconds(), System::nanoTime, clock::reset, () -> {
            iteration.run();
            return request.batch();
        });
        return turn(graph, timed, null, clock.parts());
    }

    private Steps training() {
        return request.program() == Program.OURS
                ? OurGraph.training(recipe, request.classes(), request.setting())
                : StockGraph.training(recipe, request.classes());
    }

    private DataSet noise() throws IOException {
        return RandomBatch.read(
                Path.of(request.noise()), request.batch(), recipe.augmentation().crop(), request.classes());
    }

    private Turn turn(ComputationGraph graph, Repetition timed, Double loss, List<Part> split) {
        return new Turn(
                Nd4j.getBackend().getClass().getSimpleName() + ", " + request.setting(),
                graph.numParams(),
                request.threads(),
                timed.images(),
                timed.seconds(),
                timed.warmUpSeconds(),
                loss,
                PeakMemory.bytes(),
                split);
    }

    private static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new RunException("The network computed " + value + " on pictures of noise, expected a finite number."
                    + " Its speed would mean nothing; look for the fault with mvn verify.");
        }
        return value;
    }
}
