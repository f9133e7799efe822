package alexnet.cli;

import alexnet.config.Recipe;
import alexnet.config.UsageException;
import alexnet.kernels.Device;
import alexnet.kernels.Devices;
import alexnet.training.SingleTrainer;
import alexnet.training.Trainer;
import alexnet.training.parallel.ParallelTrainer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How many copies of the network share each batch. */
final class Replicas {
    private Replicas() {}

    /**
     * Lists the devices.
     *
     * @param asked what the user wants; null: one for each device
     * @param recipe whose batch is shared
     * @param out where the devices are listed
     * @return how many
     * @throws UsageException if a replica would have no picture
     */
    static int choose(Integer asked, Recipe recipe, PrintStream out) {
        int batch = recipe.training().batch();
        if (asked != null && (asked < 1 || asked > batch)) {
            throw new UsageException("Option --replicas is " + asked + ", expected 1 to " + batch
                    + ": the replicas share each batch of " + batch + " pictures. Correct it, or raise --batch.");
        }
        List<Device> devices = devices();
        devices.forEach(device -> out.println(device.line()));
        int replicas = asked != null ? asked : Math.min(devices.size(), batch);
        if (replicas > 1) {
            out.println(replicas + " replicas share each batch of " + batch + " pictures");
        }
        return replicas;
    }

    /** The library prints the trace of what says that there is no GPU, which is said here in a sentence. */
    private static List<Device> devices() {
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            List<Device> devices = Devices.list();
            err.print(printed.toString(StandardCharsets.UTF_8));
            return devices;
        } finally {
            System.setErr(err);
        }
    }

    /**
     * @param replicas 1 or more
     * @return what trains with so many
     */
    static Trainer.Factory trainer(int replicas) {
        return replicas == 1
                ? SingleTrainer::new
                : (graph, precision) -> new ParallelTrainer(graph, replicas, precision);
    }
}
