package alexnet.data.archive;

import alexnet.config.UsageException;
import alexnet.data.ImageSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The archives of ILSVRC-2012 or 2010 as they were published, in one folder. Classes are the leaf synsets in the order
 * of their WordNet ids, named by id and words. Test pictures without published labels (2012) are the split
 * {@code unlabelled}.
 */
public final class IlsvrcSource implements ImageSource {
    /** The largest picture of ImageNet has 16 MB. */
    private static final long MOST_BYTES = 64L << 20;

    private final Edition edition;
    private final Devkit kit;
    private final boolean partial;
    private final Map<String, Path> archives = new LinkedHashMap<>();
    private final Map<String, String> digests = new TreeMap<>();
    private final Map<String, List<Difference>> differences = new LinkedHashMap<>();
    private final Patches patches;

    IlsvrcSource(Path folder, Edition edition, boolean partial) {
        this.edition = edition;
        this.partial = partial;
        Path devkit = folder.resolve(edition.devkit());
        requireThere(devkit);
        requireThere(folder.resolve(edition.train()));
        this.kit = Devkit.read(devkit, edition);
        digests.put(edition.devkit(), kit.digest());
        if (!partial && kit.classes().size() != edition.classes()) {
            throw new UsageException(
                    "The development kit " + devkit + " has " + kit.classes().size() + " classes, expected "
                            + edition.classes() + ". Get the official one, or say --allow-partial.");
        }
        archives.put(TRAIN, folder.resolve(edition.train()));
        addPictures(VALIDATION, folder.resolve(edition.validation()), true);
        Path test = edition.testNames().stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(folder.resolve(edition.test()));
        if (edition.testNeeded() && kit.labels(TEST) == null && !partial) {
            throw new UsageException("The test labels " + folder.resolve(edition.labels(TEST)) + " are missing."
                    + " Put them beside the archives, or say --allow-partial.");
        }
        addPictures(kit.labels(TEST) == null ? UNLABELLED : TEST, test, edition.testNeeded());
        this.patches = Patches.read(edition.patch() == null ? null : folder.resolve(edition.patch()));
        digests.putAll(patches.digests());
    }

    /**
     * @param year 2012 or 2010
     * @param folder the archives, under their own names
     * @param partial whether archives and pictures may be missing
     * @return the source; only the development kit has been read
     * @throws UsageException if an archive is missing; the message names it
     * @throws alexnet.run.RunException if the kit cannot be used
     */
    public static IlsvrcSource open(int year, Path folder, boolean partial) {
        return new IlsvrcSource(folder, year == 2010 ? Edition.ILSVRC_2010 : Edition.ILSVRC_2012, partial);
    }

    private void addPictures(String split, Path archive, boolean needed) {
        if (Files.isRegularFile(archive)) {
            archives.put(split, archive);
        } else if (needed && !partial) {
            requireThere(archive);
        }
    }

    private static void requireThere(Path archive) {
        if (!Files.isRegularFile(archive)) {
            throw new UsageException("The archive " + archive + " is missing. Expected the archives as they were"
                    + " published, under their own names; data-prep/README.md lists them. Put it there or correct the"
                    + " path.");
        }
    }

    @Override
    public List<String> classes() {
        return kit.classes().stream()
                .map(synset -> synset.wnid() + " " + synset.words())
                .toList();
    }

    /** {@inheritDoc} Its {@code ILSVRC_ID}, which the challenge's own programs expect. */
    @Override
    public List<Integer> classNumbers() {
        return kit.classes().stream().map(Devkit.Synset::id).toList();
    }

    @Override
    public List<String> splits() {
        return List.copyOf(archives.keySet());
    }

    @Override
    public long count(String split) {
        return switch (split) {
            case TRAIN ->
                partial
                        ? kit.classes().stream()
                                .mapToLong(Devkit.Synset::trainImages)
                                .sum()
                        : edition.trainImages();
            case UNLABELLED -> edition.testImages();
            default -> kit.labels(split).size();
        };
    }

    @Override
    public Entries entries(String split) {
        long most = MOST_BYTES;
        return split.equals(TRAIN)
                ? new TrainEntries(TarFiles.open(archives.get(split)), kit, patches.of(TRAIN), most, end -> {
                    digests.put(edition.train(), end.digest());
                    differences.put(TRAIN, trainDifferences(end.perClass()));
                })
                : new NumberedEntries(TarFiles.open(archives.get(split)), this, split, patches.of(split), most);
    }

    private List<Difference> trainDifferences(long[] perClass) {
        List<Difference> found = new ArrayList<>();
        long total = 0;
        for (int label = 0; label < perClass.length; label++) {
            Devkit.Synset synset = kit.classes().get(label);
            total += perClass[label];
            if (synset.trainImages() != perClass[label]) {
                found.add(new Difference(synset.wnid(), synset.trainImages(), perClass[label]));
            }
        }
        if (!partial && found.isEmpty() && total != edition.trainImages()) {
            found.add(new Difference("all classes", edition.trainImages(), total));
        }
        return found;
    }

    /** The label of a picture by its number from 1; −1 if none is known. */
    int label(String split, int number) {
        return split.equals(UNLABELLED) ? -1 : kit.labels(split).get(number - 1);
    }

    /** What a split's pictures are called, {@code val} or {@code test}. */
    String picture(String split, int number) {
        return edition.picture(split.equals(UNLABELLED) ? TEST : split, number);
    }

    /** Notes what a split that was read to its end has. */
    void ended(String split, String digest, List<Difference> found) {
        digests.put(archives.get(split).getFileName().toString(), digest);
        long expected = split.equals(VALIDATION) ? edition.validationImages() : edition.testImages();
        List<Difference> all = new ArrayList<>(found);
        if (!partial && count(split) != expected) {
            all.add(new Difference("labels of all pictures", expected, count(split)));
        }
        differences.put(split, all);
    }

    @Override
    public List<Difference> differences(String split) {
        return differences.getOrDefault(split, List.of());
    }

    @Override
    public Map<String, String> archives() {
        return digests;
    }

    @Override
    public String description() {
        return edition.name() + (patches.isEmpty() ? "" : " with " + edition.patch());
    }

    @Override
    public long seed() {
        return 0;
    }

    @Override
    public Map<String, Long> ignored() {
        return Map.of();
    }
}
