package alexnet.training;

import alexnet.pipeline.AugmentationPipeline;
import alexnet.pipeline.ImageBatches;
import org.nd4j.linalg.dataset.DataSet;

/** The training set of a {@link TrainingLoop}, from the pipeline. */
public final class PipelineBatches implements TrainingLoop.Batches {
    private final AugmentationPipeline pipeline;
    private final ImageBatches batches;

    /**
     * @param pipeline whose colour noise follows the schedule
     * @param batches that it makes
     */
    public PipelineBatches(AugmentationPipeline pipeline, ImageBatches batches) {
        this.pipeline = pipeline;
        this.batches = batches;
    }

    @Override
    public void startEpoch(int epoch, int from, double lighting) {
        pipeline.lightingStrength(lighting);
        batches.startEpoch(epoch, from);
    }

    @Override
    public DataSet next() {
        return batches.next();
    }

    @Override
    public int count() {
        return batches.batches();
    }
}
