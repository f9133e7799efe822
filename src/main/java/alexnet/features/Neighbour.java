package alexnet.features;

/**
 * @param row number of the picture in its file
 * @param distance from the query: Euclidean, or the number of bits that differ
 */
public record Neighbour(int row, double distance) {}
