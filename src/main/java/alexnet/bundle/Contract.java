package alexnet.bundle;

import alexnet.model.TowerGraph;
import java.util.List;

/**
 * What a program must do to use the model: {@code contract.json} in the zip.
 *
 * @param format version of the zip's form
 * @param input shape and type of one input
 * @param channels order of the channels
 * @param size the picture is resized so that its shorter side has so many pixels (area filter down, cubic up), then cut
 *     to its central square
 * @param crop side of the view that goes in, cut from that square
 * @param subtractMean whether the central crop of {@code mean.npy} (levels 0–255) is subtracted
 * @param output what comes out
 * @param needs what else must be on the class path beside stock Deeplearning4j; empty: nothing
 * @param folded dropout factors that were multiplied into weights; dividing by them gives the training weights back
 */
public record Contract(
        int format,
        String input,
        String channels,
        int size,
        int crop,
        boolean subtractMean,
        String output,
        String needs,
        List<TowerGraph.Fold> folded) {
    /** The version that this program writes. */
    public static final int FORMAT = 1;
}
