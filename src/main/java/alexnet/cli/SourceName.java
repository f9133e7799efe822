package alexnet.cli;

import alexnet.config.UsageException;
import alexnet.data.FolderSource;
import alexnet.data.ImageSource;
import alexnet.data.archive.CifarSource;
import alexnet.data.archive.ClassTarSource;
import alexnet.data.archive.Download;
import alexnet.data.archive.Downloads;
import alexnet.data.archive.IlsvrcSource;
import alexnet.run.Progress;
import java.net.URI;
import java.nio.file.Path;

/**
 * What {@code --source} names: a kind, and where it lies.
 *
 * @param kind such as {@code folder}
 * @param place what stands behind the colon; empty if nothing does
 */
record SourceName(String kind, String place) {
    static final String KINDS = "ilsvrc2012:DIR, ilsvrc2010:DIR, cifar10:DIR, imagenette:DIR, archive:FILE, folder:DIR"
            + " or scenes[:N], N at most 9999999";

    /** @throws UsageException if it is none of {@link #KINDS} */
    static SourceName of(String typed) {
        boolean known = typed.matches("(ilsvrc2012|ilsvrc2010|cifar10|imagenette|archive|folder):.+")
                || typed.matches("scenes(:\\d{1,7})?");
        if (!known) {
            throw new UsageException("Source is '" + typed + "', expected " + KINDS + ". Correct --source.");
        }
        int colon = typed.indexOf(':');
        return colon < 0
                ? new SourceName(typed, "")
                : new SourceName(typed.substring(0, colon), typed.substring(colon + 1));
    }

    boolean isScenes() {
        return kind.equals("scenes");
    }

    /** Fetches the archive that the source needs. */
    void download(URI mirror, Progress.Factory progress) {
        Downloads.Published wanted = switch (kind) {
            case "cifar10" -> Downloads.CIFAR_10;
            case "imagenette" -> Downloads.IMAGENETTE;
            default ->
                throw new UsageException("Option --download was given with " + kind
                        + ", expected with cifar10 or imagenette: the others are not free to fetch. See"
                        + " data-prep/README.md for where they come from.");
        };
        Download.run(wanted, mirror, Path.of(place), progress);
    }

    /**
     * @param heldOut part of train that becomes val where there is none
     * @param seed chooses what is held out
     * @param partial whether archives and pictures may be missing
     */
    ImageSource open(double heldOut, long seed, boolean partial) {
        Path path = Path.of(place);
        return switch (kind) {
            case "ilsvrc2012" -> IlsvrcSource.open(2012, path, partial);
            case "ilsvrc2010" -> IlsvrcSource.open(2010, path, partial);
            case "cifar10" -> CifarSource.open(path, heldOut, seed);
            case "imagenette" -> ClassTarSource.imagenette(path);
            case "archive" -> ClassTarSource.open(path);
            default -> FolderSource.open(path, heldOut, seed);
        };
    }
}
