package alexnet.data.scenes;

import alexnet.config.UsageException;
import alexnet.run.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The built-in data set: drawings of ten kinds of objects in varied form, pose, light and surroundings, in colours that
 * say nothing about the kind.
 *
 * <p>JPEG, shorter side 150 to 260 pixels, about 8 % with a single channel.
 */
public final class Scenes {
    private Scenes() {}

    /**
     * How many pictures each class gets.
     *
     * @param train for training
     * @param val for validation
     * @param test for the final test
     */
    public record Size(int train, int val, int test) {
        /**
         * Of 800 for training, 60 for validation and 100 for the test, and others in proportion.
         *
         * @param train for training
         * @return the size, with one picture of each part at least
         * @throws UsageException if there are none for training
         */
        public static Size of(int train) {
            if (train < 1) {
                throw new UsageException("Source scenes has " + train
                        + " pictures per class, expected 1 or more. Write scenes:800, for example.");
            }
            int test = Math.max(1, train / 8);
            return new Size(train, Math.max(1, test * 6 / 10), test);
        }
    }

    /** @return the ten class names in alphabetical order */
    public static List<String> classes() {
        return source().classes();
    }

    /**
     * Makes an image folder, {@code folder/{train,val,test}/<class name>/<number>.jpg}, on all cores. The bytes depend on
     * seed, split, class and number only. Until all pictures are written they lie under a hidden name beside the target,
     * so that a stopped program leaves no half-made folder of that name. Costs about 2 ms per picture and core.
     *
     * @param folder the folder to make; its parents are made if absent
     * @param size pictures per class
     * @param seed chooses the pictures
     * @param progress where to say how far it is, in pictures
     * @throws UsageException if the folder exists or a size is negative
     * @throws java.io.InterruptedIOException if the calling thread is interrupted; no part of the folder is left
     * @throws IOException if a picture cannot be written; the message names it, no part of the folder is left
     */
    public static void write(Path folder, Size size, long seed, Progress.Factory progress) throws IOException {
        SceneFolder.write(
                source(), folder, size, seed, progress, Runtime.getRuntime().availableProcessors());
    }

    static SceneSource source() {
        SceneClass[] kinds = SceneClass.values();
        List<String> labels = Arrays.stream(kinds).map(SceneClass::label).toList();
        SceneRenderer renderer = new SceneRenderer(SceneStyle.DEFAULT);
        return new SceneSource() {
            @Override
            public List<String> classes() {
                return labels;
            }

            @Override
            public byte[] jpeg(int label, Dice dice) throws IOException {
                return JpegEncoder.encode(renderer.render(kinds[label], null, dice));
            }
        };
    }
}
