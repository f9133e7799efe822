package alexnet.data;

import alexnet.config.UsageException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures in files of their own that are not sorted into class folders.
 *
 * @param classes the names that label them, in the order in which they first appear; empty if none has a label
 * @param pictures in the order of the list, each label an index into {@code classes}, −1 if there is none
 */
public record PictureList(List<String> classes, List<ImageSource.Entry> pictures) {
    /**
     * Reads a list file: a line for each picture, its path relative to the list's folder and its label, with a tab
     * between, or with a blank if the path has none. Without labels, each line is a path. Empty lines are passed over.
     *
     * @param list the file, in UTF-8
     * @return its pictures; none has been read, and one that is not there is noticed when it is
     * @throws UsageException if the file cannot be read, is empty, or labels some of its pictures only
     */
    public static PictureList ofFile(Path list) {
        Map<String, Integer> classes = new LinkedHashMap<>();
        List<ImageSource.Entry> pictures = new ArrayList<>();
        Path folder = list.toAbsolutePath().getParent();
        int number = 0;
        for (String line : lines(list)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] parts = parts(line.strip(), folder);
            if (!pictures.isEmpty() && parts.length == 2 == classes.isEmpty()) {
                throw new UsageException("Line " + number + " of " + list + " has " + (parts.length == 2 ? "a" : "no")
                        + " label, those before it have " + (classes.isEmpty() ? "none" : "one")
                        + ", expected labels for all pictures or for none. Correct it.");
            }
            if (parts.length == 2) {
                classes.putIfAbsent(parts[1], classes.size());
            }
            Path file = folder.resolve(parts[0]);
            int label = parts.length == 2 ? classes.get(parts[1]) : -1;
            pictures.add(new ImageSource.Entry(parts[0], label, most -> FolderSource.read(file, most)));
        }
        if (pictures.isEmpty()) {
            throw new UsageException(
                    "The list " + list + " names no picture, expected a path and a label a line. Fill it.");
        }
        return new PictureList(List.copyOf(classes.keySet()), List.copyOf(pictures));
    }

    private static List<String> lines(Path list) {
        if (!Files.isRegularFile(list)) {
            throw new UsageException("There is no list " + list
                    + ", expected a text file with a path and a label a line." + " Correct the path.");
        }
        try {
            return Files.readAllLines(list);
        } catch (CharacterCodingException e) {
            throw new UsageException(
                    "The list " + list + " is no text in UTF-8, expected a path and a label a line. Convert it.", e);
        } catch (IOException e) {
            throw new UsageException(
                    "The list " + list + " cannot be read (" + e + "), expected a text file. Correct the path.", e);
        }
    }

    private static String[] parts(String line, Path folder) {
        int tab = line.indexOf('\t');
        int at = tab >= 0 ? tab : line.indexOf(' ');
        if (at < 0 || tab < 0 && Files.isRegularFile(folder.resolve(line))) {
            return new String[] {line};
        }
        return new String[] {
            line.substring(0, at).strip(), line.substring(at + 1).strip()
        };
    }

    /**
     * @param folder a folder with pictures and no class folders
     * @return its pictures in the order of names, without labels
     * @throws UsageException if it cannot be read or holds no picture
     */
    public static PictureList ofFolder(Path folder) {
        List<ImageSource.Entry> pictures = new ArrayList<>();
        for (Path path : FolderSource.list(folder)) {
            String file = path.getFileName().toString();
            if (FolderSource.isPicture(file)) {
                pictures.add(new ImageSource.Entry(file, -1, most -> FolderSource.read(path, most)));
            }
        }
        if (pictures.isEmpty()) {
            throw new UsageException(
                    "The folder " + folder + " holds neither pictures nor folders of pictures, expected"
                            + " one sub-folder for each class, or pictures without labels. Correct the path.");
        }
        return new PictureList(List.of(), List.copyOf(pictures));
    }
}
