package alexnet.features;

import alexnet.config.Precision;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Files of features without pictures: clusters that are the classes. */
final class SmallFeatures {
    private SmallFeatures() {}

    static Origin origin(String model, String data, List<String> classes) {
        return new Origin("fc7", Precision.FP32, model, "small", 32, "/nowhere", "train", data, classes, Map.of());
    }

    /** So many rows in four clusters, never negative, as after a ReLU; most of the spread is that of the clusters. */
    static FeatureFile clusters(Path file, int rows, int dim, long seed) throws IOException {
        Random centres = new Random(99);
        double[][] centre = new double[4][dim];
        for (double[] one : centre) {
            for (int i = 0; i < dim; i++) {
                one[i] = centres.nextGaussian();
            }
        }
        Random random = new Random(seed);
        double[][] directions = new double[12][dim];
        for (double[] one : directions) {
            for (int i = 0; i < dim; i++) {
                one[i] = centres.nextGaussian();
            }
        }
        float[][] values = new float[rows][dim];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = random.nextInt(4);
            double[] sum = centre[labels[row]].clone();
            for (double[] direction : directions) { // what tells members of a cluster apart has few dimensions
                double strength = 0.4 * random.nextGaussian();
                for (int i = 0; i < dim; i++) {
                    sum[i] += strength * direction[i];
                }
            }
            for (int i = 0; i < dim; i++) {
                values[row][i] = (float) Math.max(0, sum[i] + 0.1 * random.nextGaussian());
            }
        }
        return write(file, origin("m", "d", List.of("a", "b", "c", "d")), values, labels);
    }

    static FeatureFile write(Path file, Origin origin, float[][] values, int[] labels) throws IOException {
        StringBuilder keys = new StringBuilder();
        ByteBuffer data = ByteBuffer.allocate(values.length * (values[0].length + 2) * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : values) {
            for (float value : row) {
                data.putFloat(value);
            }
        }
        for (float[] row : values) {
            float sum = 0;
            for (float value : row) {
                sum += value * value;
            }
            data.putFloat(sum);
        }
        for (int i = 0; i < labels.length; i++) {
            data.putInt(labels[i]);
            keys.append("picture").append(i).append('\n');
        }
        byte[] names = keys.toString().getBytes(StandardCharsets.UTF_8);
        Map<String, SafeTensors.Tensor> arrays = new LinkedHashMap<>();
        arrays.put("features", SafeTensors.array(SafeTensors.Type.F32, values.length, values[0].length));
        arrays.put("squares", SafeTensors.array(SafeTensors.Type.F32, values.length));
        arrays.put("labels", SafeTensors.array(SafeTensors.Type.I32, values.length));
        arrays.put("keys", SafeTensors.array(SafeTensors.Type.U8, names.length));
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(SafeTensors.header(origin.toMetadata(FeatureFile.FORMAT), arrays, 0));
            out.write(data.array());
            out.write(names);
        }
        return FeatureFile.open(file);
    }
}
