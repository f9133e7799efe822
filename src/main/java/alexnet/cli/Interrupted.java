package alexnet.cli;

import alexnet.run.RunException;

/** The user ended the work with Ctrl-C; the command ends with exit code 130. */
final class Interrupted extends RunException {
    private static final long serialVersionUID = 1L;

    Interrupted(String message) {
        super(message);
    }
}
