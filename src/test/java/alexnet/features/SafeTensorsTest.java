package alexnet.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {
    @TempDir
    private Path folder;

    private byte[] file() throws IOException {
        Map<String, SafeTensors.Tensor> arrays = new LinkedHashMap<>();
        arrays.put("numbers", SafeTensors.array(SafeTensors.Type.F32, 2, 3));
        arrays.put("labels", SafeTensors.array(SafeTensors.Type.I32, 2));
        arrays.put("codes", SafeTensors.array(SafeTensors.Type.I64, 2, 1));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(SafeTensors.header(Map.of("made", "by \"us\" ä"), arrays, 0));
        ByteBuffer data = ByteBuffer.allocate(24 + 8 + 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 6; i++) {
            data.putFloat(i + 0.5f);
        }
        data.putInt(-1).putInt(7).putLong(Long.MIN_VALUE).putLong(5);
        bytes.write(data.array());
        return bytes.toByteArray();
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("file.safetensors"), bytes);
    }

    @Test
    void theHeaderIsAsTheFormatSays() throws IOException {
        byte[] file = file();
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertEquals(0, (8 + length) % 64);
        JsonNode header = new JsonMapper().readTree(new String(file, 8, length, StandardCharsets.UTF_8));
        assertEquals("by \"us\" ä", header.path("__metadata__").path("made").asText());
        assertEquals("F32", header.path("numbers").path("dtype").asText());
        assertEquals("[2,3]", header.path("numbers").path("shape").toString());
        assertEquals("[0,24]", header.path("numbers").path("data_offsets").toString());
        assertEquals("[24,32]", header.path("labels").path("data_offsets").toString());
        assertEquals("[32,48]", header.path("codes").path("data_offsets").toString());
        assertEquals(8 + length + 48, file.length);
    }

    @Test
    void arraysComeBackAsTheyWere() throws IOException {
        SafeTensors read = SafeTensors.open(write(file()), "numbers", "Next.");
        assertArrayEquals(new float[] {0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f}, read.floats("numbers"));
        assertArrayEquals(new int[] {-1, 7}, read.ints("labels"));
        assertArrayEquals(new long[] {Long.MIN_VALUE, 5}, read.longs("codes"));
        assertEquals("by \"us\" ä", read.text("made"));
        assertArrayEquals(new long[] {2, 3}, read.shape("numbers", SafeTensors.Type.F32, 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 48, 200})
    void aFileCutShortIsRefused(int missing) throws IOException {
        byte[] file = file();
        Path path = write(Arrays.copyOf(file, file.length - missing));
        String message = refused(path);
        assertTrue(message.contains("cut short"), message);
    }

    @Test
    void whatIsNoSuchFileIsRefused() throws IOException {
        String message = refused(write("no such thing, but long enough".getBytes(StandardCharsets.UTF_8)));
        assertTrue(message.contains("does not begin as a safetensors file"), message);
        message = refused(write(new byte[] {1, 2, 3}));
        assertTrue(message.contains("cut short"), message);
        message = refused(folder.resolve("absent"));
        assertTrue(message.contains("No numbers at"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[-8,0]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[9000],\"data_offsets\":[0,9000]}}",
                "{\"a\"",
                "[]"
            })
    void aHeaderThatLiesIsRefused(String json) throws IOException {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        refused(write(file.array()));
    }

    private static String refused(Path path) {
        return assertThrows(UsageException.class, () -> SafeTensors.open(path, "numbers", "Next."))
                .getMessage();
    }
}
