package alexnet.pipeline;

import alexnet.config.Augmentation;
import alexnet.config.Lighting;
import alexnet.data.ImageSplit;
import alexnet.data.PreparedData;
import alexnet.image.View;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What training makes of a picture at one of its uses, {@code §4.1}, taken apart for the eye. Everything is read off
 * the pipeline's own output, for pictures whose pixels tell where they lie and for a black one.
 *
 * @param view the window that was drawn
 * @param shift levels that were added to red, green and blue
 * @param picture the window with the shift and the divisor but without the mean subtracted, {@code [3, crop, crop]}
 * @param input what the network gets, {@code [3, crop, crop]}
 */
public record Augmented(View view, float[] shift, INDArray picture, INDArray input) {
    private static final int BYTE = 256;
    private static final int BITS = 4;

    /**
     * @param data gives pictures, mean and colour statistics
     * @param split the name of the picture's split
     * @param image number of the picture in it
     * @param augmentation what is done
     * @param seed of the training
     * @param uses how many epochs, the first being 0; in each the picture is the first of the first batch
     * @return one for each epoch
     */
    public static List<Augmented> of(
            PreparedData data, String split, int image, Augmentation augmentation, long seed, int uses) {
        ImageSplit pictures = data.split(split);
        byte[] rgb = new byte[3 * data.size() * data.size()];
        pictures.read(image, rgb);
        byte[] black = new byte[rgb.length];
        List<Augmented> all = new ArrayList<>();
        try (AugmentationPipeline.Worker whole = worker(augmentation, data, true, true);
                AugmentationPipeline.Worker noMean = worker(augmentation, data, false, true);
                AugmentationPipeline.Worker place = worker(augmentation, data, false, false)) {
            for (int epoch = 0; epoch < uses; epoch++) {
                var use = new AugmentationPipeline.Use(seed, epoch, 0, 0, image, 1);
                INDArray shift = apply(noMean, black, use, augmentation.crop());
                double divisor = augmentation.lighting().divisor();
                all.add(new Augmented(
                        view(place, data.size(), use, augmentation.crop()),
                        shift.reshape(3, -1).getColumn(0).mul(divisor).toFloatVector(),
                        apply(noMean, rgb, use, augmentation.crop()),
                        apply(whole, rgb, use, augmentation.crop())));
            }
        }
        return all;
    }

    /**
     * @param data gives the pictures' size
     * @param augmentation what is done
     * @param seed of the training
     * @param epoch from 0
     * @param batch number of the batch in its epoch, from 0
     * @param size pictures in the batch
     * @return the windows of all pictures of the batch, in order
     */
    public static List<View> views(
            PreparedData data, Augmentation augmentation, long seed, int epoch, int batch, int size) {
        List<View> views = new ArrayList<>();
        try (AugmentationPipeline.Worker place = worker(augmentation, data, false, false)) {
            for (int position = 0; position < size; position++) {
                var use = new AugmentationPipeline.Use(seed, epoch, batch, position, position, 1);
                views.add(view(place, data.size(), use, augmentation.crop()));
            }
        }
        return views;
    }

    private static AugmentationPipeline.Worker worker(
            Augmentation a, PreparedData data, boolean subtractMean, boolean lighting) {
        Augmentation parts = new Augmentation(
                a.crop(),
                a.randomCrop(),
                a.mirror(),
                a.chunk(),
                subtractMean && a.subtractMean(),
                lighting ? a.lighting() : Lighting.NONE);
        return AugmentationPipeline.training(parts, data).newWorker();
    }

    private static INDArray apply(
            AugmentationPipeline.Worker worker, byte[] rgb, AugmentationPipeline.Use use, int crop) {
        INDArray result = Nd4j.create(DataType.FLOAT, 3, crop, crop);
        worker.apply(rgb, use, new FloatPointer(result.data().pointer()));
        // written behind the library's back: with a device, its copy there is stale
        Nd4j.getAffinityManager().tagLocation(result, AffinityManager.Location.HOST);
        return result;
    }

    /** Red and green are a pixel's place modulo 256, blue holds what is above. */
    private static View view(AugmentationPipeline.Worker place, int side, AugmentationPipeline.Use use, int crop) {
        byte[] places = new byte[3 * side * side];
        for (int i = 0; i < side * side; i++) {
            places[3 * i] = (byte) (i % side);
            places[3 * i + 1] = (byte) (i / side);
            places[3 * i + 2] = (byte) (i % side / BYTE << BITS | i / side / BYTE);
        }
        INDArray cut = apply(place, places, use, crop);
        int left = x(cut, 0);
        int right = x(cut, crop - 1);
        int y = cut.getInt(1, 0, 0) + BYTE * (cut.getInt(2, 0, 0) & (1 << BITS) - 1);
        return new View(Math.min(left, right), y, left > right);
    }

    private static int x(INDArray cut, int column) {
        return cut.getInt(0, 0, column) + BYTE * (cut.getInt(2, 0, column) >> BITS);
    }
}
