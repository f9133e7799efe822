package alexnet.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What one contender showed in one turn, in a JVM that did nothing else.
 *
 * @param setting how it computed, in words
 * @param parameters of its network; 0 where there is none
 * @param threads that it was given
 * @param images in all measured iterations together
 * @param seconds of each measured iteration; those of the warm-up are not among them
 * @param warmUpSeconds of the warm-up, model building excluded
 * @param loss after the last step, in nats; null where nothing was trained
 * @param peakBytes largest resident memory of the process; null where the system does not tell
 * @param split where the time of an iteration goes; empty in turns that measure throughput
 */
@JsonIgnoreProperties("imagesPerSecond")
public record Turn(
        String setting,
        long parameters,
        int threads,
        long images,
        List<Double> seconds,
        double warmUpSeconds,
        Double loss,
        Long peakBytes,
        List<Part> split) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Absent parts are none. */
    public Turn {
        seconds = List.copyOf(seconds);
        split = split == null ? List.of() : List.copyOf(split);
        if (seconds.isEmpty() || images < 1) {
            throw new IllegalArgumentException("A turn of " + images + " images and " + seconds.size() + " iterations");
        }
    }

    /** @return images per second over all measured iterations */
    public double imagesPerSecond() {
        return images / seconds.stream().mapToDouble(Double::doubleValue).sum();
    }

    /**
     * @param file where {@link #write}, or another program in the same form, left one
     * @return the turn
     * @throws IOException if there is none
     */
    public static Turn read(Path file) throws IOException {
        return JSON.readValue(Files.readAllBytes(file), Turn.class);
    }

    /**
     * @param file where to leave it
     * @throws IOException if that fails
     */
    public void write(Path file) throws IOException {
        Files.write(file, JSON.writeValueAsBytes(this));
    }
}
