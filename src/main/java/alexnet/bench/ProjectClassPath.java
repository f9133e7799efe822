package alexnet.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Command lines for JVMs of their own. */
public final class ProjectClassPath {
    private static final String JAVACPP = "org.bytedeco.javacpp.";

    private ProjectClassPath() {}

    /** @return what this program itself runs with: in Maven's JVM a loader's, elsewhere the JVM's */
    public static List<Path> own() {
        if (ProjectClassPath.class.getClassLoader() instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs()).map(ProjectClassPath::path).toList();
        }
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    /** @return the words that start a JVM like this one, with its limits of memory, up to the class path */
    public static List<String> jvm() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + Runtime.getRuntime().maxMemory(),
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true",
                "-D" + JAVACPP + "maxbytes=" + System.getProperty(JAVACPP + "maxbytes", "4g"),
                "-D" + JAVACPP + "maxphysicalbytes=" + System.getProperty(JAVACPP + "maxphysicalbytes", "0"));
    }

    /** The jars of a folder, in alphabetical order; none if there is no such folder. */
    static List<Path> jars(Path folder) {
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
                found.forEach(jars::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        jars.sort(null);
        return jars;
    }

    /** A class path in which jars of the same artifact are others, such as natives of another kind. */
    static List<Path> replacing(List<Path> path, List<Path> jars) {
        List<String> artifacts = jars.stream().map(ProjectClassPath::artifact).toList();
        List<Path> result = new ArrayList<>(jars);
        path.stream().filter(jar -> !artifacts.contains(artifact(jar))).forEach(result::add);
        return result;
    }

    /**
     * @param path folders and jars
     * @return them as the JVM's option wants them, absolute
     */
    public static String text(List<Path> path) {
        return String.join(
                File.pathSeparator,
                path.stream().map(entry -> entry.toAbsolutePath().toString()).toList());
    }

    /** The name before the version. */
    private static String artifact(Path jar) {
        return jar.getFileName().toString().replaceFirst("-\\d.*", "");
    }

    private static Path path(URL url) {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(url.toString(), e);
        }
    }
}
