package alexnet.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedComparisonTest {
    @Test
    void meansDifferenceAndIntervalAreWelchs(@TempDir Path folder) throws IOException {
        double[] a = {0.30, 0.31, 0.32};
        double[] b = {0.30, 0.33, 0.36};
        for (int seed = 0; seed < 3; seed++) {
            run(folder, "bf16-" + seed, a[seed]);
            run(folder, "fp32-" + seed, b[seed]);
        }
        // By hand: variances 1e-4 and 9e-4, so 2.4390 degrees of freedom, t = 3.6394, standard error 0.018257.
        assertEquals("""
                | setting | seeds | mean test top-1 error | each |
                |---|---|---|---|
                | bf16 | 3 | 31.00 % | 30.00 %, 31.00 %, 32.00 % |
                | fp32 | 3 | 33.00 % | 30.00 %, 33.00 %, 36.00 % |

                bf16 less fp32: -2.00 points, 95 % interval -8.64 to +4.64.
                """, SeedComparison.of(folder));
    }

    @Test
    void thePageOfResultsShowsWhatTheProgramMakesOfTheRuns() throws IOException {
        String page = Files.readString(Path.of("results/README.md"));
        String shown = page.substring(
                page.indexOf("<!-- precision -->\n") + "<!-- precision -->\n".length(),
                page.indexOf("<!-- /precision -->"));
        assertEquals(SeedComparison.of(Path.of("results/cifar10-precision")), shown);
    }

    @Test
    void oneSettingAloneOrOneSeedIsRefused(@TempDir Path folder) throws IOException {
        run(folder, "fp32-1", 0.3);
        run(folder, "fp32-2", 0.3);
        run(folder, "bf16-1", 0.3);
        String message = assertThrows(UsageException.class, () -> SeedComparison.of(folder))
                .getMessage();
        assertTrue(message.contains("expected two settings with two seeds or more each"), message);
    }

    private static void run(Path folder, String name, double error) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        Files.writeString(run.resolve("evaluation-test-1.json"), "{\"top1Error\":" + error + "}");
    }
}
