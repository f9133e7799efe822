package alexnet.features;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Features to short binary codes: 1 where an output is above 0. */
interface BinaryCode {
    /** Rows turned into codes at once. */
    int BATCH = 1024;

    /** @return how many bits, a multiple of 64 */
    int bits();

    /**
     * @param rows {@code [n, dim]}
     * @return {@code [n, bits]}
     */
    INDArray outputs(INDArray rows);

    /**
     * @param rows features, {@code [n, dim]}
     * @return codes, {@code [n · bits / 64]}: bit b of a code is bit b mod 64 of its word b / 64
     */
    default long[] encode(float[][] rows) {
        int words = bits() / Long.SIZE;
        float[] outputs = outputs(Nd4j.createFromArray(rows)).dup('c').data().asFloat();
        long[] codes = new long[rows.length * words];
        for (int i = 0; i < outputs.length; i++) {
            if (outputs[i] > 0) {
                codes[i / Long.SIZE] |= 1L << (i % Long.SIZE);
            }
        }
        return codes;
    }

    /** The codes of many vectors. */
    default long[] encode(Vectors vectors) {
        int words = bits() / Long.SIZE;
        long[] codes = new long[Math.multiplyExact(vectors.rows(), words)];
        for (int from = 0; from < vectors.rows(); from += BATCH) {
            float[][] rows = new float[Math.min(BATCH, vectors.rows() - from)][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = vectors.row(from + i);
            }
            System.arraycopy(encode(rows), 0, codes, from * words, rows.length * words);
        }
        return codes;
    }
}
