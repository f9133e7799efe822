package alexnet.data.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.run.RunException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TarFilesTest {
    @TempDir
    private Path folder;

    private Path archive;

    private RunException refusal(byte[] bytes) throws IOException {
        archive = Files.write(folder.resolve("a.tar"), bytes);
        return assertThrows(RunException.class, this::readAll);
    }

    private void readAll() throws Exception {
        try (TarFiles files = TarFiles.open(archive)) {
            while (files.next()) {
                files.read(1 << 20);
            }
        }
    }

    private static byte[] with(TarArchiveEntry entry, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            Tars.add(tar, new TarArchiveEntry("good"), new byte[700]);
            Tars.add(tar, entry, content);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, has an absolute name",
        "C:/x, has an absolute name",
        "a/../../x, leads out of its folder",
        "../x, leads out of its folder",
        "a\\x, has an absolute name or a backslash",
        "good, occurs twice",
        "./good, occurs twice"
    })
    void namesThatNoCollectionHasAreRefused(String name, String why) throws IOException {
        String message =
                refusal(with(new TarArchiveEntry(name, true), new byte[3])).getMessage();
        assertTrue(message.startsWith("The archive a.tar holds '" + name + "', which " + why), message);
        assertTrue(message.endsWith("Get the archive again from its source."), message);
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_FIFO})
    void linksAndDevicesAreRefused(byte kind) throws IOException {
        TarArchiveEntry link = new TarArchiveEntry("link", kind);
        link.setLinkName("/etc/passwd");
        String message = refusal(with(link, new byte[0])).getMessage();
        assertTrue(message.startsWith("The archive a.tar holds 'link', which is a link, a device or sparse"), message);
    }

    /** The header's length field with another number; its checksum is made right again. */
    private static byte[] declaring(byte[] tar, int header, long length) {
        byte[] result = tar.clone();
        byte[] field = String.format("%011o", length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(field, 0, result, header + 124, field.length);
        Arrays.fill(result, header + 148, header + 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += result[header + i] & 0xff;
        }
        byte[] check = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(check, 0, result, header + 148, check.length);
        return result;
    }

    @Test
    void aFileLongerThanTheArchiveIsRefused() throws IOException {
        byte[] tar = Tars.tar(Map.of("picture", new byte[1000]));
        String message = refusal(declaring(tar, 0, 1L << 32)).getMessage();
        assertTrue(
                message.startsWith(
                        "The archive a.tar holds 'picture', which declares 4294967296 bytes, but 2048 are" + " left"),
                message);
    }

    @Test
    void aFileLongerThanTheTarAroundItIsRefused() throws Exception {
        byte[] inner = declaring(Tars.tar(Map.of("n1_1.JPEG", new byte[1000])), 0, 20_000);
        Map<String, byte[]> outer = new LinkedHashMap<>();
        outer.put("n1.tar", inner);
        outer.put("n2.tar", new byte[40_000]);
        archive = Tars.write(folder.resolve("outer.tar"), outer);
        try (TarFiles classes = TarFiles.open(archive)) {
            assertTrue(classes.next());
            TarFiles pictures = classes.inside();
            RunException thrown = assertThrows(RunException.class, pictures::next);
            assertTrue(
                    thrown.getMessage()
                            .startsWith("The archive outer.tar/n1.tar holds 'n1_1.JPEG', which declares 20000 bytes,"
                                    + " but 2048 are left"),
                    thrown.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 512, 900, 1536})
    void anArchiveThatWasCutOffIsNoticed(int length) throws IOException {
        byte[] tar = Tars.tar(Map.of("picture", new byte[700]));
        String message = refusal(Arrays.copyOf(tar, length)).getMessage();

        assertTrue(message.contains("a.tar"), message);
    }

    @Test
    void aCutZipIsNoticed() throws IOException {
        Path zipped = Tars.writeZipped(folder.resolve("z.tgz"), Map.of("picture", new byte[70_000]));
        byte[] bytes = Files.readAllBytes(zipped);
        String message = refusal(Arrays.copyOf(bytes, bytes.length - 9)).getMessage();
        assertTrue(message.startsWith("The archive a.tar is damaged or cut off"), message);
    }

    @Test
    void theDigestIsThatOfTheWholeFile() throws Exception {
        Map<String, byte[]> files = Map.of("one", new byte[3000], "two", new byte[5]);
        for (Path path : new Path[] {
            Tars.write(folder.resolve("plain.tar"), files), Tars.writeZipped(folder.resolve("zipped.tgz"), files)
        }) {
            try (TarFiles tar = TarFiles.open(path)) {
                while (tar.next()) {
                    assertArrayEquals(files.get(tar.name()), tar.read(1 << 20));
                }
                byte[] digest = ArchiveStream.newSha256().digest(Files.readAllBytes(path));
                assertEquals(HexFormat.of().formatHex(digest), tar.digest());
            }
        }
    }

    @Test
    void filesThatAreNotReadAreInTheDigestToo() throws IOException {
        Path path = Tars.write(folder.resolve("plain.tar"), Map.of("one", new byte[300_000], "two", new byte[5]));
        try (TarFiles tar = TarFiles.open(path)) {
            while (tar.next()) {
                assertTrue(tar.size() > 0);
            }
            byte[] digest = ArchiveStream.newSha256().digest(Files.readAllBytes(path));
            assertEquals(HexFormat.of().formatHex(digest), tar.digest());
        }
    }
}
