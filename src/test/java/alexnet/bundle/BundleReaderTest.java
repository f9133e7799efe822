package alexnet.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.config.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BundleReaderTest {
    private static final int CLASSES = 4;
    private static final String EVIL = "com.example.Evil";

    @TempDir
    static Path folder;

    private static EditedZip zip;
    private static int parameters;

    @BeforeAll
    static void export() throws IOException {
        ModelBundle model = SmallModels.bundle(SmallModels.recipe("paper", "network.width", "0.02"), CLASSES, 1);
        model.write(folder.resolve("whole.zip"));
        parameters = (int) model.graph().numParams();
        zip = new EditedZip(folder.resolve("whole.zip"), folder.resolve("model.zip"));
    }

    @BeforeEach
    void reset() throws IOException {
        zip.reset();
        Files.deleteIfExists(zip.file());
    }

    @Test
    void theWholeZipIsRead() {
        zip.write();
        assertEquals(SmallModels.labels(CLASSES), BundleReader.read(zip.file()).labels());
    }

    @Test
    void anAbsentFileIsRefused() {
        UsageException e = assertThrows(UsageException.class, () -> BundleReader.read(zip.file()));
        assertEquals(
                "Model " + zip.file() + " is not there, expected a zip such as runs/NAME/model.zip."
                        + " Name one, or train first.",
                e.getMessage());
    }

    @Test
    void aFileThatIsNoZipIsRefused() throws IOException {
        Files.writeString(zip.file(), "not a zip, but long enough to be one by its length alone");
        refused("zip END header not found");
        Files.write(zip.file(), new byte[0]);
        refused("zip file is empty");
    }

    @Test
    void aTruncatedZipIsRefused() throws IOException {
        zip.write();
        byte[] bytes = Files.readAllBytes(zip.file());
        for (int length : new int[] {4, bytes.length / 3, bytes.length - 30, bytes.length - 1}) {
            Files.write(zip.file(), Arrays.copyOf(bytes, length));
            refused("");
        }
    }

    @Test
    void aMissingEntryIsRefused() {
        for (String name : zip.names()) {
            zip.reset();
            zip.remove(name);
            zip.writeAsIs();
            refused("it lacks " + name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"preprocessor.bin", "updaterState.bin", "normalizer.bin", "../labels.txt", "labels.txt/"})
    void anotherEntryIsRefused(String name) {
        zip.put(name, new byte[0]);
        zip.write();
        refused("it holds the entry '" + name + "', expected only its 8 own, once");
    }

    @Test
    void aChangedByteIsFoundInEachEntry() {
        for (String name : zip.names()) {
            zip.reset();
            byte[] bytes = zip.bytes(name);
            bytes[bytes.length - 10] ^= 1;
            zip.put(name, bytes);
            zip.writeAsIs();
            refused(name.equals("checksums.json") ? "SHA-256" : "its " + name + " has the SHA-256 ");
        }
    }

    @Test
    void checksumsThatAreNoneAreRefused() {
        for (String text : List.of("", "null", "[]", "3", "{\"labels.txt\": 3}", "{")) {
            zip.put("checksums.json", text);
            zip.writeAsIs();
            refused(text.equals("{") ? "its checksums.json is not valid JSON" : "SHA-256");
        }
    }

    @Test
    void anotherFormatIsRefused() {
        zip.replace("contract.json", "\"format\" : 1", "\"format\" : 2").write();
        refused("its format is 2, expected 1");
        zip.replace("contract.json", "\"format\" : 2", "\"form\" : 2").write();
        refused("its format is missing, expected 1");
    }

    @Test
    void aContractThatIsNotTheRecipesIsRefused() {
        zip.replace("contract.json", "\"crop\" : 66", "\"crop\" : 67").write();
        refused("line 6 of its contract.json is \"crop\" : 67,, expected \"crop\" : 66, for its recipe and 4 labels");
    }

    @Test
    void anotherNumberOfLabelsIsRefused() {
        zip.put("labels.txt", "a\nb\nc\n");
        zip.write();
        refused("for its recipe and 3 labels");
        zip.put("labels.txt", new byte[0]);
        zip.write();
        refused("for its recipe and 0 labels");
    }

    /** Each spelling is one that the library's JSON reader takes for the name of a class to make. */
    @Test
    void aConfigurationThatNamesAnotherClassIsRefused() {
        String layer = "\"@class\" : \"org.deeplearning4j.nn.conf.layers.DenseLayer\"";
        String distribution = "\"type\" : \"org.deeplearning4j.nn.conf.distribution.NormalDistribution\"";
        String activation = "\"@class\" : \"org.nd4j.linalg.activations.impl.ActivationReLU\"";
        String evil = "\"@class\" : \"" + EVIL + "\"";
        for (Map.Entry<String, String> change : Map.ofEntries(
                        Map.entry(layer, evil),
                        Map.entry(distribution, "\"type\" : \"" + EVIL + "\""),
                        Map.entry(activation, evil),
                        Map.entry(
                                layer + ",",
                                evil + ",\n" + layer + ","), // twice: some readers take the first, some the last
                        Map.entry("\"activationFn\" : {", "\"activationFn\" : [\"" + EVIL + "\", {}], \"x\" : {"),
                        Map.entry("\"idropout\" : null", "\"idropout\" : [\"" + EVIL + "\", {}]"),
                        Map.entry("\"weightNoise\" : null", "\"weightNoise\" : {" + evil + "}"),
                        Map.entry("\"constraints\" : null", "\"constraints\" : [{" + evil + "}]"),
                        Map.entry("\"stepFunction\" : null", "\"stepFunction\" : {\"" + EVIL + "\" : {}}"))
                .entrySet()) {
            zip.reset();
            zip.replace("configuration.json", change.getKey(), change.getValue())
                    .write();
            UsageException e = refused("of its configuration.json is ");
            assertTrue(e.getMessage().contains(EVIL), e.getMessage());
        }
    }

    @Test
    void aConfigurationWithMoreOrFewerLinesIsRefused() {
        zip.replace("configuration.json", "\n}", "\n}\n{}").write();
        refused("is {}, expected no such line");
        zip.replace("configuration.json", "\n}\n{}", "").write();
        refused("is missing, expected }");
    }

    @Test
    void entriesOverTheLimitAreRefused() {
        zip.put("recipe.yaml", new byte[(64 << 10) + 1]);
        zip.write();
        refused("its recipe.yaml has more than 65536 bytes");
        zip.reset();
        zip.put("labels.txt", new byte[64 << 20]);
        zip.write();
        refused("its labels.txt has more than 4194304 bytes");
    }

    @Test
    void coefficientsOfAnotherLengthAreRefused() throws IOException {
        for (int change : new int[] {-1, 1}) {
            zip.put("coefficients.bin", coefficients(Nd4j.rand(DataType.FLOAT, parameters + change)));
            zip.write();
            refused("for the " + parameters + " parameters of its recipe");
        }
        byte[] bytes = zip.reset().bytes("coefficients.bin");
        zip.put("coefficients.bin", Arrays.copyOf(bytes, bytes.length + 1));
        zip.write();
        refused("its coefficients.bin has more than " + bytes.length + " bytes");
        zip.put("coefficients.bin", new byte[0]);
        zip.write();
        refused("its coefficients.bin has 0 bytes, expected " + bytes.length);
    }

    @Test
    void coefficientsOfAnotherTypeAreRefused() throws IOException {
        byte[] bytes = coefficients(Nd4j.rand(DataType.DOUBLE, parameters / 2));
        zip.put("coefficients.bin", Arrays.copyOf(bytes, zip.bytes("coefficients.bin").length));
        zip.write();
        refused("its coefficients.bin does not begin as a vector of " + parameters + " floats");
    }

    @Test
    void aHeaderThatClaimsAGiantArrayIsRefusedBeforeMemoryIsTaken() {
        for (int at = 0; at < 105; at++) {
            byte[] bytes = zip.reset().bytes("coefficients.bin");
            ByteBuffer.wrap(bytes).putLong(at, Long.MAX_VALUE >> 8);
            zip.put("coefficients.bin", bytes);
            zip.write();
            refused("its coefficients.bin does not begin as a vector of " + parameters + " floats");
        }
    }

    @Test
    void aRecipeThatAsksForAGiantNetworkIsRefusedBeforeMemoryIsTaken() {
        Recipe giant = SmallModels.recipe("paper", "network.width", "2000");
        zip.put("recipe.yaml", Recipes.toYaml(giant)).write();
        refused("of its configuration.json is ");
        zip.put("configuration.json", ModelBundle.configurationText(giant, CLASSES));
        zip.put("contract.json", ModelBundle.contractText(giant, CLASSES)).write();
        refused("its coefficients.bin has " + zip.bytes("coefficients.bin").length + " bytes, expected ");
    }

    @Test
    void aRecipeThatIsNoneIsRefused() {
        for (String text : List.of("", "null", "- a", "name: x", "\u0000", "network: {towers: 3}", "&a [*a]")) {
            zip.put("recipe.yaml", text);
            zip.write();
            refused("ecipe");
        }
    }

    @Test
    void aMeanOfAnotherShapeOrLengthIsRefused() {
        zip.replace("mean.npy", "(3, 72, 72)", "(3, 36, 36)").write();
        refused("its mean.npy has the shape [3, 36, 36], expected [3, 72, 72]");
        zip.replace("mean.npy", "(3, 36, 36), }    ", "(3, 30000, 30000)}").write();
        refused("values are accepted");
        zip.put("mean.npy", Arrays.copyOf(zip.reset().bytes("mean.npy"), 5000));
        zip.write();
        refused("values are accepted");
    }

    private UsageException refused(String reason) {
        UsageException e = assertThrows(UsageException.class, () -> BundleReader.read(zip.file()));
        assertTrue(
                e.getMessage().startsWith("File " + zip.file() + " is not a whole model of this program: "),
                e.getMessage());
        assertTrue(e.getMessage().contains(reason), "'" + reason + "' in " + e.getMessage());
        assertTrue(e.getMessage().endsWith(". Use a zip that Train exported, or export it again."), e.getMessage());
        assertFalse(e.getMessage().contains("Exception") || e.getMessage().contains(".. "), e.getMessage());
        return e;
    }

    private static byte[] coefficients(INDArray values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Nd4j.write(values, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
