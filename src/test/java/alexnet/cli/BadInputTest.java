package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;

/** What a user may get wrong: one sentence each, the right exit code, no stack trace, and nothing left behind. */
class BadInputTest {
    @TempDir
    private static Path folder;

    private static Path data;
    private static Path recipe;
    private static Path model;

    @TempDir
    private Path empty;

    @BeforeAll
    static void prepare() throws IOException {
        data = Small.prepared(folder, 18); // 45 for training: 12 steps
        recipe = Small.recipe(folder);
        Typed.train("--data", data, "--recipe", recipe, "--runs", folder, "--run", "model", "--epochs", 0)
                .well();
        model = folder.resolve("model/model.zip");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertFalse(Files.exists(empty.resolve("out")));
        assertFalse(Files.exists(empty.resolve("runs")));
        try (Stream<Path> files = Files.walk(folder)) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".part")));
        }
    }

    private Typed train(Object... more) {
        Object[] args = new Object[more.length + 6];
        System.arraycopy(
                new Object[] {"--data", data, "--recipe", recipe, "--runs", empty.resolve("runs")}, 0, args, 0, 6);
        System.arraycopy(more, 0, args, 6, more.length);
        return Typed.train(args);
    }

    private Typed prepare(Path source, Object... more) {
        Object[] args = new Object[more.length + 6];
        System.arraycopy(
                new Object[] {"--source", "folder:" + source, "--out", empty.resolve("out"), "--size", 32},
                0,
                args,
                0,
                6);
        System.arraycopy(more, 0, args, 6, more.length);
        return Typed.prepare(args);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--dat | Unknown option: '--dat' | --data",
                "--batch many | 'many' is not an int | See Train --help",
                "--batch 0 | batch 0 | batch of 1 or more",
                "--epochs -1 | epochs -1 | epochs of 0 or more",
                "--workers -1 | --workers and --checkpoint-every are -1 and 200 | Correct them",
                "--checkpoint-every 0 | are 0 and 0 | Correct them",
                "--set network.widht=1 | unknown key 'network.widht' | Did you mean 'width'?",
                "--set network.width | network.width | See Train --help",
                "--set training.batch=x | 'x' at 'training.batch' | a whole number",
                "--set network.lrn.n=4 | n 4 | n odd",
                "--set augmentation.crop=4 | maps of side 2 | Choose another crop",
                "--set training.plateau=null --set training.table=[{epoch: 1, layers: [fc9], rate: 1, biasRate: 1}]"
                        + " | names layer 'fc9' | Did you mean 'fc",
                "--set size=64 | holds squares of 32 pixels, recipe small expects 64 | --size 64",
                "--init-from nowhere.zip | nowhere.zip is not there | train first",
            })
    void trainRefuses(String typed, String found, String next) {
        // a setting may hold spaces
        String[] words = typed.contains("[{") ? typed.split(" (?=--|training\\.)") : typed.split(" ");
        train((Object[]) words).failed(2, found, next);
    }

    @Test
    void trainRefusesRecipesItDoesNotKnow() throws IOException {
        Typed.train("--data", data, "--recipe", "papper")
                .failed(2, "'papper' is neither built in nor a file", "Did you mean 'paper'?");
        Path own = Files.writeString(folder.resolve("own.yaml"), "extends: demo\ntraining: {bacth: 3}");
        Typed.train("--data", data, "--recipe", own)
                .failed(2, own.toString(), "unknown key 'training.bacth'", "Did you mean 'batch'?");
    }

    @Test
    void trainRefusesDataThatIsNotPrepared() {
        Typed.train("--data", empty, "--recipe", recipe)
                .failed(2, "No prepared data at " + empty, "Prepare the pictures");
        Typed.train("--data", empty.resolve("nowhere")).failed(2, "No prepared data", "correct the path");
        Typed.train("--recipe", recipe).failed(2, "Recipe small was given no data", "--data DIR");
        Typed.evaluate("--model", model, "--data", empty).failed(2, "No prepared data at " + empty);
    }

    @Test
    void trainRefusesANameThatIsTaken() {
        Typed.train("--data", data, "--recipe", recipe, "--runs", folder, "--run", "model")
                .failed(2, "Run folder " + folder.resolve("model") + " exists", "--run", "--resume");
    }

    @Test
    void trainRefusesAModelOfAnotherNetwork() {
        train("--init-from", model, "--set", "network.width=0.1")
                .failed(2, "does not fit recipe small", "its layer conv1 has", "--fresh conv1,");
        train("--init-from", model, "--fresh", "fc9").failed(2, "Option --fresh names layer 'fc9'", "Did you mean");
        train("--fresh", "fc8").failed(2, "--fresh was given without --init-from", "Add --init-from");
        train("--init-from", model, "--fresh", "fc8", "--freeze", "fc8").failed(2, "begins anew", "Take it out");
        train("--freeze", "conv7").failed(2, "training.frozen names layer 'conv7'", "Did you mean");
        train("--freeze", "conv1,conv2,conv3,conv4,conv5,fc6,fc7,fc8").failed(2, "names all layers", "Leave one out");
    }

    @Test
    void trainRefusesDataWithoutValidation() throws IOException {
        Path out = folder.resolve("no-validation");
        Typed.prepare("--source", "folder:" + folder.resolve("pictures"), "--out", out, "--size", 32, "--hold-out", 0)
                .well();
        Typed.train("--data", out, "--recipe", recipe, "--runs", empty.resolve("runs"))
                .failed(2, "no split val", "expected one of [train]");
    }

    /** Root may write anywhere, but not below a file. */
    @Test
    void placesThatCannotBeWrittenAreRefused() throws IOException {
        Path file = Files.writeString(empty.resolve("file"), "");
        Typed.train("--data", data, "--recipe", recipe, "--runs", file.resolve("runs"))
                .failed(2, "Run folder " + file.resolve("runs/small") + " cannot be made", "--runs");
        Typed.prepare("--source", "folder:" + folder.resolve("pictures"), "--out", file.resolve("out"), "--size", 32)
                .failed(2, file.resolve("out").toString(), "cannot be made");
        Typed said = Typed.evaluate("--model", model, "--data", data, "--split", "val", "--out", file.resolve("x.json"))
                .failed(1, "Report " + file.resolve("x.json") + " cannot be written", "--out");
        assertTrue(said.out().contains("val: top-1 error"), "the result is not lost");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--seed one | 'one' is not a long | See Prepare --help",
                "--workers -1 | -1 workers | 1 worker or more",
                "--hold-out 1 | held-out fraction is 1.0 | less than 1",
                "--store gold | 'gold' | See Prepare --help",
            })
    void prepareRefusesOptions(String typed, String found, String next) {
        prepare(folder.resolve("pictures"), (Object[]) typed.split(" ")).failed(2, found, next);
    }

    @ParameterizedTest
    @CsvSource({"zip:x", "folder:", "scenes:", "scenes:many", "scenes:99999999999", "''"})
    void prepareRefusesSources(String source) {
        Typed.prepare("--source", source, "--out", empty.resolve("out"))
                .failed(2, "Source is '" + source + "'", "folder:DIR or scenes[:N]", "ilsvrc2012:DIR");
    }

    @Test
    void prepareRefusesSizesAndScenesWithoutPictures() {
        Typed.prepare("--source", "folder:" + folder.resolve("pictures"), "--out", empty.resolve("out"), "--size", 4)
                .failed(2, "size 4", "8 to 2048");
        Typed.prepare("--source", "scenes:0", "--out", empty.resolve("out")).failed(2, "expected 1 or more");
    }

    @Test
    void prepareRefusesFoldersThatAreNoCollection() throws IOException {
        prepare(empty.resolve("nowhere")).failed(2, "No folder at " + empty.resolve("nowhere"), "Correct the path");
        prepare(empty).failed(2, "has no sub-folders", "Sort the pictures");
        Path bare = Files.createDirectories(empty.resolve("collection/amber")).getParent();
        prepare(bare).failed(2, "class folder " + bare.resolve("amber") + " has no pictures", "Add some");
        Files.writeString(bare.resolve("amber/notes.txt"), "no picture");
        prepare(bare).failed(2, "has no pictures", "jpg");
    }

    @Test
    void prepareRefusesAClassThatTrainingLacks() throws IOException {
        for (String split : new String[] {"val", "test"}) {
            Path both = empty.resolve(split);
            Small.pictures(both.resolve("train"), 1);
            Small.pictures(both.resolve(split), 1);
            Files.move(both.resolve(split + "/cedar"), both.resolve(split + "/zebra"));
            prepare(both).failed(2, both.resolve(split) + " has the class zebra", "Rename or remove it");
        }
    }

    @Test
    void prepareRefusesAClassWhoseTrainingPicturesAreAllDamaged() throws IOException {
        Path pictures = Small.pictures(empty.resolve("damaged"), 1);
        Files.writeString(pictures.resolve("birch/p00.jpg"), "text");
        prepare(pictures).failed(1, "class birch", "no usable picture", "prepare again");
    }

    @Test
    void prepareRefusesToWriteOverSomething() throws IOException {
        Typed.prepare("--source", "folder:" + folder.resolve("pictures"), "--out", data)
                .failed(2, "something at " + data, "remove it");
    }

    @Test
    void evaluateRefuses() {
        Typed.evaluate("--model", model, "--data", data, "--views", 3).failed(2, "--views is 3", "1 or 10");
        Typed.evaluate("--model", model, "--data", data).failed(2, "no split test", "[train, val]");
        Typed.evaluate("--model", empty.resolve("x.zip"), "--data", data).failed(2, "is not there", "train first");
        Typed.evaluate("--data", data).failed(2, "--model", "--average", "See Evaluate --help");
        Typed.evaluate("--model", model).failed(2, "--data", "--images", "--list", "See Evaluate --help");
        Typed.evaluate("--model", model, "--average", model, "--data", data).failed(2, "mutually exclusive");
        Typed.evaluate("--model", model, "--data", data, "--split", "val", "--fit-weights")
                .failed(2, "--fit-weights was given with one model", "name more");
        Typed.evaluate("--average", model + "," + model, "--images", folder.resolve("pictures"), "--fit-weights")
                .failed(2, "--fit-weights was given without --data", "Prepare the pictures");
        Typed.evaluate("--model", model, "--images", folder.resolve("pictures/birch"))
                .failed(2, "have no labels", "--csv", "--submission");
        Typed.evaluate("--model", model, "--images", folder).failed(2, "has no pictures");
    }

    @Test
    void modelThatIsNotOursIsRefused() throws IOException {
        Path zip = empty.resolve("other.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("preprocessor.bin"));
        }
        Path picture = folder.resolve("pictures/birch/p00.jpg");
        Typed.classify("--model", zip, picture)
                .failed(2, zip + " is not a whole model of this program", "Train exported");
        Typed.evaluate("--model", zip, "--data", data).failed(2, "is not a whole model of this program");
        Path text = Files.writeString(empty.resolve("text.zip"), "text");
        Typed.classify("--model", text, picture)
                .failed(2, text + " is not a whole model of this program", "export it again");
        train("--init-from", text).failed(2, "is not a whole model of this program");
    }

    @Test
    void classifyRefusesOptionsAndGoesOnAfterAMissingPicture() {
        Path picture = folder.resolve("pictures/birch/p00.jpg");
        Typed.classify("--model", model, "--top", 0, picture).failed(2, "--top is 0", "1 or more");
        Typed.classify("--model", model).failed(2, "FILE", "See Classify --help");
        Typed said = Typed.classify("--model", model, empty.resolve("x.jpg"), picture)
                .failed(1, "Picture " + empty.resolve("x.jpg") + " cannot be classified", "no such file");
        assertTrue(said.out().contains(picture.toString()), said::out);
    }

    @Command(name = "Failing")
    private record Failing(Throwable failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        }
    }

    @Test
    void faultOfTheProgramIsOneLineWithAdviceAndTheTrace() {
        Typed said = Typed.type(new Failing(new ArithmeticException("/ by zero")));
        assertEquals(1, said.code());
        assertTrue(
                said.err()
                        .startsWith("Unexpected java.lang.ArithmeticException: / by zero. This is a fault of the"
                                + " program: please report it"),
                said::err);
        assertTrue(said.err().contains("\tat "), said::err);
        Typed.type(new Failing(new OutOfMemoryError("Java heap space")))
                .failed(1, "Memory ran out (Java heap space)", "smaller batch");
    }
}
