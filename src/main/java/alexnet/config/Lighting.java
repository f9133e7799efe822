package alexnet.config;

/**
 * PCA colour noise, {@code §4.1 (b)}: to each pixel of an image is added {@code Σ pᵢ·αᵢ·sᵢ}, where {@code pᵢ} are the
 * eigenvectors of the RGB covariance of the training set and {@code αᵢ ~ N(0, deviation²)} is drawn once per image per
 * use. What {@code sᵢ} is depends on the reading.
 *
 * @param reading what the eigenvectors are multiplied by
 * @param deviation standard deviation of the {@code αᵢ}; the paper's 0.1
 * @param divisor what the image, mean already subtracted and noise added, is divided by; 1 in the text, 1.1 as run
 */
public record Lighting(Reading reading, double deviation, double divisor) {
    /** The three readings of the text, and none. */
    public enum Reading {
        /** No colour noise. */
        NONE,
        /** {@code sᵢ = λᵢ} of pixels in [0,1]; the shift is then scaled to 0–255 levels (about ±5). */
        EIGENVALUES_UNIT,
        /** {@code sᵢ = λᵢ} of pixels in 0–255 (about ±1300 levels: the text to the letter, unusable). */
        EIGENVALUES_BYTE,
        /** {@code sᵢ = √λᵢ} of pixels in 0–255 (about ±11 levels), as the program of 2012 was run. */
        DEVIATIONS_BYTE
    }

    /** No colour noise. */
    public static final Lighting NONE = new Lighting(Reading.NONE, 0, 1);

    /** Checks the ranges. */
    public Lighting {
        if (deviation < 0 || !(divisor > 0)) {
            throw new UsageException("Lighting has deviation " + deviation + " and divisor " + divisor
                    + ", expected a deviation of 0 or more and a divisor above 0. Correct augmentation.lighting.");
        }
    }
}
