package alexnet.run;

/**
 * Something went wrong while running; the command ends with exit code 1.
 *
 * <p>The message says what, found, expected and the next step.
 */
public class RunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what, found, expected and the next step, as the user will read it */
    public RunException(String message) {
        super(message);
    }

    /**
     * @param message what, found, expected and the next step, as the user will read it
     * @param cause what was caught
     */
    public RunException(String message, Throwable cause) {
        super(message, cause);
    }
}
