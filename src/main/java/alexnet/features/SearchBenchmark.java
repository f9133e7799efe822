package alexnet.features;

import alexnet.config.UsageException;
import alexnet.run.RunException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Time of a query by floats, beside that of a {@link MemoryPass} by as many threads; and by codes. The vectors are
 * random: the search reads all of them, whatever they are.
 */
public final class SearchBenchmark {
    private static final int WANTED = 100;
    private static final int MILLION = 1_000_000;
    private static final double[] SIZES = {0.25, 0.5, 1};

    private final Settings settings;
    private final Random random = new Random(1);

    /**
     * What to measure.
     *
     * @param dim numbers of a vector
     * @param megabytes of the largest set of vectors
     * @param rounds of which the median counts
     * @param folder for a temporary file
     */
    public record Settings(int dim, int megabytes, int rounds, Path folder) {
        /** Checks the ranges. */
        public Settings {
            if (dim < 1 || megabytes < 1 || rounds < 1) {
                throw new UsageException("Options --dim " + dim + ", --megabytes " + megabytes + ", --rounds " + rounds
                        + ", expected 1 or more. Correct them.");
            }
        }

        int rows(double part) {
            return Math.max(1, (int) (part * megabytes * 1e6 / Float.BYTES / dim));
        }
    }

    /**
     * Floats of one size.
     *
     * @param rows how many vectors
     * @param threads that read
     * @param way of reading that was fastest
     * @param passMillis what it took
     * @param searchMillis what a search took
     */
    public record Floats(int rows, int threads, String way, double passMillis, double searchMillis) {}

    /** A million codes. */
    public record Codes(int bits, double millis) {}

    /** All that was measured. */
    public record Result(int dim, List<Floats> floats, List<Codes> codes) {
        /** @return a table and its conclusions */
        public String text() {
            StringBuilder text = new StringBuilder(
                    "| vectors | numbers | threads | one pass over the memory | GB/s | nearest 100 | GB/s | ratio |"
                            + " ns a vector |\n|---|---|---|---|---|---|---|---|---|\n");
            for (Floats one : floats) {
                double bytes = (double) Float.BYTES * one.rows() * dim;
                text.append(String.format(
                        Locale.ROOT,
                        "| %d | %d | %d | %.1f ms (%s) | %.1f | %.1f ms | %.1f | %.2f | %.0f |%n",
                        one.rows(),
                        dim,
                        one.threads(),
                        one.passMillis(),
                        one.way(),
                        bytes / one.passMillis() / 1e6,
                        one.searchMillis(),
                        bytes / one.searchMillis() / 1e6,
                        one.searchMillis() / one.passMillis(),
                        1e6 * one.searchMillis() / one.rows()));
            }
            Floats largest = floats.get(floats.size() - 1);
            double million = largest.searchMillis() * MILLION / largest.rows();
            text.append(String.format(
                    Locale.ROOT,
                    "%n| a million | bytes a picture | ms a query | faster |%n|---|---|---|---|%n"
                            + "| floats | %d | %.0f (%s) | 1 |%n",
                    Float.BYTES * dim,
                    million,
                    largest.rows() == MILLION ? "measured" : "scaled from " + largest.rows() + " vectors"));
            for (Codes one : codes) {
                text.append(String.format(
                        Locale.ROOT,
                        "| codes, %d bits | %d | %.2f | %.0f |%n",
                        one.bits(),
                        one.bits() / Byte.SIZE,
                        one.millis(),
                        million / one.millis()));
            }
            return text.toString();
        }
    }

    /** @param settings what to measure */
    public SearchBenchmark(Settings settings) {
        this.settings = settings;
    }

    /** @return what was measured */
    public Result run() {
        List<Floats> floats = new ArrayList<>();
        try {
            Path file = Files.createTempFile(settings.folder(), "vectors", ".safetensors");
            try {
                write(file);
                Vectors all = Vectors.map(SafeTensors.open(file, "vectors", ""), FeatureFile.FEATURES, null);
                for (double size : SIZES) {
                    floats.add(floats(all.first(settings.rows(size))));
                }
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new RunException(
                    "The vectors cannot be written to " + settings.folder() + " (" + e.getMessage()
                            + "), expected space for " + settings.megabytes()
                            + " MB. Choose another place with --folder, or fewer with --megabytes.",
                    e);
        }
        return new Result(settings.dim(), floats, List.of(codes(64), codes(128), codes(256)));
    }

    private void write(Path file) throws IOException {
        int rows = settings.rows(1);
        byte[] noise = new byte[1 << 20];
        for (int i = 0; i < noise.length; i += Float.BYTES) {
            ByteBuffer.wrap(noise, i, Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(random.nextFloat());
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(SafeTensors.header(
                    Map.of(),
                    Map.of(FeatureFile.FEATURES, SafeTensors.array(SafeTensors.Type.F32, rows, settings.dim())),
                    0));
            long left = (long) Float.BYTES * rows * settings.dim();
            for (int turn = 0; left > 0; turn++) {
                // begins elsewhere each time, or all vectors would be few different ones
                int from = turn * 52 % 4096 * Float.BYTES;
                int count = (int) Math.min(left, noise.length - from);
                out.write(noise, from, count);
                left -= count;
            }
        }
    }

    private Floats floats(Vectors vectors) {
        double[] search = new double[settings.rounds()];
        ExactSearch exact = new ExactSearch(vectors);
        float[] query = new float[settings.dim()];
        try (MemoryPass pass = new MemoryPass(vectors, threads())) {
            for (int round = -1;
                    round < settings.rounds();
                    round++) { // the first warms up; in turn, for a busy machine
                for (int i = 0; i < query.length; i++) {
                    query[i] = random.nextFloat();
                }
                pass.round(round >= 0);
                long start = System.nanoTime();
                exact.nearest(query, WANTED);
                search[Math.max(0, round)] = (System.nanoTime() - start) / 1e6;
            }
            MemoryPass.Way way = pass.fastest();
            return new Floats(vectors.rows(), threads(), way.function(), pass.millis(way), median(search));
        }
    }

    /** As many as OpenBLAS takes. */
    private static int threads() {
        String set = System.getenv("OMP_NUM_THREADS");
        int processors = Runtime.getRuntime().availableProcessors();
        return set != null && set.matches("[1-9][0-9]{0,3}") ? Math.min(processors, Integer.parseInt(set)) : processors;
    }

    private Codes codes(int bits) {
        int words = bits / Long.SIZE;
        long[] codes = random.longs((long) MILLION * words).toArray();
        HammingSearch search = new HammingSearch(codes, words);
        double[] times = new double[settings.rounds()];
        for (int round = -20; round < times.length; round++) { // the JIT needs some
            long[] query = random.longs(words).toArray();
            long start = System.nanoTime();
            search.nearest(query, WANTED);
            times[Math.max(0, round)] = (System.nanoTime() - start) / 1e6;
        }
        return new Codes(bits, median(times));
    }

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
