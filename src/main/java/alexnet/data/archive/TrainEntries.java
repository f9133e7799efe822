package alexnet.data.archive;

import alexnet.data.ImageSource;
import alexnet.run.RunException;
import java.util.Map;
import java.util.function.Consumer;

/** Pictures of a tar that holds a tar for each class, {@code n01440764.tar} with {@code n01440764_36.JPEG}. */
final class TrainEntries extends TarEntries {
    /**
     * What was found.
     *
     * @param digest SHA-256 of the archive
     * @param perClass pictures by label
     */
    record End(String digest, long[] perClass) {}

    private final TarFiles classes;
    private final Devkit kit;
    private final Map<String, byte[]> patches;
    private final Consumer<End> atEnd;
    private final long[] perClass;
    private TarFiles pictures;
    private String wnid;

    TrainEntries(TarFiles classes, Devkit kit, Map<String, byte[]> patches, long mostBytes, Consumer<End> atEnd) {
        super(classes, mostBytes);
        this.classes = classes;
        this.kit = kit;
        this.patches = patches;
        this.atEnd = atEnd;
        this.perClass = new long[kit.classes().size()];
    }

    @Override
    ImageSource.Entry advance() {
        while (pictures == null || !pictures.next()) {
            if (!classes.next()) {
                atEnd.accept(new End(classes.digest(), perClass));
                return null;
            }
            String file = classes.name().substring(classes.name().lastIndexOf('/') + 1);
            wnid = file.endsWith(".tar") ? file.substring(0, file.length() - ".tar".length()) : file;
            if (!file.endsWith(".tar") || kit.label(wnid) < 0) {
                throw new RunException("The training archive holds '" + classes.name() + "', expected WNID.tar for each"
                        + " of " + kit.classes().size() + " classes of the development kit. Take both of the same"
                        + " year.");
            }
            pictures = classes.inside();
        }
        String file = pictures.name().substring(pictures.name().lastIndexOf('/') + 1);
        if (!file.startsWith(wnid + "_")) {
            throw new RunException("The training archive holds '" + pictures.name() + "' in " + wnid + ".tar, expected "
                    + wnid + "_NUMBER.JPEG. Get the archive again from its source.");
        }
        perClass[kit.label(wnid)]++;
        return entry(pictures, wnid + "/" + file, kit.label(wnid), patches);
    }
}
