package alexnet.data.archive;

import alexnet.config.UsageException;
import alexnet.data.ImageSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A tar, perhaps zipped, of class folders: {@code [TOP/]train/CLASS/PICTURE} and the same under {@code val} and perhaps
 * {@code test}. Imagenette is one: ten classes of ImageNet.
 */
public final class ClassTarSource implements ImageSource {
    private static final String PICTURE = "(?i).*\\.(jpe?g|png|bmp|gif|webp|tiff?)";
    private static final long MOST_BYTES = 64L << 20;

    /** Imagenette's synsets and what they are usually called. */
    private static final Map<String, String> IMAGENETTE = Map.of(
            "n01440764", "tench",
            "n02102040", "English springer",
            "n02979186", "cassette player",
            "n03000684", "chain saw",
            "n03028079", "church",
            "n03394916", "French horn",
            "n03417042", "garbage truck",
            "n03425413", "gas pump",
            "n03445777", "golf ball",
            "n03888257", "parachute");

    private static final Map<String, Long> IMAGENETTE_COUNTS = Map.of(TRAIN, 9469L, VALIDATION, 3925L);

    private final Path archive;
    private final List<String> folders; // the classes' names within the archive, sorted
    private final Map<String, String> words;
    private final Map<String, Long> found = new LinkedHashMap<>();
    private final Map<String, Long> expected;
    private final Map<String, Long> ignored = new TreeMap<>();
    private final Map<String, String> digests = new TreeMap<>();

    private ClassTarSource(Path archive, Map<String, String> words, Map<String, Long> expected) {
        this.archive = archive;
        this.words = words;
        this.expected = expected;
        TreeSet<String> names = new TreeSet<>();
        Map<String, Long> counts = new HashMap<>();
        try (TarFiles files = TarFiles.open(archive)) {
            while (files.next()) {
                Place place = Place.of(files.name());
                if (place != null) {
                    names.add(place.folder());
                    counts.merge(place.split(), 1L, Long::sum);
                } else {
                    ignored.merge("other", 1L, Long::sum);
                }
            }
        }
        if (!counts.containsKey(TRAIN)) {
            throw new UsageException("The archive " + archive + " has no pictures under train/CLASS/, expected some."
                    + " Correct the path, or use folder:DIR for pictures in folders.");
        }
        List.of(TRAIN, VALIDATION, TEST).forEach(split -> {
            if (counts.containsKey(split)) {
                found.put(split, counts.get(split));
            }
        });
        this.folders = List.copyOf(names);
    }

    /** Where a picture lies; {@link #of} gives null for what is none. */
    private record Place(String split, String folder, String file) {
        static Place of(String name) {
            String[] parts = name.split("/");
            int last = parts.length - 1;
            boolean hidden = parts[last].startsWith(".");
            return last >= 2 && !hidden && parts[last].matches(PICTURE) && parts[last - 2].matches("train|val|test")
                    ? new Place(parts[last - 2], parts[last - 1], parts[last])
                    : null;
        }
    }

    /**
     * @param archive the tar; its names are read once now
     * @return the source
     * @throws UsageException if it has no such folders
     * @throws alexnet.run.RunException if it cannot be read
     */
    public static ClassTarSource open(Path archive) {
        requireThere(archive);
        return new ClassTarSource(archive, Map.of(), Map.of());
    }

    /**
     * @param folder holds {@code imagenette2-320.tgz}
     * @return Imagenette, 320 pixels on the shorter side
     */
    public static ClassTarSource imagenette(Path folder) {
        Path archive = folder.resolve(Downloads.IMAGENETTE.file());
        requireThere(archive);
        return new ClassTarSource(archive, IMAGENETTE, IMAGENETTE_COUNTS);
    }

    private static void requireThere(Path archive) {
        if (!Files.isRegularFile(archive)) {
            throw new UsageException("The archive " + archive + " is missing. Put it there, correct the path, or let it"
                    + " be fetched with --download where that is offered.");
        }
    }

    @Override
    public List<String> classes() {
        return folders.stream()
                .map(name -> words.containsKey(name) ? name + " " + words.get(name) : name)
                .toList();
    }

    @Override
    public List<String> splits() {
        return List.copyOf(found.keySet());
    }

    @Override
    public long count(String split) {
        return found.get(split);
    }

    @Override
    public Entries entries(String split) {
        TarFiles files = TarFiles.open(archive);
        return new TarEntries(files, MOST_BYTES) {
            @Override
            Entry advance() {
                while (files.next()) {
                    Place place = Place.of(files.name());
                    if (place != null && place.split().equals(split)) {
                        String key = place.folder() + "/" + place.file();
                        return entry(files, key, folders.indexOf(place.folder()), Map.of());
                    }
                }
                digests.put(archive.getFileName().toString(), files.digest());
                return null;
            }
        };
    }

    @Override
    public List<Difference> differences(String split) {
        List<Difference> differences = new ArrayList<>();
        long wanted = expected.getOrDefault(split, count(split));
        if (wanted != count(split)) {
            differences.add(new Difference("all classes", wanted, count(split)));
        }
        return differences;
    }

    @Override
    public Map<String, String> archives() {
        return digests;
    }

    @Override
    public String description() {
        return "archive " + archive.getFileName();
    }

    @Override
    public long seed() {
        return 0;
    }

    @Override
    public Map<String, Long> ignored() {
        return ignored;
    }
}
