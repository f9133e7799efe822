package alexnet.training.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Threads that keep every processor busy, so that others start late and in any order. */
final class Load {
    private volatile boolean ended;
    private volatile long sink;

    private Load() {}

    /** Does something under load. */
    static <T> T during(Callable<T> work) throws Exception {
        Load load = new Load();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            threads.add(new Thread(load::spin, "load-" + i));
        }
        threads.forEach(Thread::start);
        try {
            return work.call();
        } finally {
            load.ended = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private void spin() {
        long x = 1;
        while (!ended) {
            for (int i = 0; i < 10_000; i++) {
                x = x * 6364136223846793005L + 1442695040888963407L;
            }
            sink = x;
        }
    }
}
