package alexnet.features;

import alexnet.config.UsageException;
import alexnet.run.AtomicFiles;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A file in the format safetensors: the length of the header (8 bytes, little endian), the header in JSON, then the
 * arrays one behind the other, little endian, in C order. The header names type, shape and place of each, and holds a
 * map of texts, {@code __metadata__}.
 */
final class SafeTensors {
    private static final String METADATA = "__metadata__";
    private static final int LONGEST_HEADER = 100_000_000; // the format's own limit
    private static final int ALIGNMENT = 64;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final int begin;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /** Types of numbers, by the format's names. */
    enum Type {
        F32(4),
        I32(4),
        I64(8),
        U8(1);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }
    }

    /**
     * An array.
     *
     * @param type of its numbers
     * @param shape its sizes
     * @param from its first byte, counted from the end of the header
     * @param to behind its last byte
     */
    record Tensor(Type type, long[] shape, long from, long to) {}

    private SafeTensors(Path file, int begin) {
        this.file = file;
        this.begin = begin;
    }

    /**
     * @param metadata texts by name
     * @param arrays type and shape of each, in their order in the file; the places are counted here
     * @param least bytes that the header takes at least; room for one that grows
     * @return what comes before the first array, a multiple of 64 bytes
     */
    static byte[] header(Map<String, String> metadata, Map<String, Tensor> arrays, int least) {
        ObjectNode root = JSON.createObjectNode();
        metadata.forEach(root.putObject(METADATA)::put);
        long at = 0;
        for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
            Tensor tensor = array.getValue();
            long to = at + bytes(tensor.type(), tensor.shape());
            ObjectNode node =
                    root.putObject(array.getKey()).put("dtype", tensor.type().name());
            Arrays.stream(tensor.shape()).forEach(node.putArray("shape")::add);
            node.putArray("data_offsets").add(at).add(to);
            at = to;
        }
        byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
        int length = (Math.max(least, Long.BYTES + json.length) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] header = new byte[length];
        Arrays.fill(header, (byte) ' ');
        ByteBuffer.wrap(header)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length - Long.BYTES)
                .put(json);
        return header;
    }

    /**
     * Writes a whole file or none.
     *
     * @param file to make or replace
     * @param metadata texts by name
     * @param arrays type and shape of each, in their order in the file
     * @param contents their bytes, in the same order
     * @throws IOException if it cannot be written; nothing half-written is left
     */
    static void write(Path file, Map<String, String> metadata, Map<String, Tensor> arrays, List<byte[]> contents)
            throws IOException {
        AtomicFiles.write(file, out -> {
            out.write(header(metadata, arrays, 0));
            for (byte[] part : contents) {
                out.write(part);
            }
        });
    }

    static byte[] bytes(long[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Long.BYTES, values.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return bytes.array();
    }

    static byte[] bytes(INDArray array) {
        float[] values = array.dup('c').data().asFloat();
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** An array to be written, its place not yet known. */
    static Tensor array(Type type, long... shape) {
        return new Tensor(type, shape, 0, 0);
    }

    private static long bytes(Type type, long... shape) {
        long count = 1;
        for (long size : shape) {
            count = Math.multiplyExact(count, size);
        }
        return Math.multiplyExact(count, type.bytes);
    }

    /**
     * @param file the file
     * @param what it should be, for messages, such as {@code "features"}
     * @param next what to do if it is not
     * @return its header, read and compared with the file's length
     * @throws UsageException if it is absent, no such file, or cut short
     */
    static SafeTensors open(Path file, String what, String next) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException(
                    "No " + what + " at " + file + ", expected a file that this program wrote. " + next);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(file, channel);
        } catch (IOException | RuntimeException e) { // whatever a hostile header makes the parser do
            String reason = e instanceof EOFException
                    ? "it is cut short"
                    : e instanceof JsonProcessingException json
                            ? "its header is no JSON: " + json.getOriginalMessage()
                            : e.getMessage();
            throw new UsageException("File " + file + " holds no whole " + what + ": " + reason + ". " + next, e);
        }
    }

    private static SafeTensors read(Path file, FileChannel channel) throws IOException {
        long length = read(channel, 0, Long.BYTES).getLong();
        if (length < 2 || length > LONGEST_HEADER) {
            throw new IOException("it does not begin as a safetensors file");
        }
        JsonNode root = JSON.readTree(read(channel, Long.BYTES, (int) length).array());
        SafeTensors read = new SafeTensors(file, Long.BYTES + (int) length);
        root.path(METADATA)
                .properties()
                .forEach(field ->
                        read.metadata.put(field.getKey(), field.getValue().asText()));
        long end = 0;
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!field.getKey().equals(METADATA)) {
                Tensor tensor = tensor(field.getKey(), field.getValue());
                read.tensors.put(field.getKey(), tensor);
                end = Math.max(end, tensor.to());
            }
        }
        if (channel.size() != read.begin + end) {
            throw new IOException("it has " + channel.size() + " bytes, expected " + (read.begin + end)
                    + (channel.size() < read.begin + end ? "; it is cut short" : ""));
        }
        return read;
    }

    private static Tensor tensor(String name, JsonNode node) throws IOException {
        long[] shape = new long[node.path("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = node.path("shape").get(i).asLong(-1);
        }
        Type type = Type.valueOf(node.path("dtype").asText());
        long from = node.path("data_offsets").path(0).asLong(-1);
        long to = node.path("data_offsets").path(1).asLong(-1);
        if (from < 0 || Arrays.stream(shape).anyMatch(size -> size < 0) || to - from != bytes(type, shape)) {
            throw new IOException("its array " + name + " of shape " + Arrays.toString(shape) + " lies from byte "
                    + from + " to " + to);
        }
        return new Tensor(type, shape, from, to);
    }

    private static ByteBuffer read(FileChannel channel, long at, int count) throws IOException {
        if (channel.size() - at < count) {
            throw new EOFException();
        }
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }

    /** The text of that name, or "" if there is none. */
    String text(String name) {
        return metadata.getOrDefault(name, "");
    }

    Map<String, String> metadata() {
        return metadata;
    }

    /** The array's sizes; it must be of that type and rank. */
    long[] shape(String name, Type type, int rank) {
        Tensor tensor = tensors.get(name);
        if (tensor == null || tensor.type() != type || tensor.shape().length != rank) {
            throw new UsageException("File " + file + " has "
                    + (tensor == null
                            ? "no array " + name
                            : "an array " + name + " of " + tensor.type() + " and shape "
                                    + Arrays.toString(tensor.shape()))
                    + ", expected one of " + type + " with " + rank + " sizes. Make it again with this program.");
        }
        return tensor.shape();
    }

    /** A part of an array, mapped; it stays mapped until the buffer is collected. */
    ByteBuffer map(String name, long from, long count) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(
                            FileChannel.MapMode.READ_ONLY,
                            begin + tensors.get(name).from() + from,
                            count)
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** A whole array of less than 2 GB, mapped. */
    ByteBuffer map(String name) throws IOException {
        Tensor tensor = tensors.get(name);
        return map(name, 0, tensor.to() - tensor.from());
    }

    float[] floats(String name) throws IOException {
        ByteBuffer bytes = map(name);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    int[] ints(String name) throws IOException {
        ByteBuffer bytes = map(name);
        int[] values = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(values);
        return values;
    }

    long[] longs(String name) throws IOException {
        ByteBuffer bytes = map(name);
        long[] values = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(values);
        return values;
    }
}
