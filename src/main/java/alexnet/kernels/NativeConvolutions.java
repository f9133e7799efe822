package alexnet.kernels;

import java.lang.reflect.Field;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lets convolutions run on the backend's own {@code conv2d} operation (oneDNN on a CPU that has it) instead of im2col.
 *
 * <p>The library ships this path and, in 1.0.0-M2.1, never takes it: its switch defaults to off and its check looks up a
 * class that was moved. The helper is therefore set into each layer of an initialised graph.
 */
public final class NativeConvolutions {
    private NativeConvolutions() {}

    /**
     * @param graph an initialised graph; one of another type than FLOAT is left as it is, since the path knows no other
     * @return the number of layers that now take the path
     */
    public static int install(ComputationGraph graph) {
        if (graph.getConfiguration().getDataType() != DataType.FLOAT) {
            return 0;
        }
        int installed = 0;
        for (Layer layer : graph.getLayers()) {
            if (layer instanceof ConvolutionLayer convolution) {
                set(convolution, new MKLDNNConvHelper(Nd4j.dataType()));
                installed++;
            }
        }
        return installed;
    }

    private static void set(ConvolutionLayer layer, MKLDNNConvHelper helper) {
        try {
            Field field = ConvolutionLayer.class.getDeclaredField("helper");
            field.setAccessible(true);
            field.set(layer, helper);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "ConvolutionLayer has no field 'helper', expected that of Deeplearning4j 1.0.0-M2.1."
                            + " Build with that version.",
                    e);
        }
    }
}
