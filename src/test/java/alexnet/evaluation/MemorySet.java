package alexnet.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Labels without pictures. */
final class MemorySet implements TestSet {
    final List<Integer> order = new ArrayList<>();
    final List<Integer> numbers = new ArrayList<>();
    private final int[] labels;

    MemorySet(int[] labels) {
        this.labels = labels;
        IntStream.range(0, labels.length).forEach(order::add);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String digest() {
        return "none";
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public long leftOut() {
        return 0;
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public String key(int i) {
        return "folder, \"one\"/" + i + ".jpg";
    }

    @Override
    public int label(int i) {
        return labels[i];
    }

    @Override
    public byte[] square(int i) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Integer> order() {
        return order;
    }

    @Override
    public List<Integer> classNumbers() {
        return numbers;
    }

    @Override
    public String numbering() {
        return "numbers of a test";
    }
}
