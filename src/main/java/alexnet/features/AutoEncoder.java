package alexnet.features;

import alexnet.config.UsageException;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
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

    private final FeatureFile features;
    private final Settings settings;

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
    }

    /**
     * Learns, turns all features into codes and writes them. The same features and settings give the same codes on one
     * machine with one number of threads, also if the training was killed and begun again: after each epoch its state
     * is kept beside the target.
     *
     * @param target the file to make or replace
     * @param progress shows vectors per second
     * @return the codes
     */
    public CodeFile run(Path target, Progress.Factory progress) {
        INDArray mean = Encoder.mean(features.vectors(), Encoder::root);
        MultiLayerNetwork network = new MultiLayerNetwork(configuration());
        network.init();
        UnfinishedCodes unfinished = new UnfinishedCodes(target, features, settings);
        int done = unfinished.restore(network);
        try (Progress bar = progress.start("codes", (long) features.rows() * (settings.epochs() - done), "vectors")) {
            for (int epoch = done; epoch < settings.epochs(); epoch++) {
                double loss = epoch(network, epoch, mean, bar);
                unfinished.save(network, epoch + 1);
                bar.message(String.format(Locale.ROOT, "epoch %d/%d, loss %.3f", epoch + 1, settings.epochs(), loss));
            }
        }
        Encoder encoder = new Encoder(
                mean,
                network.getLayer(0).getParam("W").dup('c'),
                row(network.getLayer(0).getParam("b")),
                network.getLayer(CODE).getParam("W").dup('c'),
                row(network.getLayer(CODE).getParam("b")));
        CodeFile codes = CodeFile.write(target, features, encoder, Map.of("training", settings.toString()));
        unfinished.remove();
        return codes;
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

    /** One pass, with an order and a noise of its own, so that it does not matter in which process it is made. */
    private double epoch(MultiLayerNetwork network, int epoch, INDArray mean, Progress bar) {
        int[] order = order(new Random(settings.seed() + epoch));
        Nd4j.getRandom().setSeed(settings.seed() + epoch); // the noise is drawn there
        double done = epoch / (double) settings.epochs();
        network.setLearningRate(settings.rate() * (0.01 + 0.99 * (1 + Math.cos(Math.PI * done)) / 2));
        double sum = 0;
        int steps = 0;
        for (int from = 0; from < order.length; from += settings.batch()) {
            float[][] rows = new float[Math.min(settings.batch(), order.length - from)][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = features.vectors().row(order[from + i]);
            }
            INDArray batch = Encoder.prepared(Nd4j.createFromArray(rows), mean);
            network.fit(batch, batch);
            sum += network.score();
            steps++;
            bar.advance(rows.length);
        }
        if (!Double.isFinite(sum)) {
            throw new RunException("The auto-encoder's loss is " + sum + " after epoch " + (epoch + 1)
                    + ", expected a number. Try a lower --rate than " + settings.rate() + ".");
        }
        return sum / steps;
    }

    private int[] order(Random random) {
        int[] order = IntStream.range(0, features.rows()).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
