package alexnet.dashboard;

import java.io.IOException;

final class RunReport {
    private RunReport() {}

    static void write(RunFiles files) throws IOException {}
}
