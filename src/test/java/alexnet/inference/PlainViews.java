package alexnet.inference;

import alexnet.bundle.ModelBundle;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;

/** Views cut by plain loops: an oracle that shares no code with the classifier. */
public final class PlainViews {
    private PlainViews() {}

    /**
     * Softmax of the centre, or the mean of those of four corners, centre and their mirrors.
     *
     * @param oneByOne whether the graph gets the views one after the other, or all at once, which is faster
     */
    public static double[] probabilities(ModelBundle model, byte[] square, boolean ten, boolean oneByOne) {
        int far = model.recipe().size() - model.recipe().augmentation().crop();
        int[][] corners = {{0, 0}, {far, 0}, {0, far}, {far, far}, {far / 2, far / 2}};
        List<float[][][]> views = new ArrayList<>();
        for (int[] corner : corners) {
            for (boolean mirror : new boolean[] {false, true}) {
                if (ten || corner == corners[4] && !mirror) {
                    views.add(cut(model, square, corner[0], corner[1], mirror));
                }
            }
        }
        List<double[]> rows = new ArrayList<>();
        for (int from = 0; from < views.size(); from += oneByOne ? 1 : views.size()) {
            float[][][][] input =
                    views.subList(from, oneByOne ? from + 1 : views.size()).toArray(float[][][][]::new);
            rows.addAll(List.of(
                    model.graph().outputSingle(Nd4j.createFromArray(input)).toDoubleMatrix()));
        }
        double[] mean = new double[model.labels().size()];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.size();
            }
        }
        return mean;
    }

    private static float[][][] cut(ModelBundle model, byte[] square, int left, int top, boolean mirror) {
        int size = model.recipe().size();
        int crop = model.recipe().augmentation().crop();
        boolean subtract = model.recipe().augmentation().subtractMean();
        float[] planes = model.mean().planes();
        int edge = (size - crop) / 2;
        float[][][] view = new float[3][crop][crop];
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < crop; y++) {
                for (int x = 0; x < crop; x++) {
                    int from = mirror ? crop - 1 - x : x;
                    int level = square[((top + y) * size + left + from) * 3 + channel] & 255;
                    float middle = planes[(channel * size + edge + y) * size + edge + x];
                    view[channel][y][x] = subtract ? level - middle : level;
                }
            }
        }
        return view;
    }
}
