package alexnet.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a contender is asked to do in one turn.
 *
 * @param work what is measured
 * @param program who computes
 * @param setting how; the meaning is the program's own
 * @param batch images in an iteration
 * @param seconds how long to measure at least
 * @param threads to compute with
 * @param split whether to find out where the time goes, instead of the throughput
 * @param classes of the last layer
 * @param recipe file of the resolved recipe
 * @param network file of {@link NetworkText}, for programs that know no recipes; null if it cannot be said there
 * @param noise file of {@link RandomBatch}
 * @param data prepared pictures; null where none are wanted
 * @param pictures folder of class folders; null where none are wanted
 */
public record Request(
        Work work,
        Program program,
        String setting,
        int batch,
        double seconds,
        int threads,
        boolean split,
        int classes,
        String recipe,
        String network,
        String noise,
        String data,
        String pictures) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Who computes. */
    public enum Program {
        /** This project. */
        OURS,
        /** Deeplearning4j as it comes: its own layers and data path. */
        DL4J,
        /** libtorch. */
        LIBTORCH
    }

    /**
     * @param who computes
     * @param how it computes
     * @return the same for another contender
     */
    Request by(Program who, String how) {
        return new Request(
                work, who, how, batch, seconds, threads, split, classes, recipe, network, noise, data, pictures);
    }

    /** The same for another number of images in an iteration. */
    Request withBatch(int other) {
        return new Request(
                work, program, setting, other, seconds, threads, split, classes, recipe, network, noise, data,
                pictures);
    }

    /** The same, but to find out where the time goes. */
    Request splitting() {
        return new Request(
                work, program, setting, batch, seconds, threads, true, classes, recipe, network, noise, data, pictures);
    }

    /** The same, but other work. */
    Request doing(Work other) {
        return new Request(
                other, program, setting, batch, seconds, threads, split, classes, recipe, network, noise, data,
                pictures);
    }

    /** The same for another time. */
    Request lasting(double other) {
        return new Request(
                work, program, setting, batch, other, threads, split, classes, recipe, network, noise, data, pictures);
    }

    /**
     * @param file what {@link #write} wrote
     * @return the request
     * @throws IOException if there is none
     */
    public static Request read(Path file) throws IOException {
        return JSON.readValue(Files.readAllBytes(file), Request.class);
    }

    void write(Path file) throws IOException {
        Files.write(file, JSON.writeValueAsBytes(this));
    }
}
