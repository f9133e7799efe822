package alexnet.cli;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;

/** The system's Chromium, without a window. It notes what went wrong and what was asked of whom. */
final class Browser implements AutoCloseable {
    private static final int LONGEST_MILLIS = 90_000;
    private static final Pattern REQUEST =
            Pattern.compile("\"method\":\"Network\\.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"([^\"]*)\"");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** It says that it does not know so new a Chromium; nothing here depends on that. */
    private static final Logger VERSIONS = Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

    private final ChromeDriver driver;
    private final List<String> asked = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts it; fails with the command that installs it where it is absent. */
    static Browser start() {
        VERSIONS.setLevel(Level.OFF);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(
                installed("chromium", "chromium-browser", "google-chrome").toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // of no use to root, whom CI is
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--host-resolver-rules=MAP evil.example 127.0.0.1");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable("browser", Level.ALL);
        logs.enable("performance", Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        return new Browser(new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(installed("chromedriver").toFile())
                        .usingAnyFreePort()
                        .build(),
                options));
    }

    private static Path installed(String... names) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> fail("The tests of the profile browser need " + String.join(" or ", names)
                        + ", found none in the PATH. On Debian: apt-get install chromium chromium-driver."));
    }

    /** Opens a page and waits until a condition in JavaScript holds on it. */
    Browser open(String address, String condition) {
        driver.get(address);
        return until(condition);
    }

    Browser until(String condition) {
        long end = System.currentTimeMillis() + LONGEST_MILLIS;
        while (!Boolean.TRUE.equals(run("return Boolean(" + condition + ")"))) {
            if (System.currentTimeMillis() > end) {
                fail("Never came true on " + driver.getCurrentUrl() + ": " + condition + "; the page says: "
                        + run("return document.body.innerText") + "; " + faults());
            }
            pause();
        }
        return this;
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs JavaScript; null while a page is just being replaced. */
    Object run(String script, Object... arguments) {
        try {
            return driver.executeScript(script, arguments);
        } catch (WebDriverException e) {
            if (e.getMessage() != null && e.getMessage().contains("Cannot read properties")) {
                return null; // not yet there
            }
            throw e;
        }
    }

    String text(String script) {
        return String.valueOf(run("return " + script));
    }

    /** A key press as from a keyboard. */
    void press(String key) {
        int code = Map.of("Tab", 9, "Enter", 13, "ArrowLeft", 37, "ArrowRight", 39, "Escape", 27, "End", 35)
                .get(key);
        for (String type : List.of("rawKeyDown", "keyUp")) {
            driver.executeCdpCommand(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
        }
    }

    /** Sets width in pixels and colour scheme of everything shown from now on. */
    Browser look(int width, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    /** The whole page as a picture among the build's output. */
    void screenshot(String name) throws IOException {
        long height = (Long) run("return Math.min(6000, document.documentElement.scrollHeight)");
        long width = (Long) run("return window.innerWidth");
        Map<String, Object> picture = driver.executeCdpCommand(
                "Page.captureScreenshot",
                Map.of(
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode((String) picture.get("data")));
    }

    /** What the console complained of since the start, scripts' errors, refused files and policies alike. */
    List<String> faults() {
        for (LogEntry entry : driver.manage().logs().get("browser")) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                faults.add(entry.getLevel() + " " + entry.getMessage());
            }
        }
        return List.copyOf(faults);
    }

    /** Every address asked for since the start. */
    List<String> asked() {
        for (LogEntry entry : driver.manage().logs().get("performance")) {
            Matcher request = REQUEST.matcher(entry.getMessage());
            if (request.find()) {
                asked.add(request.group(1));
            }
        }
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
