package alexnet.evaluation;

import alexnet.bundle.BundleReader;
import alexnet.bundle.Contract;
import alexnet.bundle.ModelCard;
import alexnet.config.Precision;
import alexnet.config.UsageException;
import alexnet.inference.Classifier;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One exported model or several whose softmax is averaged ({@code §6}): first over the views, then over the nets. Nets
 * are read one after the other, so that seven take the memory of one and, for the sums, four bytes for each picture and
 * class (200 MB for the 50,000 pictures and 1000 classes of ILSVRC-2012).
 */
public final class Nets {
    private final List<Path> zips;
    private final List<ModelCard> cards;
    private final Precision precision;

    private Nets(List<Path> zips, List<ModelCard> cards, Precision precision) {
        this.zips = zips;
        this.cards = cards;
        this.precision = precision;
    }

    /**
     * @param zips exported models, one at least
     * @param precision in which their layers multiply
     * @return the nets; weights have not been read
     * @throws UsageException if one is no whole model, or they differ in classes or in what pixels they expect
     */
    public static Nets open(List<Path> zips, Precision precision) {
        List<ModelCard> cards = zips.stream().map(BundleReader::readCard).toList();
        for (int i = 1; i < cards.size(); i++) {
            requireAlike(zips.get(0), cards.get(0), zips.get(i), cards.get(i));
        }
        return new Nets(List.copyOf(zips), cards, precision);
    }

    private static void requireAlike(Path zip, ModelCard card, Path otherZip, ModelCard other) {
        String next = ", expected the same of all nets that are averaged. Leave one out.";
        if (!card.labels().equals(other.labels())) {
            throw new UsageException("Model " + otherZip + " has the classes " + ClassNames.shortened(other.labels())
                    + ", model " + zip + " " + ClassNames.shortened(card.labels()) + next);
        }
        if (!pixels(card.contract()).equals(pixels(other.contract()))) {
            throw new UsageException("Model " + otherZip + " expects " + pixels(other.contract()) + ", model " + zip
                    + " " + pixels(card.contract()) + next);
        }
    }

    private static String pixels(Contract contract) {
        return "squares of " + contract.size() + " pixels, views of " + contract.crop() + " and the mean "
                + (contract.subtractMean() ? "subtracted" : "left in");
    }

    /** @return names of the classes, in the order of the outputs */
    public List<String> labels() {
        return cards.get(0).labels();
    }

    /** @return side of the squares that the nets expect, in pixels */
    public int size() {
        return cards.get(0).contract().size();
    }

    /** @return how many nets there are */
    public int count() {
        return zips.size();
    }

    /**
     * @param pictures how many
     * @return bytes that the sums over the nets take for so many pictures; 0 for one net
     */
    public long bytes(int pictures) {
        return zips.size() == 1 ? 0 : (long) Float.BYTES * pictures * labels().size();
    }

    /**
     * Finds the best weights.
     *
     * @param pictures with labels, other ones than will be measured
     * @param tenViews as they will be used
     * @param progress shows pictures per second, net by net
     * @return the weights
     * @throws UsageException if the pictures have no labels
     * @throws RunException if a probability is not a number
     */
    public WeightFit fit(TestSet pictures, boolean tenViews, Progress.Factory progress) {
        if (!pictures.isLabelled()) {
            throw new UsageException("The pictures of " + pictures.name() + " have no labels, expected some to find the"
                    + " weights on. Leave --fit-weights out.");
        }
        Outputs outputs = new Outputs(pictures, tenViews, progress);
        double[][] own = new double[zips.size()][pictures.size()];
        boolean[] seen = new boolean[pictures.size()];
        for (int net = 0; net < zips.size(); net++) {
            double[] ofNet = own[net];
            show(outputs, net, "fit", (i, probabilities) -> {
                seen[i] = pictures.label(i) >= 0;
                ofNet[i] = seen[i] ? probabilities[pictures.label(i)] : 0;
            });
        }
        return WeightFit.of(
                pictures.name(), Arrays.stream(own).map(row -> only(row, seen)).toArray(double[][]::new));
    }

    private static double[] only(double[] row, boolean[] seen) {
        double[] kept = new double[row.length];
        int count = 0;
        for (int i = 0; i < row.length; i++) {
            if (seen[i]) {
                kept[count++] = row[i];
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /**
     * @param pictures to look at
     * @param tenViews average over ten views, or see the centre only
     * @param fit weights of the nets; null for equal ones
     * @param progress shows pictures per second, net by net
     * @return what was found
     * @throws RunException if a probability is not a number, no picture can be read, or the memory does not suffice
     */
    public Measurement measure(TestSet pictures, boolean tenViews, WeightFit fit, Progress.Factory progress) {
        Outputs outputs = new Outputs(pictures, tenViews, progress);
        Tally tally = new Tally(pictures, labels());
        if (zips.size() == 1) {
            show(outputs, 0, "evaluate", tally::add);
        } else {
            addUp(pictures, fit, outputs, tally);
        }
        return new Measurement(pictures, tenViews ? 10 : 1, labels(), cards, fit, tally, outputs.damaged());
    }

    private void addUp(TestSet pictures, WeightFit fit, Outputs outputs, Tally tally) {
        requireMemory(pictures.size());
        float[][] sums = new float[pictures.size()][];
        for (int net = 0; net < zips.size(); net++) {
            double weight = fit == null ? 1.0 / zips.size() : fit.weights()[net];
            show(outputs, net, "evaluate", (i, probabilities) -> {
                sums[i] = sums[i] == null ? new float[probabilities.length] : sums[i];
                for (int k = 0; k < probabilities.length; k++) {
                    sums[i][k] += (float) (weight * probabilities[k]);
                }
            });
        }
        double[] average = new double[labels().size()];
        for (int i = 0; i < sums.length; i++) {
            if (sums[i] != null) {
                for (int k = 0; k < average.length; k++) {
                    average[k] = sums[i][k];
                }
                tally.add(i, average);
            }
        }
    }

    private void requireMemory(int pictures) {
        long most = Runtime.getRuntime().maxMemory() * 3 / 4;
        if (bytes(pictures) > most) {
            throw new RunException("Averages over " + pictures + " pictures and " + labels().size() + " classes take "
                    + (bytes(pictures) >> 20) + " MB, expected " + (most >> 20) + " MB at most."
                    + " Raise -Xmx in .mvn/jvm.config.");
        }
    }

    private void show(Outputs outputs, int net, String task, Outputs.Taker taker) {
        String name = zips.size() == 1 ? task : task + " " + (net + 1) + "/" + zips.size();
        try (Classifier classifier = new Classifier(BundleReader.read(zips.get(net)), precision)) {
            outputs.show(classifier, name, taker);
        }
    }
}
