package alexnet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The largest resident memory that this process ever had. */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String KEY = "VmHWM:";

    private PeakMemory() {}

    /** @return bytes; null where the system does not tell */
    static Long bytes() {
        try {
            if (!Files.isReadable(STATUS)) {
                return null;
            }
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(KEY))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null; // not told, and said so in the report
        }
    }
}
