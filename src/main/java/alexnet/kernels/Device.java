package alexnet.kernels;

import java.util.Locale;

/**
 * What arrays are computed on.
 *
 * @param id number of the GPU, from 0; −1 for the CPU
 * @param name as its driver says, or the number of processors
 * @param memory in bytes
 * @param major compute capability before the point; 0 for the CPU
 * @param minor compute capability after the point
 */
public record Device(int id, String name, long memory, int major, int minor) {
    private static final int OLDEST = 37;
    private static final int NEWEST = 89;

    /** @return whether it is the CPU */
    public boolean isCpu() {
        return id < 0;
    }

    /**
     * @return whether the library's CUDA build, which holds machine code for compute capabilities 3.7 to 8.6 and nothing to
     *     make other code from, runs on it: code of 8.6 does on 8.9, none does from 9.0 on
     */
    boolean isSupported() {
        int capability = 10 * major + minor;
        return isCpu() || capability >= OLDEST && capability <= NEWEST;
    }

    String capability() {
        return major + "." + minor;
    }

    /** @return one line for a list */
    public String line() {
        String memory = String.format(Locale.ROOT, "%.1f GB of memory", this.memory / 1e9);
        return isCpu()
                ? "Device: CPU, " + name + ", " + memory
                : "Device " + id + ": " + name + ", " + memory + ", compute capability " + capability();
    }
}
