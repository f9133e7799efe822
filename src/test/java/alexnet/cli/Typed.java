package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a command that was typed said and how it ended. */
record Typed(int code, String out, String err) {
    /** Runs a command in this process, as its door does. */
    static Typed type(Object command, Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream oldOut = System.out;
        PrintStream oldErr = System.err;
        try (PrintStream newOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream newErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setOut(newOut);
            System.setErr(newErr);
            String[] words = Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
            int code = Door.run(command, words);
            newOut.flush();
            newErr.flush();
            return new Typed(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(oldOut);
            System.setErr(oldErr);
        }
    }

    /** Without a dashboard, unless the arguments name a port. */
    static Typed train(Object... args) {
        List<Object> all = new ArrayList<>(List.of(args));
        if (all.stream().noneMatch(word -> word.toString().startsWith("--ui-port"))) {
            all.addAll(List.of("--ui-port", "off"));
        }
        return type(new TrainCommand(), all.toArray());
    }

    static Typed prepare(Object... args) {
        return type(new PrepareCommand(), args);
    }

    static Typed classify(Object... args) {
        return type(new ClassifyCommand(), args);
    }

    static Typed features(Object... args) {
        return type(new FeaturesCommand(), args);
    }

    static Typed evaluate(Object... args) {
        return type(new EvaluateCommand(), args);
    }

    /** Ended well. */
    Typed well() {
        assertEquals(0, code, this::toString);
        return this;
    }

    /** Ended with this code and a sentence that has these parts, and without a stack trace. */
    Typed failed(int expected, String... parts) {
        assertEquals(expected, code, this::toString);
        for (String part : parts) {
            assertTrue(err.contains(part), () -> "Expected '" + part + "' in " + this);
        }
        assertFalse(err.contains("\tat "), this::toString);
        assertFalse(err.contains("Unexpected "), this::toString);
        return this;
    }
}
