package alexnet.config;

/**
 * The user asked for something that cannot be done as asked; the command ends with exit code 2.
 *
 * <p>The message says what, found, expected and the next step.
 */
public class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what, found, expected and the next step, as the user will read it */
    public UsageException(String message) {
        super(message);
    }

    /**
     * @param message what, found, expected and the next step, as the user will read it
     * @param cause what was caught
     */
    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
