package alexnet.features;

import alexnet.config.UsageException;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.RampSchedule;

/**
 * Learns short binary codes ({@code §7}: "this could be made efficient by training an auto-encoder to compress these
 * vectors to short binary codes"). Features go through a hidden layer to as many logistic units as there are bits, and
 * back. Noise is added to what the logistic units read while it learns, so that they carry information only by being
 * almost 0 or almost 1; they are then cut at a half.
 */
public final class AutoEncoder {
    private static final int CODE = 1; // number of the layer that makes the bits
    private static final int SAMPLE = 20_000; // rows that mean and scale are counted from

    private final FeatureFile features;
    private final Settings settings;
    private final Random random;

    /**
     * How to learn.
     *
     * @param bits of a code: 64, 128 or 256
     * @param epochs passes over the features
     * @param noise standard deviation of the noise; it grows from 0 during the first half
     * @param rate of Adam at the beginning; it falls to a hundredth along half a cosine
     * @param batch vectors in a step
     * @param seed of weights, order and noise
     */
    public record Settings(int bits, int epochs, double noise, double rate, int batch, long seed) {
        /** Checks the ranges. */
        public Settings {
            if (bits != 64 && bits != 128 && bits != 256) {
                throw new UsageException("Option --bits is " + bits + ", expected 64, 128 or 256. Correct it.");
            }
            if (epochs < 1 || batch < 1 || !(noise >= 0) || !(rate > 0)) {
                throw new UsageException("Options --epochs " + epochs + ", --noise " + noise + ", --rate " + rate
                        + ", --batch " + batch + ", expected positive numbers. Correct them.");
            }
        }
    }

    /**
     * @param features to be compressed
     * @param settings how to learn
     */
    public AutoEncoder(FeatureFile features, Settings settings) {
        this.features = features;
        this.settings = settings;
        this.random = new Random(settings.seed());
    }

    /**
     * Learns, turns all features into codes and writes them. The same features and settings give the same codes on one
     * machine with one number of threads.
     *
     * @param target the file to make or replace
     * @param progress shows vectors per second
     * @return the codes
     */
    public CodeFile run(Path target, Progress.Factory progress) {
        INDArray mean = mean(features.vectors());
        float scale = scale(mean);
        MultiLayerNetwork network = new MultiLayerNetwork(configuration());
        network.init();
        Nd4j.getRandom().setSeed(settings.seed()); // the noise is drawn there
        int rows = features.rows();
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
        double loss = 0;
        try (Progress bar = progress.start("codes", (long) rows * settings.epochs(), "vectors")) {
            for (int epoch = 0; epoch < settings.epochs(); epoch++) {
                shuffle(order);
                loss = epoch(network, epoch, order, mean, scale, bar);
            }
        }
        Encoder encoder = new Encoder(
                mean,
                scale,
                network.getLayer(0).getParam("W").dup('c'),
                row(network.getLayer(0).getParam("b")),
                network.getLayer(CODE).getParam("W").dup('c'),
                row(network.getLayer(CODE).getParam("b")));
        Map<String, String> training = new LinkedHashMap<>();
        training.put("training", settings.toString());
        training.put("loss", String.format(Locale.ROOT, "%.4f", loss));
        return CodeFile.write(target, features, encoder, training);
    }

    private static INDArray row(INDArray values) {
        return values.dup().reshape(1, values.length());
    }

    private MultiLayerConfiguration configuration() {
        int dim = features.dim();
        int hidden = Math.max(settings.bits(), Math.min(1024, dim / 2));
        return new NeuralNetConfiguration.Builder()
                .seed(settings.seed())
                .updater(new Adam(settings.rate()))
                .weightInit(WeightInit.XAVIER)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(dim)
                        .nOut(hidden)
                        .activation(Activation.RELU)
                        .build())
                .layer(new DenseLayer.Builder()
                        .nIn(hidden)
                        .nOut(settings.bits())
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new DropoutLayer.Builder(new GaussianNoise(noise())).build())
                .layer(new ActivationLayer(Activation.SIGMOID))
                .layer(new DenseLayer.Builder()
                        .nIn(settings.bits())
                        .nOut(hidden)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(hidden)
                        .nOut(dim)
                        .activation(Activation.IDENTITY)
                        .build())
                .build();
    }

    private ISchedule noise() {
        int steps = (features.rows() + settings.batch() - 1) / settings.batch() * settings.epochs();
        return new RampSchedule(new FixedSchedule(settings.noise()), Math.max(1, steps / 2));
    }

    private double epoch(MultiLayerNetwork network, int epoch, int[] order, INDArray mean, float scale, Progress bar) {
        double done = epoch / (double) settings.epochs();
        network.setLearningRate(settings.rate() * (0.01 + 0.99 * (1 + Math.cos(Math.PI * done)) / 2));
        double sum = 0;
        int steps = 0;
        for (int from = 0; from < order.length; from += settings.batch()) {
            float[][] rows = new float[Math.min(settings.batch(), order.length - from)][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = features.vectors().row(order[from + i]);
            }
            INDArray batch = Encoder.scaled(Nd4j.createFromArray(rows), mean, scale);
            network.fit(batch, batch);
            sum += network.score();
            steps++;
            bar.advance(rows.length);
        }
        if (!Double.isFinite(sum)) {
            throw new RunException("The auto-encoder's loss is " + sum + " after epoch " + (epoch + 1)
                    + ", expected a number. Try a lower --rate than " + settings.rate() + ".");
        }
        bar.message(String.format(Locale.ROOT, "epoch %d/%d, loss %.3f", epoch + 1, settings.epochs(), sum / steps));
        return sum / steps;
    }

    private void shuffle(int[] order) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }

    /** The mean of evenly spaced rows. */
    static INDArray mean(Vectors vectors) {
        double[] sum = new double[vectors.dim()];
        int step = Math.max(1, vectors.rows() / SAMPLE);
        int count = 0;
        for (int row = 0; row < vectors.rows(); row += step, count++) {
            float[] values = vectors.row(row);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += values[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / count);
        }
        return Nd4j.createFromArray(mean).reshape(1, mean.length);
    }

    /** One number for all units: their variances tell what matters to distances. */
    private float scale(INDArray mean) {
        Vectors vectors = features.vectors();
        float[] centre = mean.data().asFloat();
        double sum = 0;
        int step = Math.max(1, vectors.rows() / SAMPLE);
        long count = 0;
        for (int row = 0; row < vectors.rows(); row += step, count += centre.length) {
            float[] values = vectors.row(row);
            for (int i = 0; i < centre.length; i++) {
                double difference = values[i] - centre[i];
                sum += difference * difference;
            }
        }
        return sum == 0 ? 1 : (float) Math.sqrt(count / sum);
    }
}
