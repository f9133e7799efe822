package alexnet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where a result comes from: program, data, seed and machine.
 *
 * @param program version of this project
 * @param commit the commit it was built from, {@code unknown} outside a checkout
 * @param uncommittedChanges whether the checkout held changes that are not in the commit
 * @param started when, in UTC
 * @param recipe the recipe's name
 * @param seed the run's seed
 * @param data digest of the prepared data
 * @param libraries versions of what computed it
 * @param machine Java, system, processors and backend
 * @param initial the model whose weights it began with, by digests, and which layers they are; absent if all were drawn
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Provenance(
        String program,
        String commit,
        boolean uncommittedChanges,
        String started,
        String recipe,
        long seed,
        String data,
        Map<String, String> libraries,
        Map<String, String> machine,
        Map<String, String> initial) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LIBRARY = "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";

    /**
     * @param recipe the recipe's name
     * @param seed the run's seed
     * @param data digest of the prepared data
     * @param backend name of the array backend
     * @return the provenance of a run that starts now
     */
    public static Provenance now(String recipe, long seed, String data, String backend) {
        Properties build = properties("git.properties");
        Map<String, String> libraries = new LinkedHashMap<>();
        libraries.put("deeplearning4j", properties(LIBRARY).getProperty("version", "unknown"));
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("java", System.getProperty("java.version"));
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        machine.put("backend", backend);
        return new Provenance(
                build.getProperty("git.build.version", "unknown"),
                build.getProperty("git.commit.id.full", "unknown"),
                Boolean.parseBoolean(build.getProperty("git.dirty", "false")),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                recipe,
                seed,
                data,
                libraries,
                machine,
                null);
    }

    /**
     * @param name of a property of the machine, or of how it is used
     * @param value of it
     * @return the same with that beside the others
     */
    public Provenance on(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(machine);
        more.put(name, value);
        return new Provenance(
                program, commit, uncommittedChanges, started, recipe, seed, data, libraries, more, initial);
    }

    /**
     * @param origin of the weights that the run begins with; null: they are drawn
     * @return the same with that
     */
    public Provenance from(Map<String, String> origin) {
        return new Provenance(
                program, commit, uncommittedChanges, started, recipe, seed, data, libraries, machine, origin);
    }

    /** @return what may be another when a run is gone on with: commit, time, libraries and machine, by name */
    public Map<String, Object> sitting() {
        Map<String, Object> sitting = new LinkedHashMap<>();
        sitting.put("commit", commit);
        sitting.put("uncommittedChanges", uncommittedChanges);
        sitting.put("started", started);
        sitting.put("libraries", libraries);
        sitting.put("machine", machine);
        return sitting;
    }

    /** @return it as indented JSON */
    public String toJson() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Properties properties(String resource) {
        Properties properties = new Properties();
        try (InputStream in = Provenance.class.getResourceAsStream(resource)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new IllegalStateException(resource + " of this build cannot be read", e);
        }
        return properties;
    }
}
