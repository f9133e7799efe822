package alexnet.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * One who is measured.
 *
 * @param name as tables show it
 * @param program what computes
 * @param setting how
 * @param mainClass of a JVM of its own, given the files of the request and of the result
 * @param classPath of that JVM
 */
public record Contender(String name, Request.Program program, String setting, String mainClass, List<Path> classPath) {
    private static final String LIBRARIES =
            "(javacpp|openblas|dnnl|opencv|pytorch|nd4j-native|deeplearning4j-nn|datavec-data-image)-\\d.*";

    /** Keeps its own copy. */
    public Contender {
        classPath = List.copyOf(classPath);
    }

    /** The same in another setting. */
    Contender in(String otherName, String otherSetting) {
        return new Contender(otherName, program, otherSetting, mainClass, classPath);
    }

    /** The jars that decide its speed, by name and version. */
    List<String> libraries() {
        return classPath.stream()
                .map(jar -> jar.getFileName().toString())
                .filter(jar -> jar.matches(LIBRARIES))
                .sorted()
                .toList();
    }
}
