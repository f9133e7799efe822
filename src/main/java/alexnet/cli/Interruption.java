package alexnet.cli;

import alexnet.run.Progress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C while it is open: the work is asked to stop, and the JVM's end waits for it to close. */
final class Interruption implements AutoCloseable {
    /** What a shell reports for a program that Ctrl-C ended. */
    static final int EXIT_CODE = 130;

    private static final int LONGEST_WAIT_SECONDS = 120;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "interruption");
    private volatile boolean asked;

    /** Work that ends in order when it is interrupted. */
    @FunctionalInterface
    interface Work {
        /**
         * @param interruption asked now and then
         * @return the exit code
         * @throws Exception what went wrong
         */
        int run(Interruption interruption) throws Exception;
    }

    private Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * @param work may throw {@link Interrupted}, whose message is then the last line
     * @return the work's exit code, or 130
     */
    static int guard(Work work) throws Exception {
        try (Interruption interruption = new Interruption()) {
            try {
                return work.run(interruption);
            } catch (Interrupted e) { // said here: once this is closed, the JVM may be gone
                System.err.println(e.getMessage());
                return EXIT_CODE;
            }
        }
    }

    /** Whether the user wants the work to stop. */
    boolean asked() {
        return asked;
    }

    /** The same display, whose next step after Ctrl-C throws {@link Interrupted}: for work that cleans up after itself. */
    Progress.Factory stopping(Progress.Factory shown, String message) {
        return (task, total, unit) -> {
            Progress progress = shown.start(task, total, unit);
            return new Progress() {
                @Override
                public void advance(long units) {
                    if (asked) {
                        throw new Interrupted(message);
                    }
                    progress.advance(units);
                }

                @Override
                public void message(String text) {
                    progress.message(text);
                }

                @Override
                public void close() {
                    progress.close();
                }
            };
        };
    }

    private void stop() {
        asked = true;
        try {
            if (!closed.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The step in progress did not end in time; the last checkpoint is whole.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is ending, and the hook has been waiting for this
            asked = true;
        }
    }
}
