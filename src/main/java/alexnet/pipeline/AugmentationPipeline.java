package alexnet.pipeline;

import alexnet.config.Augmentation;
import alexnet.config.Lighting;
import alexnet.config.UsageException;
import alexnet.data.PreparedData;
import alexnet.image.MeanImage;
import alexnet.image.OpenCv;
import alexnet.image.Pixels;
import alexnet.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;
import org.datavec.image.data.ImageWritable;

/**
 * What is done to each stored picture, {@code §2} and {@code §4.1}: crop, mirror, mean, colour noise; or, for
 * evaluation, the centre and the mean. Holds no state of its own but the noise's strength: each thread takes a
 * {@link Worker}.
 */
public final class AugmentationPipeline {
    /** Keeps the draws of place and colour apart. */
    private static final long PLACE = 1;

    private static final long COLOUR = 2;

    private final Augmentation augmentation;
    private final PreparedData data;
    private final boolean training;
    private volatile double lightingStrength = 1;

    /**
     * Where in the training a picture is used, from which every draw follows.
     *
     * @param seed of the run
     * @param epoch from 0
     * @param batch within the epoch, from 0
     * @param position within the batch, from 0
     * @param image number of the picture in its split
     * @param lightingStrength strength of the colour noise
     */
    record Use(long seed, int epoch, int batch, int position, int image, double lightingStrength) {}

    private AugmentationPipeline(Augmentation augmentation, PreparedData data, boolean training) {
        this.augmentation = augmentation;
        this.data = data;
        this.training = training;
        if (augmentation.crop() > data.size()) {
            throw new UsageException("The crop is " + augmentation.crop() + " pixels, the prepared pictures have "
                    + data.size() + ", expected at least as many. Prepare larger pictures or lower augmentation.crop.");
        }
    }

    /**
     * @param augmentation what is done
     * @param data gives mean and colour statistics
     * @return the pipeline for training
     * @throws UsageException if the crop is larger than the prepared pictures
     */
    public static AugmentationPipeline training(Augmentation augmentation, PreparedData data) {
        return new AugmentationPipeline(augmentation, data, true);
    }

    /**
     * @param augmentation gives the crop's side and whether the mean is subtracted; nothing random is done
     * @param data gives the mean
     * @return the pipeline for evaluation, on the central crop
     * @throws UsageException if the crop is larger than the prepared pictures
     */
    public static AugmentationPipeline evaluation(Augmentation augmentation, PreparedData data) {
        return new AugmentationPipeline(augmentation, data, false);
    }

    /** @return side of what the network sees, in pixels */
    public int crop() {
        return augmentation.crop();
    }

    /** @return side of the stored pictures, in pixels */
    int storedSide() {
        return data.size();
    }

    /** @return strength of the colour noise from the next epoch on */
    public double lightingStrength() {
        return lightingStrength;
    }

    /** @param strength 0 (no noise, no divisor) to 1; takes effect with the next epoch that is started */
    public void lightingStrength(double strength) {
        if (!(strength >= 0 && strength <= 1)) {
            throw new UsageException(
                    "The lighting strength is " + strength + ", expected 0 to 1. Correct the schedule.");
        }
        lightingStrength = strength;
    }

    /** @return a new set of transforms, for one thread */
    Worker newWorker() {
        return new Worker();
    }

    /** The transforms of one thread. */
    final class Worker implements AutoCloseable {
        private final SeededRandom random = new SeededRandom();
        private final OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
        private final RgbImage stored = RgbImage.of(new byte[3 * data.size() * data.size()], data.size(), data.size());
        private final Mat floats = new Mat();
        private final List<MatTransform> place = new ArrayList<>();
        private final List<MatTransform> colour = new ArrayList<>();
        private LightingTransform lighting;

        private Worker() {
            int crop = augmentation.crop();
            place.add(training && augmentation.randomCrop() ? new CropTransform(crop) : new CentreCropTransform(crop));
            if (training && augmentation.mirror()) {
                place.add(new MirrorTransform());
            }
            if (augmentation.subtractMean()) {
                MeanImage mean = data.mean().centre(crop);
                colour.add(new SubtractMeanTransform(mean));
            }
            if (training && augmentation.lighting().reading() != Lighting.Reading.NONE) {
                lighting = new LightingTransform(data.colour(), augmentation.lighting());
                colour.add(lighting);
            }
        }

        /**
         * @param rgb the stored picture, {@code [side, side, 3]}
         * @param use where in the training it is used
         * @param target gets {@code [3, crop, crop]} from its address on
         */
        void apply(byte[] rgb, Use use, FloatPointer target) {
            OpenCv.scoped(() -> {
                stored.put(rgb);
                if (lighting != null) {
                    lighting.strength(use.lightingStrength());
                }
                ImageWritable image = new ImageWritable(converter.convert(stored.mat()));
                // batch and chunk in one coordinate: neither reaches 2³¹
                long chunk = (long) use.batch() << 32 | use.position() / augmentation.chunk();
                image = run(place, image, random.at(use.seed(), use.epoch(), chunk, PLACE));
                image = run(colour, image, random.at(use.seed(), use.epoch(), use.image(), COLOUR));
                Pixels.toFloat(converter.convert(image.getFrame()), floats);
                Pixels.toPlanes(floats, target);
                return null;
            });
        }

        private static ImageWritable run(List<MatTransform> transforms, ImageWritable image, Random random) {
            for (MatTransform transform : transforms) {
                image = transform.transform(image, random);
            }
            return image;
        }

        @Override
        public void close() {
            place.forEach(MatTransform::close);
            colour.forEach(MatTransform::close);
            floats.close();
            stored.close();
        }
    }
}
