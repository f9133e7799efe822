package alexnet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/** Waits for a person. */
final class Keyboard {
    private static final int POLL_MILLIS = 200;

    private Keyboard() {}

    /**
     * Returns at Enter, at the end of the input (there is no person), or when asked to stop.
     *
     * @return whether it was the end of the input
     */
    static boolean awaitEnter(BooleanSupplier stop) {
        InputStream in = System.in;
        boolean[] ended = {false};
        Thread reader = new Thread(() -> ended[0] = readLine(in), "keyboard"); // a read cannot be interrupted
        reader.setDaemon(true);
        reader.start();
        try {
            while (reader.isAlive() && !stop.getAsBoolean()) {
                reader.join(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !reader.isAlive() && ended[0];
    }

    private static boolean readLine(InputStream in) {
        try {
            int read;
            do {
                read = in.read();
            } while (read >= 0 && read != '\n');
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
