package alexnet.config;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recipe or a setting that is wrong is answered with. */
class RecipeErrorsTest {
    @TempDir
    private Path folder;

    private Recipe file(String yaml) throws IOException {
        return Recipes.load(Files.writeString(folder.resolve("own.yaml"), yaml).toString(), Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network.widht | 0.5 | unknown key 'network.widht' | Did you mean 'width'?",
                "netwrok.width | 0.5 | 'netwrok' | Did you mean 'network'?",
                "network.conv.covn1.maps | 3 | 'covn1' | Did you mean 'conv1'?",
                "network.conv.99.maps | 3 | '99' | expected one of conv1",
                "network.conv.99999999999.maps | 3 | '99999999999' | expected one of conv1",
                "training.batch.x | 3 | below the single value 32 | Leave it off",
                "training.batch | abc | 'abc' at 'training.batch' | a whole number",
                "training.batch | 1.5 | '1.5' at 'training.batch' | a whole number",
                "training.batch | [1] | a list at 'training.batch' | a whole number",
                "training.batch | null | nothing at 'training.batch' | a whole number",
                "training.batch | '' | set to nothing | training.batch=VALUE",
                "training.batch | '[1' | not valid YAML | Quote it",
                "training.batch | 0 | batch 0 | batch of 1 or more",
                "training | 5 | '5' at 'training' | a map of keys",
                "training.momentum | 1 | momentum 1.0 | below 1",
                "training.momentum | .nan | not valid YAML | Quote it",
                "training.table.0.rate | -1 | rate -1.0 | rates of 0 or more",
                "training.table | [] | no schedule | training.plateau or training.table",
                "training.plateau.rate | 0.1 | nothing at 'training.plateau.factor' | a number",
                "network.width | 0 | 0.0 | above 0",
                "network.towers | 3 | 3 | 1 or 2",
                "network.conv.conv1.then.0 | rleu | 'rleu' | relu, tanh, lrn",
                "network.conv.conv1 | 5 | '5' | a map of keys",
                "network.pool.stride | 0 | stride 0 | 1 or more",
                "network | null | lacks network | extends: paper",
                "augmentation.crop | 97 | crops 97 pixels from images of 96 | at most the size",
                "augmentation.mirror | 7up | '7up' | true or false",
                "augmentation.lighting.deviation | -1 | deviation -1.0 | 0 or more",
                "extends | paper | unknown key 'extends' | expected one of about",
                ". | 1 | unknown at '' | expected one of",
                "'' | 1 | unknown key '' | expected one of",
            })
    void wrongSettingIsNamedWithWhatIsExpected(String key, String value, String found, String expected) {
        String message = assertThrows(UsageException.class, () -> Recipes.load("demo", Map.of(key, value)))
                .getMessage();
        assertTrue(message.contains(found), message);
        assertTrue(message.contains(expected), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'extends: demo\nnetwork: {widht: 1}' | unknown key 'network.widht' | Did you mean 'width'?",
                "'extends: dmeo' | 'dmeo' is neither built in nor a file | Did you mean 'demo'?",
                "'extends: [paper]' | neither built in nor a file | Built in are paper",
                "'just text' | not a map of keys | name: NAME",
                "'' | not a map of keys | name: NAME",
                "'a: [1' | not valid YAML | at line",
                "'extends: demo\nnetwork: {conv: {conv9: {maps: 1}}}' | unknown at 'conv9' | conv1, conv2",
                "'extends: demo\nsize: 96\nsize: 97' | not valid YAML | size",
                "'name: empty' | nothing at 'size' | a whole number",
            })
    void wrongFileIsNamedWithWhatIsExpected(String yaml, String found, String expected) {
        String message = assertThrows(UsageException.class, () -> file(yaml)).getMessage();
        assertTrue(message.contains(found), message);
        assertTrue(message.contains(expected), message);
    }

    @Test
    void recipeThatExtendsItselfIsRefused() {
        String message = assertThrows(UsageException.class, () -> file("extends: " + folder.resolve("own.yaml")))
                .getMessage();
        assertTrue(message.contains("extends itself"), message);
    }
}
