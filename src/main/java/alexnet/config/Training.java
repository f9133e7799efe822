package alexnet.config;

import java.util.List;

/**
 * How the weights are learned, {@code §5}: what may change when a run is resumed.
 *
 * @param batch images per step, the paper's 128
 * @param epochs at most so many passes over the training set, the paper's about 90
 * @param momentum the paper's 0.9
 * @param decay weight decay, the paper's 0.0005; biases have none
 * @param seed every random draw of the run follows from it
 * @param precision in which the layers multiply; absent: fp32
 * @param shuffle how far apart a batch's pictures may lie on disk; absent: anywhere
 * @param plateau the rate falls when the validation error stops improving; absent where there is a table
 * @param table the rate follows a list of entries; absent where there is a plateau rule
 * @param frozen names of layers, without the tower, that keep their weights and biases whatever the schedule says;
 *     absent: none
 * @param stopAt ends the training before the last epoch; absent: nothing does but the plateau rule
 */
public record Training(
        int batch,
        int epochs,
        double momentum,
        double decay,
        long seed,
        Precision precision,
        Shuffle shuffle,
        Plateau plateau,
        List<Entry> table,
        List<String> frozen,
        StopAt stopAt) {

    /**
     * The paper's rule: divide by ten when the validation error stops improving.
     *
     * @param rate the first learning rate of weights, the paper's 0.01
     * @param biasRate the first learning rate of biases; absent: that of the weights
     * @param factor what the rates are multiplied by at a drop, the paper's 0.1
     * @param biasesDrop whether the rate of biases is lowered too (the text: yes; as run: no)
     * @param drops so many drops, then stop, the paper's 3
     * @param patience epochs without a better validation error before a drop
     */
    public record Plateau(double rate, Double biasRate, double factor, Boolean biasesDrop, int drops, int patience) {
        /** Checks the ranges; biases follow the weights unless told otherwise. */
        public Plateau {
            biasRate = biasRate == null ? Double.valueOf(rate) : biasRate;
            biasesDrop = biasesDrop == null || biasesDrop;
            if (!(rate >= 0 && biasRate >= 0 && factor > 0) || drops < 0 || patience < 1) {
                throw new UsageException(
                        "Recipe key training.plateau has rate " + rate + ", biasRate " + biasRate + ", factor " + factor
                                + ", drops " + drops + ", patience " + patience
                                + ", expected rates of 0 or more, a factor above 0, drops of 0 or more and a patience of 1 or"
                                + " more. Correct the recipe.");
            }
        }
    }

    /**
     * One line of a schedule such as the log of 2012: from an epoch on, some layers learn at other rates. What is
     * absent stays as it was.
     *
     * @param epoch the first epoch, counted from 1, that runs with it
     * @param layers names of layers without the tower; absent or empty: all
     * @param rate learning rate of their weights; 0 freezes them
     * @param biasRate learning rate of their biases; 0 freezes them
     * @param lighting strength of the colour noise, 0 to 1
     */
    public record Entry(int epoch, List<String> layers, Double rate, Double biasRate, Double lighting) {
        /** Absent layers are all. */
        public Entry {
            layers = layers == null ? List.of() : List.copyOf(layers);
            if (epoch < 1) {
                throw new UsageException("A schedule entry has epoch " + epoch
                        + ", expected 1 or more (the first epoch is 1). Correct training.table.");
            }
            if (below(rate, 0) || below(biasRate, 0) || below(lighting, 0) || lighting != null && !(lighting <= 1)) {
                throw new UsageException("The schedule entry of epoch " + epoch + " has rate " + rate + ", biasRate "
                        + biasRate + ", lighting " + lighting
                        + ", expected rates of 0 or more and lighting from 0 to 1. Correct training.table.");
            }
        }

        private static boolean below(Double value, double least) {
            return value != null && !(value >= least);
        }
    }

    /**
     * A goal after which training further shows nothing more, such as the 25 % of Fig. 1.
     *
     * @param trainTop1 the training ends with the first epoch whose top-1 error, counted on its training batches as they
     *     were learned from, is at most this share
     */
    public record StopAt(double trainTop1) {
        /** Checks the range. */
        public StopAt {
            if (!(trainTop1 >= 0 && trainTop1 <= 1)) {
                throw new UsageException("Recipe key training.stopAt has trainTop1 " + trainTop1
                        + ", expected a share from 0 to 1, such as 0.25. Correct the recipe.");
            }
        }
    }

    /** Checks the ranges and that there is exactly one schedule. */
    public Training {
        precision = precision == null ? Precision.FP32 : precision;
        shuffle = shuffle == null ? Shuffle.EPOCH : shuffle;
        table = table == null ? List.of() : List.copyOf(table);
        frozen = frozen == null ? List.of() : List.copyOf(frozen);
        if (batch < 1 || epochs < 0 || !(momentum >= 0 && momentum < 1 && decay >= 0)) {
            throw new UsageException("Recipe key training has batch " + batch + ", epochs " + epochs + ", momentum "
                    + momentum + ", decay " + decay + ", expected batch of 1 or more, epochs of 0 or more, momentum"
                    + " from 0 to below 1, decay of 0 or more. Correct the recipe.");
        }
        if ((plateau == null) == table.isEmpty()) {
            throw new UsageException("Recipe key training has " + (plateau == null ? "no schedule" : "two schedules")
                    + ", expected either training.plateau or training.table. Set the other to null.");
        }
    }
}
