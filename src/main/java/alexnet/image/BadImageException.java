package alexnet.image;

/** A picture cannot be used: it is damaged, no picture at all, or over the limits. The message is a short reason. */
public class BadImageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason a few words such as {@code "the file is empty"} */
    public BadImageException(String reason) {
        super(reason);
    }

    /**
     * @param reason a few words such as {@code "the file is empty"}
     * @param cause what was caught
     */
    public BadImageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
