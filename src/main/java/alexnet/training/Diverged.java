package alexnet.training;

import alexnet.run.RunException;

/** The loss of a step, or a parameter, is no longer a finite number. */
public final class Diverged extends RunException {
    private static final long serialVersionUID = 1L;

    /** @param message what, found and expected; the next step depends on the checkpoints and is added by the caller */
    Diverged(String message) {
        super(message);
    }
}
