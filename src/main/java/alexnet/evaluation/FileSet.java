package alexnet.evaluation;

import alexnet.config.UsageException;
import alexnet.data.FolderSource;
import alexnet.data.ImageSource;
import alexnet.data.PictureList;
import alexnet.image.BadImageException;
import alexnet.image.ImageDecoder;
import alexnet.image.ImageLimits;
import alexnet.image.OpenCv;
import alexnet.image.Resize;
import alexnet.image.RgbImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pictures in files, each decoded, resized and cut when it is asked for: the pixels that {@code Classify} sees. Prepared
 * squares of more than 128 pixels differ a little, since they are kept as JPEG.
 */
public final class FileSet implements TestSet {
    private static final int DIGEST_DIGITS = 16;

    private final String name;
    private final List<ImageSource.Entry> entries;
    private final int[] classOf;
    private final List<String> labels;
    private final int size;
    private final List<String> notes = new ArrayList<>();
    private final byte[][] digests;
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.COLLECTION, true);

    private FileSet(String name, List<ImageSource.Entry> entries, int[] classOf, List<String> labels, int size) {
        this.name = name;
        this.entries = entries;
        this.classOf = classOf;
        this.labels = labels;
        this.size = size;
        this.digests = new byte[entries.size()][];
    }

    /**
     * @param folder one sub-folder of pictures for each class; {@code train}, {@code val} and {@code test} with such
     *     sub-folders; or pictures alone, which then have no labels. Classes of the model may be absent
     * @param split which part of it, if it has parts
     * @param labels the model's classes
     * @param size side of the squares that the model expects, in pixels
     * @return the pictures; none has been read
     * @throws UsageException if it is no such folder, or has a class that the model lacks
     */
    public static FileSet ofFolder(Path folder, String split, List<String> labels, int size) {
        String name = "images-" + fileName(folder);
        if (!hasFolders(folder)) {
            return new FileSet(name, PictureList.ofFolder(folder).pictures(), new int[0], labels, size);
        }
        FolderSource source = FolderSource.open(folder, 0, 0);
        boolean parts = Files.isDirectory(folder.resolve(ImageSource.TRAIN));
        if (parts && !source.splits().contains(split)) {
            throw new UsageException("The folder " + folder + " has no split " + split + ", expected one of "
                    + source.splits() + ". Name one of these with --split.");
        }
        List<ImageSource.Entry> entries = new ArrayList<>();
        try (ImageSource.Entries all = source.entries(parts ? split : ImageSource.TRAIN)) {
            all.forEachRemaining(entries::add);
        }
        int[] classOf = new ClassNames(labels).indices(source.classes(), "The folder " + folder);
        FileSet set = new FileSet(parts ? name + "-" + split : name, entries, classOf, labels, size);
        if (!source.ignored().isEmpty()) {
            set.notes.add("Files whose names are no pictures' were passed over, by extension: " + source.ignored());
        }
        return set;
    }

    /**
     * @param list as {@link PictureList#ofFile} reads it
     * @param labels the model's classes
     * @param size side of the squares that the model expects, in pixels
     * @return the pictures; none has been read
     * @throws UsageException if it is no such list, or has a class that the model lacks
     */
    public static FileSet ofList(Path list, List<String> labels, int size) {
        PictureList pictures = PictureList.ofFile(list);
        int[] classOf = new ClassNames(labels).indices(pictures.classes(), "The list " + list);
        return new FileSet("list-" + fileName(list), pictures.pictures(), classOf, labels, size);
    }

    private static boolean hasFolders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return true; // which the source then refuses by name
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.anyMatch(path ->
                    Files.isDirectory(path) && !path.getFileName().toString().startsWith("."));
        } catch (IOException e) {
            throw new UsageException(
                    "The folder " + folder + " cannot be read (" + e + "). Give this user leave to read it.", e);
        }
    }

    private static String fileName(Path path) {
        String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
        return name.replaceFirst("\\.[A-Za-z]{1,4}$", "").replaceAll("[^\\w-]", "_");
    }

    @Override
    public String name() {
        return name;
    }

    /** {@inheritDoc} SHA-256 of name, label and SHA-256 of the bytes of each, its first digits. */
    @Override
    public String digest() {
        MessageDigest all = sha256();
        for (int i = 0; i < entries.size(); i++) {
            all.update((key(i) + "\t" + label(i) + "\n").getBytes(StandardCharsets.UTF_8));
            if (digests[i] != null) {
                all.update(digests[i]);
            }
        }
        return HexFormat.of().formatHex(all.digest()).substring(0, DIGEST_DIGITS);
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public long leftOut() {
        return 0;
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public String key(int i) {
        return entries.get(i).key();
    }

    @Override
    public int label(int i) {
        int label = entries.get(i).label();
        return label < 0 ? -1 : classOf[label];
    }

    @Override
    public byte[] square(int i) throws BadImageException {
        byte[] encoded;
        try {
            encoded = entries.get(i).bytes().read(ImageLimits.COLLECTION.bytes());
        } catch (NoSuchFileException e) {
            throw new BadImageException("there is no such file", e);
        } catch (IOException e) {
            throw new BadImageException("it cannot be read: " + e, e);
        }
        digests[i] = sha256().digest(encoded);
        return OpenCv.scoped(() -> {
            try (RgbImage image = decoder.decode(encoded, size)) {
                return Resize.square(image, size);
            }
        });
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<Integer> order() {
        return IntStream.range(0, entries.size()).boxed().toList();
    }

    @Override
    public List<Integer> classNumbers() {
        return ClassNames.positions(labels);
    }

    @Override
    public String numbering() {
        return ClassNames.POSITIONS;
    }
}
