package alexnet.training.parallel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Precision;
import alexnet.model.layer.ObservedCrossEntropy;
import alexnet.run.RunException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Whatever goes wrong at whatever stage of a step: it is said where, nothing waits, and no thread is left. */
@Timeout(120)
class FailureTest {
    private static final int INPUTS = 3;
    private static final int CLASSES = 2;

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        Fault.plan(null);
        for (int i = 0; i < 500 && !left().isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertEquals(List.of(), left());
    }

    private static List<String> left() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("replica-.*|parallel-wrapper|ParallelWrapper.*"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "FORWARD, replica-1, Replica 1 of 3",
        "FORWARD, replica-3, Replica 3 of 3",
        "BACKWARD, replica-1, Replica 1 of 3",
        "BACKWARD, replica-2, Replica 2 of 3",
        "UPDATE, parallel-wrapper, Averaging 3 replicas"
    })
    void whatAStageThrowsSurfacesWithItsReplica(Fault.Stage stage, String thread, String where) {
        for (Throwable thrown : List.of(
                new IllegalStateException("a bug"), new OutOfMemoryError("a limit"), new Exception("checked"))) {
            try (ParallelTrainer trainer = new ParallelTrainer(graph(), 3, Precision.FP32)) {
                trainer.step(batch(7));
                Fault.plan(new Fault(stage, thread, thrown));
                RuntimeException failure = assertThrows(RuntimeException.class, () -> trainer.step(batch(7)));
                Fault.plan(null);
                assertTrue(
                        failure.getMessage().startsWith(where + " failed in update 2: " + thrown), failure::toString);
                assertTrue(failure.getMessage().contains("the last checkpoint is whole"), failure::toString);
                if (thrown instanceof OutOfMemoryError) {
                    assertInstanceOf(RunException.class, failure, "the user's memory, not a fault of the program");
                    assertTrue(failure.getMessage().contains("--replicas"), failure::toString);
                }
                assertSame(thrown, root(failure));
                assertThrows(RuntimeException.class, () -> trainer.step(batch(7)), "it has ended for good");
            }
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void replicaThatCannotBeMadeIsReportedBeforeTheFirstStep(int replica) {
        ComputationGraph graph = graph();
        Fault.plan(new Fault(Fault.Stage.REPLICATE, "replica-" + replica, new OutOfMemoryError("a limit")));
        RuntimeException failure =
                assertThrows(RuntimeException.class, () -> new ParallelTrainer(graph, 3, Precision.FP32));
        assertTrue(
                failure.getMessage().startsWith("Replica " + replica + " of 3 failed in update 1"), failure::toString);
        assertTrue(failure.getMessage().contains("a limit"), failure::toString);
    }

    @Test
    void allReplicasFailingAtOnceSurfaceAsOne() {
        DataSet batch = batch(6);
        batch.getLabels().assign(0); // no class: the count runs out of the row
        try (ParallelTrainer trainer = new ParallelTrainer(graph(), 3, Precision.FP32)) {
            RuntimeException failure = assertThrows(RuntimeException.class, () -> trainer.step(batch));
            assertTrue(failure.getMessage().startsWith("Replica 1 of 3 failed"), failure::toString);
        }
    }

    @Test
    void listenerThatThrowsEndsTheStepOnTheCallersThread() {
        ComputationGraph graph = graph();
        graph.setListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                throw new IllegalStateException("full disk");
            }
        });
        try (ParallelTrainer trainer = new ParallelTrainer(graph, 2, Precision.FP32)) {
            assertEquals(
                    "full disk",
                    assertThrows(IllegalStateException.class, () -> trainer.step(batch(4)))
                            .getMessage());
        }
        assertEquals(1, graph.getListeners().size(), "the graph has its listener back");
    }

    @Test
    void batchThatIsNoneFailsBeforeTheReplicas() {
        try (ParallelTrainer trainer = new ParallelTrainer(graph(), 2, Precision.FP32)) {
            assertThrows(RuntimeException.class, () -> trainer.step(new DataSet()));
            assertDoesNotThrow(() -> trainer.step(batch(4)));
        }
    }

    @Test
    void interruptedWaitEndsWithASentence() {
        try (ParallelTrainer trainer = new ParallelTrainer(graph(), 2, Precision.FP32)) {
            Thread.currentThread().interrupt();
            RunException failure = assertThrows(RunException.class, () -> trainer.step(batch(4)));
            assertTrue(failure.getMessage().contains("--resume"), failure::toString);
        }
        assertTrue(Thread.interrupted(), "closing has kept the interruption");
    }

    @Test
    void closingNeedsNoStepAndCanBeRepeated() {
        ParallelTrainer trainer = new ParallelTrainer(graph(), 4, Precision.FP32);
        trainer.close();
        trainer.close();
        assertTrue(assertThrows(IllegalStateException.class, () -> trainer.step(batch(4)))
                .getMessage()
                .contains("has been closed"));
    }

    @Test
    void waitForAThreadThatDiedWithoutAWordEnds() {
        CompletableFuture<Void> never = new CompletableFuture<>();
        assertThrows(Waiting.Failed.class, () -> Waiting.on(never, () -> true));
    }

    private static ComputationGraph graph() {
        DenseLayer hidden = new DenseLayer.Builder().nIn(INPUTS).nOut(4).build();
        hidden.setActivationFn(new Fault.Activation());
        OutputLayer output = new OutputLayer.Builder(new ObservedCrossEntropy())
                .nIn(4)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.FLOAT)
                .updater(new Fault.Updater())
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", hidden, "in")
                .addLayer("out", output, "hidden")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    private static DataSet batch(int rows) {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, CLASSES);
        for (int i = 0; i < rows; i++) {
            labels.putScalar(i, i % CLASSES, 1);
        }
        return new DataSet(Nd4j.rand(DataType.FLOAT, rows, INPUTS), labels);
    }
}
