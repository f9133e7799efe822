package alexnet.notebooks;

import java.lang.reflect.InvocationTargetException;

/**
 * Starts the Java kernel. It listens before it knows what to answer: asked in between, the thread that was asked dies, and the
 * kernel is silent for good. So it is started on other ports first, which loads all it needs and makes that moment short; and if
 * it is hit all the same, the process ends, for Jupyter to start it anew.
 */
public final class KernelStart {
    private static final String PACKAGE = "org.rapaio.jupyter.kernel.";
    private static final String NOWHERE = """
            {"shell_port": 0, "iopub_port": 0, "stdin_port": 0, "control_port": 0, "hb_port": 0, "ip": "127.0.0.1",
             "key": "none", "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": "none"}
            """;

    private KernelStart() {}

    /**
     * @param args the file that tells the kernel where to listen
     * @throws ReflectiveOperationException if the kernel is not on the class path, or another version
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        rehearse();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            if (thread.getName().matches("(Shell|Control|Heartbeat|Stdin|IOPub)-\\d+")) {
                Runtime.getRuntime().halt(1);
            }
        });
        try {
            type("MainApp").getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void rehearse() throws ReflectiveOperationException {
        Object properties = type("core.Transform")
                .getMethod("fromJson", String.class, Class.class)
                .invoke(null, NOWHERE, type("core.ConnectionProperties"));
        Object channels = type("channels.Channels")
                .getConstructor(type("core.ConnectionProperties"))
                .newInstance(properties);
        Object kernel = type("core.RapaioKernel").getConstructor().newInstance();
        type("channels.Channels")
                .getMethod("connect", type("core.RapaioKernel"))
                .invoke(channels, kernel);
        type("channels.Channels").getMethod("close").invoke(channels);
        type("core.RapaioKernel").getMethod("onShutdown").invoke(kernel);
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name);
    }
}
