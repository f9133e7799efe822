package alexnet.data;

import java.util.Arrays;

/** Every {@code parts}-th picture of a split, from {@code part} on. */
record SplitPart(ImageSplit whole, int part, int parts) implements ImageSplit {
    static ImageSplit of(ImageSplit whole, int part, int parts) {
        if (parts < 1 || part < 0 || part >= parts) {
            throw new IllegalArgumentException(
                    "Part " + part + " of " + parts + ", expected 0 to " + (parts - 1) + " of 1 or more.");
        }
        return parts == 1 ? whole : new SplitPart(whole, part, parts);
    }

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public int size() {
        return below(whole.size());
    }

    /** How many of the first {@code end} pictures are in this part. */
    private int below(int end) {
        return end <= part ? 0 : (end - part - 1) / parts + 1;
    }

    private int at(int i) {
        if (i < 0 || i >= size()) {
            throw new IndexOutOfBoundsException("Picture " + i + " of " + size());
        }
        return part + i * parts;
    }

    @Override
    public int side() {
        return whole.side();
    }

    @Override
    public int label(int i) {
        return whole.label(at(i));
    }

    @Override
    public String key(int i) {
        return whole.key(at(i));
    }

    @Override
    public void read(int i, byte[] rgb) {
        whole.read(at(i), rgb);
    }

    @Override
    public int[] shardEnds() {
        return Arrays.stream(whole.shardEnds()).map(this::below).toArray();
    }

    @Override
    public void fetch(int shard) {
        whole.fetch(shard);
    }
}
