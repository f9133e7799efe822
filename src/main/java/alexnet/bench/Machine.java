package alexnet.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What it was measured on.
 *
 * @param processor its name
 * @param vectors those of {@link #WATCHED} that the processor has
 * @param cores processors that the system offers
 * @param memoryBytes of the machine
 * @param system name, version and architecture
 * @param java version of the JVM
 * @param load mean number of running tasks over the minute before the first turn; negative if unknown
 */
public record Machine(
        String processor, Set<String> vectors, int cores, long memoryBytes, String system, String java, double load) {
    /** Vector and matrix instructions that decide how fast a network can be. */
    public static final List<String> WATCHED = List.of(
            "avx2", "avx512f", "avx512_vnni", "avx512_bf16", "avx512_fp16", "amx_tile", "amx_bf16", "asimd", "bf16");

    private static final List<String> BF16 = List.of("avx512_bf16", "amx_bf16", "bf16");
    private static final Path CPU = Path.of("/proc/cpuinfo");

    /** @return this machine, now */
    public static Machine here() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        List<String> lines = cpuLines();
        Set<String> flags = new LinkedHashSet<>(Arrays.asList(
                value(lines, "flags", value(lines, "Features", "")).split("\\s+")));
        flags.retainAll(WATCHED);
        return new Machine(
                value(lines, "model name", System.getProperty("os.arch")),
                flags,
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize(),
                system.getName() + " " + system.getVersion() + " " + system.getArch(),
                System.getProperty("java.version"),
                system.getSystemLoadAverage());
    }

    /** @return whether it multiplies bf16 numbers in hardware */
    public boolean hasBf16() {
        return vectors.stream().anyMatch(BF16::contains);
    }

    private static List<String> cpuLines() {
        try {
            return Files.isReadable(CPU) ? Files.readAllLines(CPU) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String value(List<String> lines, String key, String absent) {
        return lines.stream()
                .filter(line -> line.startsWith(key + "\t") || line.startsWith(key + ":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(absent);
    }
}
