package alexnet.data.scenes;

import alexnet.config.UsageException;
import alexnet.run.AtomicFiles;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Writes a generated data set as an image folder that is either whole or absent. */
final class SceneFolder {
    private SceneFolder() {}

    /** One file to make, its name relative to the folder and with {@code /} on every system. */
    private record Item(String name, String key, int label) {}

    /**
     * @param source the pictures
     * @param threads how many pictures are drawn at a time; the bytes do not depend on it
     * @see Scenes#write
     */
    static void write(
            SceneSource source, Path folder, Scenes.Size size, long seed, Progress.Factory progress, int threads)
            throws IOException {
        check(folder, size);
        Path target = folder.toAbsolutePath().normalize();
        Path part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            List<Item> items = plan(source.classes(), size, part);
            try (Progress bar = progress.start("scenes", items.size(), "img")) {
                draw(source, items, part, seed, bar, threads);
            }
            check(folder, size); // another program may have made it meanwhile
            AtomicFiles.move(part, target);
        } catch (IOException | RuntimeException | Error e) {
            remove(part, e);
            throw e;
        }
    }

    private static void check(Path folder, Scenes.Size size) {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException("Folder " + folder + " exists already, expected a name not taken. "
                    + "Remove it or choose another folder.");
        }
        if (Math.min(size.train(), Math.min(size.val(), size.test())) < 0) {
            throw new UsageException("Pictures per class are " + size.train() + ", " + size.val() + " and "
                    + size.test() + ", expected none below 0. Give three sizes of 0 or more.");
        }
    }

    private static List<Item> plan(List<String> classes, Scenes.Size size, Path part) throws IOException {
        List<Item> items = new ArrayList<>();
        String[] splits = {"train", "val", "test"};
        int[] counts = {size.train(), size.val(), size.test()};
        for (int split = 0; split < splits.length; split++) {
            for (int label = 0; label < classes.size(); label++) {
                String place = splits[split] + "/" + classes.get(label) + "/";
                makeFolder(part.resolve(place));
                for (int number = 0; number < counts[split]; number++) {
                    String name = place + String.format(Locale.ROOT, "%05d.jpg", number);
                    items.add(new Item(name, place + number, label));
                }
            }
        }
        return items;
    }

    private static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException(
                    "Folder " + folder + " for the scenes cannot be made: " + e
                            + ". Choose a folder that can be written.",
                    e);
        }
    }

    private static void draw(SceneSource source, List<Item> items, Path part, long seed, Progress bar, int threads)
            throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            ExecutorCompletionService<Void> workers = new ExecutorCompletionService<>(pool);
            AtomicInteger next = new AtomicInteger();
            for (int i = 0; i < threads; i++) {
                workers.submit(() -> {
                    work(source, items, next, part, seed, bar);
                    return null;
                });
            }
            for (int i = 0; i < threads; i++) {
                workers.take().get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("Drawing the scenes was interrupted.").initCause(e);
        } catch (ExecutionException e) {
            throw asThrown(e);
        } finally {
            stop(pool);
        }
    }

    private static void work(
            SceneSource source, List<Item> items, AtomicInteger next, Path part, long seed, Progress bar)
            throws IOException {
        for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
            if (Thread.currentThread().isInterrupted()) {
                return; // another worker failed, and its failure is the one to report
            }
            Item item = items.get(i);
            try {
                Files.write(part.resolve(item.name), source.jpeg(item.label, Dice.of(seed, item.key)));
            } catch (IOException e) {
                throw new IOException("Scene " + item.name + " cannot be written: " + e + ". Check the disk.", e);
            } catch (RuntimeException e) {
                throw new RunException("Scene " + item.name + " with seed " + seed + " cannot be drawn: " + e, e);
            }
            bar.advance(1);
        }
    }

    private static IOException asThrown(ExecutionException failure) {
        if (failure.getCause() instanceof IOException cause) {
            return cause;
        }
        if (failure.getCause() instanceof RuntimeException cause) {
            throw cause;
        }
        if (failure.getCause() instanceof Error cause) {
            throw cause;
        }
        throw new RunException("Drawing the scenes failed: " + failure.getCause(), failure.getCause());
    }

    /** Ends the workers and waits, so that none writes into a folder being removed. */
    private static void stop(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Path part, Throwable reason) {
        if (!Files.exists(part)) {
            return;
        }
        try (Stream<Path> files = Files.walk(part)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            reason.addSuppressed(e);
        }
    }
}
