package alexnet.features;

import alexnet.config.UsageException;
import alexnet.run.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How well near pictures share the class of the query: by features, codes, random planes and plain pixels. */
public final class Comparison {
    private static final int AT_ONCE = 32;
    private static final int NEAR = 10;
    private static final int FAR = 100;
    private static final int SHOWN = 6; // neighbours of each query in Fig. 4
    private static final int TIMED = 15;

    private final FeatureFile base;
    private final FeatureFile queries;
    private final int[] drawn;
    private final int[] asked;
    private final long seed;
    private final List<Method> methods = new ArrayList<>();

    /**
     * A method's figures.
     *
     * @param method its name
     * @param bytes kept of each picture
     * @param agreement1 share of nearest pictures of the query's class
     * @param agreement6 the same of the nearest six
     * @param meanAveragePrecision by class: over the ranking of all pictures
     * @param recall10 share of the ten nearest by features that are among the nearest 100
     * @param recall100 share of the hundred nearest by features that are
     * @param millis median time of a query, the nearest 100 wanted
     * @param byClass mean average precision of the queries of each class
     */
    public record Row(
            String method,
            int bytes,
            double agreement1,
            double agreement6,
            double meanAveragePrecision,
            double recall10,
            double recall100,
            double millis,
            Map<String, Double> byClass) {}

    /**
     * @param base pictures that are searched, with classes
     * @param queries pictures that are asked for, of the same model and layer; they may be the same
     * @param asked how many are asked for at most, evenly spaced
     * @param seed of the random planes, and of the order of equally near pictures
     * @throws UsageException if the two do not fit together or have no classes
     */
    public Comparison(FeatureFile base, FeatureFile queries, int asked, long seed) {
        base.origin().checkSame(queries.origin(), base.path(), queries.path());
        if (base.dim() != queries.dim()) {
            throw new UsageException("Features " + queries.path() + " have " + queries.dim() + " numbers, those of "
                    + base.path() + " " + base.dim() + ", expected the same. Extract both with one model and layer.");
        }
        for (FeatureFile file : List.of(base, queries)) {
            if (file.origin().classes().isEmpty()
                    || !file.origin().classes().equals(base.origin().classes())) {
                throw new UsageException("Features " + file.path() + " have the classes "
                        + file.origin().classes() + ", expected some, and the same in both files. Extract them from"
                        + " folders named by class.");
            }
        }
        this.base = base;
        this.queries = queries;
        this.drawn = drawn(base.rows(), seed);
        this.seed = seed;
        int count = Math.min(asked, queries.rows());
        this.asked = new int[count];
        for (int i = 0; i < count; i++) {
            this.asked[i] = (int) ((long) i * queries.rows() / count);
        }
        methods.add(Method.euclidean("features", Float.BYTES * base.dim(), base.vectors(), queries.vectors()));
    }

    private static int[] drawn(int count, long seed) {
        List<Integer> rows = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(rows, new Random(seed));
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Adds codes, and random planes of as many bits beside them. */
    public void addCodes(CodeFile codes) {
        int words = codes.bits() / Long.SIZE;
        float[][] rows = new float[queries.rows()][];
        Arrays.setAll(rows, queries.vectors()::row);
        long[] ofQueries =
                Arrays.stream(codes.encode(rows)).flatMapToLong(Arrays::stream).toArray();
        methods.add(Method.hamming("codes, " + codes.bits() + " bits", words, codes.codes(), ofQueries));
        INDArray mean = Encoder.mean(base.vectors(), value -> value);
        RandomHyperplanes planes = new RandomHyperplanes(mean, codes.bits(), seed);
        methods.add(Method.hamming(
                "random planes, " + codes.bits() + " bits",
                words,
                planes.encode(base.vectors()),
                planes.encode(queries.vectors())));
    }

    /** Adds pixels, shrunk to 32 × 32 if they are more. */
    public void addPixels(Lookup basePictures, Lookup queryPictures, Progress.Factory progress) {
        PixelVectors pixels = new PixelVectors(basePictures.side());
        Vectors rows = pixels.of(basePictures, base.rows(), progress);
        Vectors ofQueries = pixels.of(queryPictures, queries.rows(), progress);
        int side = pixels.side();
        methods.add(Method.euclidean("pixels, " + side + "×" + side, 3 * side * side, rows, ofQueries));
    }

    /** @return how many pictures are searched */
    public int searched() {
        return base.rows();
    }

    /** @return how many queries are asked */
    public int asked() {
        return asked.length;
    }

    /**
     * @param progress shows queries per second
     * @return a row for each method, features first
     */
    public List<Row> run(Progress.Factory progress) {
        int[] labels = new int[base.rows()];
        Arrays.setAll(labels, base::label);
        List<Tally> tallies = methods.stream().map(method -> new Tally()).toList();
        boolean same = base.path().equals(queries.path());
        try (Progress bar = progress.start("compare", (long) asked.length * methods.size(), "queries")) {
            for (int from = 0; from < asked.length; from += AT_ONCE) {
                int[] some = Arrays.copyOfRange(asked, from, Math.min(asked.length, from + AT_ONCE));
                float[][] distances = new float[some.length][base.rows()];
                int[][] nearest = new int[some.length][];
                for (int m = 0; m < methods.size(); m++) {
                    methods.get(m).distances(some, distances);
                    for (int q = 0; q < some.length; q++) {
                        Ranking ranking = new Ranking(distances[q], drawn, same ? some[q] : -1);
                        nearest[q] = m == 0 ? ranking.first(FAR) : nearest[q];
                        tallies.get(m).add(ranking, labels, queries.label(some[q]), nearest[q]);
                    }
                    bar.advance(some.length);
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int m = 0; m < methods.size(); m++) {
            rows.add(tallies.get(m).row(methods.get(m), millis(methods.get(m))));
        }
        return rows;
    }

    private double millis(Method method) {
        double[] times = new double[TIMED];
        for (int i = -TIMED; i < TIMED; i++) { // the first half warms up
            long start = System.nanoTime();
            method.nearest(asked[Math.floorMod(i, asked.length)], FAR);
            times[Math.max(0, i)] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        return times[TIMED / 2];
    }

    /** Sums of one method. */
    private final class Tally {
        private double one;
        private double six;
        private double precision;
        private double ten;
        private double hundred;
        private final Map<Integer, double[]> byClass = new TreeMap<>();

        void add(Ranking ranking, int[] labels, int label, int[] nearest) {
            double average = ranking.averagePrecision(labels, label);
            one += ranking.agreement(labels, label, 1);
            six += ranking.agreement(labels, label, SHOWN);
            precision += average;
            ten += ranking.recall(Arrays.copyOf(nearest, Math.min(NEAR, nearest.length)), FAR);
            hundred += ranking.recall(nearest, FAR);
            double[] sums = byClass.computeIfAbsent(label, key -> new double[2]);
            sums[0] += average;
            sums[1]++;
        }

        Row row(Method method, double millis) {
            Map<String, Double> means = new TreeMap<>();
            byClass.forEach((label, sums) ->
                    means.put(label < 0 ? "" : base.origin().classes().get(label), sums[0] / sums[1]));
            int n = asked.length;
            return new Row(
                    method.name(),
                    method.bytes(),
                    one / n,
                    six / n,
                    precision / n,
                    ten / n,
                    hundred / n,
                    millis,
                    means);
        }
    }
}
