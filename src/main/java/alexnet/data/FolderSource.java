package alexnet.data;

import alexnet.config.UsageException;
import alexnet.image.BadImageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder whose sub-folders are the classes, in the order of their names; or one with {@code train/} and perhaps
 * {@code val/} and {@code test/}, each with the same sub-folders. Without {@code val/}, a part of each class of the
 * training pictures is held out as {@code val}.
 *
 * <p>Hidden files are passed over; so are files whose extension is no picture's, which are counted.
 */
public final class FolderSource implements ImageSource {
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "bmp", "gif", "webp", "tif", "tiff");

    private final Path folder;
    private final long seed;
    private final List<String> classes;
    private final Map<String, List<Item>> splits = new LinkedHashMap<>();
    private final Map<String, Long> ignored = new TreeMap<>();

    /** A picture: its class and file name, from which key and path follow. */
    private record Item(int label, String file) {}

    private FolderSource(Path folder, double heldOut, long seed) {
        this.folder = folder;
        this.seed = seed;
        HeldOut.check(heldOut);
        if (!Files.isDirectory(folder)) {
            throw new UsageException("No folder at " + folder
                    + ". Expected a folder with one sub-folder of pictures for each class. Correct the path.");
        }
        Path train = splitFolder(TRAIN);
        this.classes = subFolders(train);
        classes.forEach(FolderSource::checkName);
        if (classes.isEmpty()) {
            throw new UsageException("The folder " + train + " has no sub-folders, expected one for each class"
                    + " with that class's pictures in it. Sort the pictures into sub-folders.");
        }
        splits.put(TRAIN, scan(train, classes));
        for (String split : List.of(VALIDATION, TEST)) {
            if (!train.equals(folder) && Files.isDirectory(folder.resolve(split))) {
                splits.put(split, scan(folder.resolve(split), knownClasses(folder.resolve(split))));
            }
        }
        if (!splits.containsKey(VALIDATION) && heldOut > 0) {
            holdOut(heldOut);
        }
    }

    /**
     * @param folder the collection
     * @param heldOut the part of each class of the training pictures that becomes {@code val} where there is none;
     *     0 for none. Rounded, but at least one picture of a class with two or more
     * @param seed determines which pictures are held out
     * @return the source; the folder has been listed, no picture has been read
     * @throws UsageException if the folder is not such a collection; the message names the sub-folder
     */
    public static FolderSource open(Path folder, double heldOut, long seed) {
        return new FolderSource(folder, heldOut, seed);
    }

    /**
     * @param file any file
     * @return whether its extension is a picture's and it is not hidden
     */
    public static boolean isPicture(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && EXTENSIONS.contains(extension(name));
    }

    /** @return the extensions that are looked for, in order */
    public static List<String> extensions() {
        return EXTENSIONS.stream().sorted().toList();
    }

    private Path splitFolder(String split) {
        Path own = folder.resolve(TRAIN);
        if (!Files.isDirectory(own)) {
            return folder;
        }
        return split.equals(TRAIN) ? own : folder.resolve(split);
    }

    private List<String> knownClasses(Path split) {
        List<String> found = subFolders(split);
        for (String name : found) {
            if (!classes.contains(name)) {
                throw new UsageException("The folder " + split + " has the class " + name + ", which " + TRAIN
                        + " has not. Expected the same class folders. Rename or remove it.");
            }
        }
        if (found.isEmpty()) {
            throw new UsageException(
                    "The folder " + split + " has no class folders. Fill it like " + TRAIN + " or remove it.");
        }
        return found;
    }

    private static void checkName(String name) {
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new UsageException("The class folder '" + name.replaceAll("\\p{Cntrl}", "?")
                    + "' has a control character in its name, expected letters, digits, blanks and signs. Rename it.");
        }
    }

    private static List<String> subFolders(Path folder) {
        return list(folder).stream()
                .filter(Files::isDirectory)
                .map(path -> path.getFileName().toString())
                .toList();
    }

    private List<Item> scan(Path split, List<String> present) {
        List<Item> items = new ArrayList<>();
        for (String name : present) {
            int label = classes.indexOf(name);
            int before = items.size();
            for (Path path : list(split.resolve(name))) {
                String file = path.getFileName().toString();
                String extension = extension(file);
                if (Files.isDirectory(path)) {
                    ignored.merge("folders", 1L, Long::sum);
                } else if (isPicture(file)) {
                    items.add(new Item(label, file));
                } else {
                    ignored.merge(extension.isEmpty() ? "none" : extension, 1L, Long::sum);
                }
            }
            if (items.size() == before) {
                throw new UsageException("The class folder " + split.resolve(name) + " has no pictures (" + extensions()
                        + " are looked for). Add some or remove the folder.");
            }
        }
        return items;
    }

    /** What is in a folder but hidden files, in the order of names. */
    static List<Path> list(Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted((a, b) ->
                            a.getFileName().toString().compareTo(b.getFileName().toString()))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new UsageException(
                    "The folder " + folder + " cannot be read (" + e + "). Give this user leave to read it.", e);
        }
    }

    private static String extension(String file) {
        int dot = file.lastIndexOf('.');
        return dot < 0 ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    static boolean isPicture(String file) {
        return EXTENSIONS.contains(extension(file));
    }

    private void holdOut(double fraction) {
        List<Item> all = splits.get(TRAIN);
        List<Item> train = new ArrayList<>();
        List<Item> held = new ArrayList<>();
        for (int from = 0; from < all.size(); ) {
            int to = from;
            while (to < all.size() && all.get(to).label == all.get(from).label) {
                to++;
            }
            List<Item> ofClass = all.subList(from, to);
            boolean[] chosen = HeldOut.choose(ofClass.size(), fraction, seed, classes.get(all.get(from).label));
            for (int i = 0; i < chosen.length; i++) {
                (chosen[i] ? held : train).add(ofClass.get(i));
            }
            from = to;
        }
        splits.put(TRAIN, train);
        if (!held.isEmpty()) {
            splits.put(VALIDATION, held);
        }
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public List<String> splits() {
        return List.copyOf(splits.keySet());
    }

    @Override
    public long count(String split) {
        return splits.get(split).size();
    }

    @Override
    public Entries entries(String split) {
        boolean held = split.equals(VALIDATION) && !Files.isDirectory(splitFolder(split));
        Path root = held ? splitFolder(TRAIN) : splitFolder(split);
        return Entries.of(splits.get(split).stream()
                .map(item -> {
                    String key = classes.get(item.label) + "/" + item.file;
                    return new Entry(key, item.label, most -> read(root.resolve(key), most));
                })
                .iterator());
    }

    static byte[] read(Path file, long mostBytes) throws IOException, BadImageException {
        long size = Files.size(file);
        if (size > mostBytes) {
            throw new BadImageException("the file has " + size + " bytes, at most " + mostBytes + " are accepted");
        }
        return Files.readAllBytes(file);
    }

    @Override
    public String description() {
        return "folder " + folder.toAbsolutePath().normalize().getFileName();
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public Map<String, Long> ignored() {
        return ignored;
    }
}
