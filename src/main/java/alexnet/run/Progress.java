package alexnet.run;

/**
 * Where long work says how far it is. Implementations draw a bar or write lines; they are safe to call from several
 * threads.
 */
public interface Progress extends AutoCloseable {
    /** Starts the display of one task. */
    @FunctionalInterface
    interface Factory {
        /**
         * @param task a word or two, such as {@code "prepare"}
         * @param total the number of units in the whole task
         * @param unit the unit counted, such as {@code "img"}
         * @return the display, to be closed when the task ends
         */
        Progress start(String task, long total, String unit);
    }

    /** Shows nothing. */
    Factory SILENT = (task, total, unit) -> new Progress() {
        @Override
        public void advance(long units) {}

        @Override
        public void message(String text) {}

        @Override
        public void close() {}
    };

    /** @param units how many more are done */
    void advance(long units);

    /** @param text what else to show beside the bar, replacing the text shown before */
    void message(String text);

    @Override
    void close();
}
