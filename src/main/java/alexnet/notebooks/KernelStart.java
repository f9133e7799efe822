package alexnet.notebooks;

import java.lang.reflect.InvocationTargetException;
import java.util.List;

/**
 * Starts the Java kernel. It listens before it knows what to answer: asked in between, the thread that was asked dies, and the
 * kernel is silent for good. So that moment is made short, and if it is hit, the process ends, for Jupyter to start it anew.
 */
public final class KernelStart {
    private static final String KERNEL = "org.rapaio.jupyter.kernel.";

    /** What the kernel loads while it listens already. */
    private static final List<String> NEEDED = List.of(
            "core.Transform",
            "core.RapaioKernel",
            "channels.Channels",
            "channels.IOPubChannel",
            "message.HMACDigest",
            "message.Header",
            "message.Message",
            "message.MessageType",
            "message.messages.IOPubStatus");

    private KernelStart() {}

    /**
     * @param args the file that tells the kernel where to listen
     * @throws ReflectiveOperationException if the kernel is not on the class path, or another version
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            if (thread.getName().matches("(Shell|Control|Heartbeat|Stdin|IOPub)-\\d+")) {
                Runtime.getRuntime().halt(1);
            }
        });
        for (String name : NEEDED) {
            Class.forName(KERNEL + name);
        }
        try {
            Class.forName(KERNEL + "MainApp").getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
