package alexnet.data.scenes;

import alexnet.run.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The opposite of {@link Scenes}: the same drawings, each class holding all kinds of objects, but everything in a
 * picture has the hue of its class. A method that looks at colours alone must do well here and badly there.
 */
public final class ControlScenes {
    private static final int HUES = 10;

    private ControlScenes() {}

    /** @return the ten class names, {@code hue0} to {@code hue9} */
    public static List<String> classes() {
        return source().classes();
    }

    /**
     * As {@link Scenes#write}, for the control set.
     *
     * @param folder the folder to make; its parents are made if absent
     * @param size pictures per class
     * @param seed chooses the pictures
     * @param progress where to say how far it is, in pictures
     * @throws alexnet.config.UsageException if the folder exists or a size is negative
     * @throws java.io.InterruptedIOException if the calling thread is interrupted; no part of the folder is left
     * @throws IOException if a picture cannot be written; the message names it, no part of the folder is left
     */
    public static void write(Path folder, Scenes.Size size, long seed, Progress.Factory progress) throws IOException {
        SceneFolder.write(
                source(), folder, size, seed, progress, Runtime.getRuntime().availableProcessors());
    }

    static SceneSource source() {
        List<String> labels = IntStream.range(0, HUES).mapToObj(i -> "hue" + i).toList();
        SceneRenderer renderer = new SceneRenderer(SceneStyle.DEFAULT.withoutGrey());
        return new SceneSource() {
            @Override
            public List<String> classes() {
                return labels;
            }

            @Override
            public byte[] jpeg(int label, Dice dice) throws IOException {
                SceneClass kind = dice.pick(SceneClass.values());
                return JpegEncoder.encode(renderer.render(kind, 2 * StrictMath.PI * label / HUES, dice));
            }
        };
    }
}
