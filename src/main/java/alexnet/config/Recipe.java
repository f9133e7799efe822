package alexnet.config;

/**
 * All that is needed to repeat a training on given data.
 *
 * @param name the recipe's name, such as {@code paper}
 * @param about one sentence for lists and reports
 * @param size side of the stored square images in pixels, the paper's 256
 * @param augmentation what is done to a stored image before the network sees it
 * @param network the architecture
 * @param training schedule and optimiser
 * @param reference a published result to compare with; absent where there is none
 */
public record Recipe(
        String name,
        String about,
        int size,
        Augmentation augmentation,
        Network network,
        Training training,
        Reference reference) {
    /** Checks that the crop fits the stored size. */
    public Recipe {
        if (augmentation == null || network == null || training == null) {
            throw new UsageException("Recipe " + name + " lacks "
                    + (augmentation == null ? "augmentation" : network == null ? "network" : "training")
                    + ", expected augmentation, network and training. Add it, or start with 'extends: paper'.");
        }
        if (augmentation.crop() > size) {
            throw new UsageException("Recipe " + name + " crops " + augmentation.crop() + " pixels from images of "
                    + size + ", expected a crop of at most the size. Correct augmentation.crop or size.");
        }
    }
}
