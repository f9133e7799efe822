package alexnet.evaluation;

/**
 * A class taken for another.
 *
 * @param label what the pictures show
 * @param guess the class that was more probable
 * @param count how many pictures
 */
public record Confusion(String label, String guess, int count) {}
