package alexnet.data.archive;

import alexnet.image.BadImageException;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/**
 * What a challenge's development kit tells. The kit numbers its synsets by {@code ILSVRC_ID}, the leaves first; labels
 * here are positions in the order of the leaves' WordNet ids, which is another.
 */
final class Devkit {
    private static final long MOST_BYTES = 64L << 20;

    /**
     * A class.
     *
     * @param wnid its WordNet id, such as {@code n01440764}
     * @param words its names, such as {@code tench, Tinca tinca}
     * @param id its number in the kit, from 1
     * @param trainImages how many training pictures it has
     */
    record Synset(String wnid, String words, int id, long trainImages) {}

    private final List<Synset> classes;
    private final Map<Integer, Integer> labelOfId = new HashMap<>();
    private final Map<String, Integer> labelOfWnid = new HashMap<>();
    private final Map<String, List<Integer>> labels = new HashMap<>();
    private final String digest;

    private Devkit(List<Synset> synsets, String digest) {
        this.digest = digest;
        this.classes =
                synsets.stream().sorted(Comparator.comparing(Synset::wnid)).toList();
        for (int label = 0; label < classes.size(); label++) {
            labelOfId.put(classes.get(label).id(), label);
            labelOfWnid.put(classes.get(label).wnid(), label);
        }
    }

    /**
     * @param archive the kit
     * @param edition tells what it should hold
     * @throws RunException if it cannot be read or lacks something; the message names it
     */
    static Devkit read(Path archive, Edition edition) {
        byte[] meta = null;
        Map<String, byte[]> texts = new HashMap<>();
        String digest;
        try (TarFiles files = TarFiles.open(archive)) {
            while (files.next()) {
                String file = files.name().substring(files.name().lastIndexOf('/') + 1);
                if (files.name().endsWith("data/meta.mat")) {
                    meta = files.read(MOST_BYTES);
                } else if (files.name().contains("data/") && file.endsWith("_ground_truth.txt")) {
                    texts.put(file, files.read(MOST_BYTES));
                }
            }
            digest = files.digest();
        } catch (BadImageException e) {
            throw new RunException("The archive " + archive + " is no development kit: " + e.getMessage() + ".", e);
        }
        if (meta == null) {
            throw new RunException("The archive " + archive + " has no data/meta.mat, expected the development kit of "
                    + edition.name() + ". Get it again from its source.");
        }
        Devkit kit = new Devkit(synsets(meta, archive, edition), digest);
        kit.addLabels("val", texts.get(edition.labels("validation")), archive + "/" + edition.labels("validation"));
        byte[] test = texts.get(edition.labels("test"));
        Path beside = archive.resolveSibling(edition.labels("test"));
        if (test != null) {
            kit.addLabels("test", test, archive + "/" + edition.labels("test"));
        } else if (Files.isRegularFile(beside)) {
            kit.addLabels("test", readAll(beside), beside.toString());
        }
        return kit;
    }

    private static byte[] readAll(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new RunException("The labels " + file + " cannot be read (" + e + "). Check the rights.", e);
        }
    }

    private static List<Synset> synsets(byte[] meta, Path archive, Edition edition) {
        List<Synset> leaves = new ArrayList<>();
        try (MatFile file = Mat5.newReader(Sources.wrap(meta)).readMat()) {
            Struct synsets = file.getStruct("synsets");
            for (int i = 0; i < synsets.getNumElements(); i++) {
                if (synsets.getMatrix("num_children", i).getInt(0) == 0) {
                    leaves.add(new Synset(
                            synsets.getChar("WNID", i).getString(),
                            synsets.getChar("words", i).getString(),
                            synsets.getMatrix(edition.idField(), i).getInt(0),
                            synsets.getMatrix("num_train_images", i).getLong(0)));
                }
            }
        } catch (IOException | RuntimeException e) { // the library meets damage with either
            throw new RunException(
                    "The file data/meta.mat in " + archive + " cannot be used: " + e + ". Expected a MATLAB file with"
                            + " the synsets of " + edition.name() + ". Get the archive again from its source.",
                    e);
        }
        return leaves;
    }

    private void addLabels(String split, byte[] text, String where) {
        if (text == null) {
            throw new RunException(
                    "The labels " + where + " are missing. Get the development kit again from its source.");
        }
        List<Integer> found = new ArrayList<>();
        for (String line : new String(text, StandardCharsets.US_ASCII).split("\n")) {
            Integer label = line.strip().matches("\\d{1,6}") ? labelOfId.get(Integer.valueOf(line.strip())) : null;
            if (label == null && !line.isBlank()) {
                throw new RunException("Line " + (found.size() + 1) + " of " + where + " is '" + line.strip()
                        + "', expected the number of one of " + classes.size()
                        + " classes. Get the development kit again from its source.");
            }
            if (label != null) {
                found.add(label);
            }
        }
        labels.put(split, found);
    }

    /** The leaves, in the order of their WordNet ids. */
    List<Synset> classes() {
        return classes;
    }

    /** A class's label, or −1. */
    int label(String wnid) {
        return labelOfWnid.getOrDefault(wnid, -1);
    }

    /** Labels of {@code val} or {@code test}, in the order of the pictures' numbers; null if not known. */
    List<Integer> labels(String split) {
        return labels.get(split);
    }

    /** SHA-256 of the archive. */
    String digest() {
        return digest;
    }
}
