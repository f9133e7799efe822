package alexnet.kernels;

import alexnet.run.RunException;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4jBackend;
import org.nd4j.linalg.factory.Nd4jBackend.NoAvailableBackendException;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The devices of the backend that this program was built with. */
public final class Devices {
    private Devices() {}

    /**
     * Asks before any array is made, since a GPU without code for it fails in ways that explain nothing.
     *
     * @return the CPU, or the GPUs, at least one
     * @throws RunException if the backend is for GPUs and there is none, or one that it has no code for
     */
    public static List<Device> list() {
        requireOne(ServiceLoader.load(Nd4jBackend.class).stream()
                .<BooleanSupplier>map(backend -> backend.get()::isAvailable)
                .toList());
        try {
            Nd4jBackend.load(); // the native operations come from it
        } catch (NoAvailableBackendException e) {
            throw new RunException(noGpu("none can run"), e);
        }
        NativeOps ops = NativeOpsHolder.getInstance().getDeviceNativeOps();
        int gpus = ops.getAvailableDevices();
        List<Device> devices = gpus == 0
                ? List.of(cpu())
                : IntStream.range(0, gpus).mapToObj(id -> gpu(ops, id)).toList();
        return checked(devices);
    }

    /** Throws unless a backend can run here; what one throws instead of an answer says why it cannot. */
    static void requireOne(List<BooleanSupplier> backends) {
        String why = "no device";
        for (BooleanSupplier available : backends) {
            try {
                if (available.getAsBoolean()) {
                    return;
                }
            } catch (RuntimeException | LinkageError e) {
                why = e.getMessage();
            }
        }
        throw new RunException(noGpu(why));
    }

    /**
     * @param failure what a command ended with
     * @return whether it is the library's way to say that no backend can run here
     */
    public static boolean areMissing(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof NoAvailableBackendException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    /**
     * @param why as the library says
     * @return what to tell the user when there is no device for this build
     */
    public static String noGpu(String why) {
        return "No GPU was found (" + why
                + "), expected one with an NVIDIA driver for CUDA 11.6 or later: this program was built with"
                + " -Pcuda. Check that nvidia-smi lists it, or leave -Pcuda out to compute on the CPU.";
    }

    static List<Device> checked(List<Device> devices) {
        for (Device device : devices) {
            if (!device.isSupported()) {
                throw new RunException("Device " + device.id() + " (" + device.name() + ") has compute capability "
                        + device.capability() + ", expected 3.7 to 8.9: the library's CUDA build holds no code for it."
                        + " Choose others with the environment variable CUDA_VISIBLE_DEVICES, or leave -Pcuda out to"
                        + " compute on the CPU.");
            }
        }
        return devices;
    }

    private static Device cpu() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Device(
                -1, Runtime.getRuntime().availableProcessors() + " processors", system.getTotalMemorySize(), 0, 0);
    }

    private static Device gpu(NativeOps ops, int id) {
        return new Device(
                id,
                ops.getDeviceName(id),
                ops.getDeviceTotalMemory(id),
                ops.getDeviceMajor(id),
                ops.getDeviceMinor(id));
    }
}
