package alexnet.features;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Many vectors of one length in native memory or in a mapped file, {@code [rows, dim]}, with their squared lengths. For
 * any number of threads.
 */
final class Vectors {
    private static final long SEGMENT_BYTES = 1L << 30; // Java maps less than 2 GB at once

    private final int rows;
    private final int dim;
    private final int perSegment;
    private final List<FloatPointer> segments = new ArrayList<>();
    private final List<ByteBuffer> kept = new ArrayList<>(); // their mapping ends when they are collected
    private final float[] squares;

    private Vectors(int rows, int dim, float[] squares, long segmentBytes) {
        this.rows = rows;
        this.dim = dim;
        this.squares = squares;
        this.perSegment = (int) Math.max(1, segmentBytes / Float.BYTES / dim);
    }

    /** Maps an array {@code [rows, dim]} of a file; its squared lengths are given, or counted if null. */
    static Vectors map(SafeTensors file, String name, float[] squares) throws IOException {
        long[] shape = file.shape(name, SafeTensors.Type.F32, 2);
        int rows = Math.toIntExact(shape[0]);
        Vectors vectors = new Vectors(
                rows, Math.toIntExact(shape[1]), squares == null ? new float[rows] : squares, SEGMENT_BYTES);
        long row = (long) Float.BYTES * vectors.dim;
        for (int from = 0; from < vectors.rows; from += vectors.perSegment) {
            ByteBuffer mapped = file.map(name, from * row, Math.min(vectors.perSegment, vectors.rows - from) * row);
            vectors.kept.add(mapped);
            vectors.segments.add(new FloatPointer(mapped.asFloatBuffer()));
        }
        if (squares == null) {
            vectors.square();
        }
        return vectors;
    }

    /** Copies vectors into native memory. */
    static Vectors of(float[][] rows) {
        Vectors vectors = allocate(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            vectors.at(i).put(rows[i], 0, vectors.dim);
        }
        return vectors.square();
    }

    /** Room for vectors in native memory, to be filled through {@link #at} and finished with {@link #square}. */
    static Vectors allocate(int rows, int dim) {
        return allocate(rows, dim, SEGMENT_BYTES);
    }

    /** The same in pieces of so many bytes. */
    static Vectors allocate(int rows, int dim, long segmentBytes) {
        Vectors vectors = new Vectors(rows, dim, new float[rows], segmentBytes);
        for (int from = 0; from < rows; from += vectors.perSegment) {
            vectors.segments.add(new FloatPointer((long) Math.min(vectors.perSegment, rows - from) * dim));
        }
        return vectors;
    }

    /** Counts the squared lengths. */
    Vectors square() {
        for (int i = 0; i < rows; i++) {
            FloatPointer row = at(i);
            squares[i] = openblas.cblas_sdot(dim, row, 1, row, 1);
        }
        return this;
    }

    int rows() {
        return rows;
    }

    int dim() {
        return dim;
    }

    /** The squared length of a row. */
    float squared(int row) {
        return squares[row];
    }

    float[] squares() {
        return squares;
    }

    /** Where a row begins; those up to {@link #end} lie behind it. */
    FloatPointer at(int row) {
        return segments.get(row / perSegment).getPointer((long) (row % perSegment) * dim);
    }

    /** The first row behind {@code from} that does not follow it in memory, or is {@code most} rows away. */
    int end(int from, int most) {
        int segmentEnd = (int) Math.min(rows, (from / perSegment + 1L) * perSegment);
        return Math.min(segmentEnd, from + most);
    }

    /** A copy of a row. */
    float[] row(int row) {
        float[] values = new float[dim];
        at(row).get(values);
        return values;
    }

    /** The same vectors, the first {@code most} only. */
    Vectors first(int most) {
        if (most >= rows) {
            return this;
        }
        Vectors fewer = new Vectors(most, dim, squares, (long) Float.BYTES * perSegment * dim);
        fewer.segments.addAll(segments);
        fewer.kept.addAll(kept);
        return fewer;
    }
}
