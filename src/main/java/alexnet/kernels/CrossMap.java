package alexnet.kernels;

/** Constants of a local response normalisation across maps, {@code §3.3}: {@code b = a / (k + α Σ a²)^β} over n maps. */
public interface CrossMap {
    /** @return the constant, the paper's 2 */
    double getK();

    /** @return maps in the window, odd, the paper's 5 */
    int getN();

    /** @return factor of each term of the sum, the paper's 1e-4 */
    double getAlpha();

    /** @return the exponent, the paper's 0.75 */
    double getBeta();
}
