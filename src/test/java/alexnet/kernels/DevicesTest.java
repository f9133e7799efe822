package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.run.RunException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4jBackend.NoAvailableBackendException;

class DevicesTest {
    private static final long MEMORY = 16_000_000_000L;

    private static Device gpu(String capability) {
        String[] parts = capability.split("\\.");
        return new Device(1, "GPU", MEMORY, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    @Test
    void onACpuTheListHasTheCpu() {
        List<Device> devices = Devices.list();
        assertEquals(1, devices.size());
        assertTrue(devices.get(0).isCpu());
        String line = devices.get(0).line();
        assertTrue(line.matches("Device: CPU, \\d+ processors, \\d+\\.\\d GB of memory"), line);
    }

    @Test
    void aGpuIsListedWithMemoryAndComputeCapability() {
        assertEquals(
                "Device 1: GPU, 16.0 GB of memory, compute capability 8.6",
                gpu("8.6").line());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.7", "5.0", "7.5", "8.0", "8.6", "8.9"})
    void aGpuThatTheBuildHasCodeForIsTaken(String capability) {
        assertEquals(1, Devices.checked(List.of(gpu(capability))).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.0", "3.5", "9.0", "10.0", "12.0"})
    void anotherGpuIsRefusedWithWhatToDoInstead(String capability) {
        RunException refusal =
                assertThrows(RunException.class, () -> Devices.checked(List.of(gpu("8.0"), gpu(capability))));
        assertTrue(
                refusal.getMessage().startsWith("Device 1 (GPU) has compute capability " + capability),
                refusal::toString);
        assertTrue(refusal.getMessage().contains("expected 3.7 to 8.9"), refusal::toString);
        assertTrue(refusal.getMessage().contains("CUDA_VISIBLE_DEVICES"), refusal::toString);
        assertTrue(refusal.getMessage().contains("leave -Pcuda out"), refusal::toString);
    }

    @Test
    void noBackendThatCanRunIsAnErrorThatSaysWhy() {
        RunException none = assertThrows(
                RunException.class,
                () -> Devices.requireOne(List.of(() -> false, () -> {
                    throw new UnsatisfiedLinkError("libcuda.so.1 is not there");
                })));
        assertTrue(none.getMessage().startsWith("No GPU was found (libcuda.so.1 is not there)"), none::toString);
        Devices.requireOne(List.of(() -> false, () -> true));
    }

    @Test
    void theLibrarysOwnWayToSaySoIsRecognised() {
        Throwable thrown =
                new ExceptionInInitializerError(new RuntimeException(new NoAvailableBackendException("none")));
        assertTrue(Devices.areMissing(thrown));
        assertFalse(Devices.areMissing(new ExceptionInInitializerError("another")));
    }
}
