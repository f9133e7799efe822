package alexnet.training.parallel;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits that end although the thread waited for died without a word, as it may when memory runs out. */
final class Waiting {
    private Waiting() {}

    /**
     * @param <T> what is waited for
     * @param future completed by another thread
     * @param dead whether that thread is no more
     * @return its result
     * @throws Failed with what the future was completed with, or without a cause if the thread died
     */
    static <T> T on(Future<T> future, BooleanSupplier dead) {
        while (true) {
            boolean lost = dead.getAsBoolean() && !future.isDone(); // in this order: the last act may be the completion
            try {
                return future.get(lost ? 0 : 1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                if (lost) {
                    throw new Failed(new IllegalStateException("The thread has died.", e));
                }
            } catch (ExecutionException e) {
                throw new Failed(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failed(e);
            }
        }
    }

    /** What was waited for did not come; the cause says why. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(Throwable cause) {
            super(cause);
        }
    }
}
