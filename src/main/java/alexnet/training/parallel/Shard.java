package alexnet.training.parallel;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The rows of a batch that one replica computes; possibly none, if the batch has fewer rows than there are replicas. */
final class Shard extends DataSet {
    private static final long serialVersionUID = 1L;

    private final int firstRow;
    private final int rows;

    private Shard(int firstRow, int rows) {
        this.firstRow = firstRow;
        this.rows = rows;
    }

    /**
     * @param batch of one row at least
     * @param replicas how many share it
     * @return for each replica its rows, in order, as views; the numbers differ by one at most, and the first has some
     */
    static List<Shard> of(DataSet batch, int replicas) {
        int all = batch.numExamples();
        if (all == 0) {
            throw new IllegalArgumentException("A batch has no rows, expected one at least.");
        }
        List<Shard> shards = new ArrayList<>();
        for (int i = 0; i < replicas; i++) {
            int from = start(all, i, replicas);
            int to = start(all, i + 1, replicas);
            Shard shard = new Shard(from, to - from);
            if (to > from) {
                shard.setFeatures(batch.getFeatures().get(NDArrayIndex.interval(from, to)));
                shard.setLabels(batch.getLabels().get(NDArrayIndex.interval(from, to)));
            }
            shards.add(shard);
        }
        return shards;
    }

    private static int start(int all, int replica, int replicas) {
        return Math.toIntExact(((long) all * replica + replicas - 1) / replicas);
    }

    /** Which row of the batch is the first of these. */
    int firstRow() {
        return firstRow;
    }

    int rows() {
        return rows;
    }

    /** The same rows in arrays of their own, made by the thread that will use them, hence on its device. */
    DataSet owned() {
        return new DataSet(getFeatures().dup('c'), getLabels().dup('c'));
    }
}
