package alexnet.kernels;

import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.util.ConvolutionUtils;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How windows lie over maps; rows first, then columns.
 *
 * @param kernel their size
 * @param strides from one to the next
 * @param before padding above and left
 * @param after padding below and right that the last window needs
 */
record Windows(long[] kernel, long[] strides, long[] before, long[] after) {
    private static final int[] ADJACENT = {1, 1};

    /**
     * @param x {@code [n, maps, height, width]}
     * @param maps of the output
     * @return the shape of the output
     * @throws DL4JInvalidInputException if the windows do not fit the maps
     */
    static long[] outputShape(INDArray x, long maps, int[] kernel, int[] stride, int[] padding, ConvolutionMode mode) {
        int[] own = mode == ConvolutionMode.Same ? null : padding; // that mode computes its own
        int[] size = ConvolutionUtils.getOutputSize(x, kernel, stride, own, mode, ADJACENT, CNN2DFormat.NCHW);
        return new long[] {x.size(0), maps, size[0], size[1]};
    }

    /**
     * @param in {@code [n, maps, height, width]}
     * @param out as the library gives it for this mode
     * @param padding as configured; the mode SAME has its own
     */
    static Windows of(long[] in, long[] out, int[] kernel, int[] stride, int[] padding, ConvolutionMode mode) {
        long[] before = new long[2];
        long[] after = new long[2];
        for (int i = 0; i < 2; i++) {
            long covered = (out[i + 2] - 1) * stride[i] + kernel[i];
            before[i] = mode == ConvolutionMode.Same ? (covered - in[i + 2]) / 2 : padding[i];
            after[i] = Math.max(0, covered - in[i + 2] - before[i]);
        }
        return new Windows(new long[] {kernel[0], kernel[1]}, new long[] {stride[0], stride[1]}, before, after);
    }
}
