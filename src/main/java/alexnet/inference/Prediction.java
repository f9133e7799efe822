package alexnet.inference;

/**
 * @param label a class's name
 * @param probability from 0 to 1
 */
public record Prediction(String label, double probability) {}
