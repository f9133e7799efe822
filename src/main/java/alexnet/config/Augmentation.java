package alexnet.config;

/**
 * What is done to each stored image before the network sees it, {@code §4.1}.
 *
 * @param crop side of the square crop in pixels; the paper's 224
 * @param randomCrop whether the crop's place is drawn at random in training (else the centre)
 * @param mirror whether a fair coin decides on the mirror image in training
 * @param chunk images of a batch that share one crop offset and one coin: 1 in the text, 32 as run
 * @param subtractMean whether the central crop of the training set's mean image is subtracted ({@code §2})
 * @param lighting the colour noise
 */
public record Augmentation(
        int crop, boolean randomCrop, boolean mirror, int chunk, boolean subtractMean, Lighting lighting) {
    /** Checks the ranges; absent lighting is none. */
    public Augmentation {
        lighting = lighting == null ? Lighting.NONE : lighting;
        if (crop < 1 || chunk < 1) {
            throw new UsageException("Augmentation has crop " + crop + " and chunk " + chunk
                    + ", expected both to be 1 or more. Correct augmentation.crop or augmentation.chunk.");
        }
    }
}
