package alexnet.cli;

import alexnet.run.Provenance;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        Provenance build = Provenance.now("", 0, "", "");
        return new String[] {"alexnet " + build.program() + " (" + build.commit() + ")"};
    }
}
