package alexnet.data.archive;

import alexnet.data.ImageSource;
import alexnet.data.scenes.Scenes;
import alexnet.run.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Sinks;
import us.hebi.matlab.mat.types.Struct;

/**
 * A challenge of our own: the archives of 2012 or 2010, name by name, with drawn pictures of ten classes. The kit
 * numbers the classes in another order than that of their WordNet ids, as the real one does.
 */
public final class SmallIlsvrc {
    static final int CLASSES = 10;

    private final Edition edition;
    private final Path scenes;
    private final int perClass;

    /** What goes into the archives; may be changed before they are written. */
    final Map<String, Map<String, byte[]>> train = new TreeMap<>(); // by WNID, then by file

    final Map<String, byte[]> validation = new LinkedHashMap<>();
    final Map<String, byte[]> test = new LinkedHashMap<>();
    final Map<String, byte[]> patches = new LinkedHashMap<>();
    private final List<Integer> validationIds = new ArrayList<>();
    private final List<Integer> testIds = new ArrayList<>();

    private SmallIlsvrc(Edition edition, Path scenes, int perClass) throws IOException {
        this.edition = edition;
        this.scenes = scenes;
        this.perClass = perClass;
        for (int scene = 0; scene < CLASSES; scene++) {
            Map<String, byte[]> ofClass = new TreeMap<>();
            List<byte[]> pictures = pictures("train", scene);
            for (int i = 0; i < pictures.size(); i++) {
                ofClass.put(wnid(scene) + "_" + (7 * i + 3) + ".JPEG", pictures.get(i));
            }
            train.put(wnid(scene), ofClass);
        }
        fill("val", validation, validationIds);
        fill("test", test, testIds);
    }

    /** With so many training pictures of each class, and a fifth of that, one at least, to validate and to test. */
    public static SmallIlsvrc draw(int year, Path folder, int perClass) throws IOException {
        Path scenes = folder.resolve("scenes-" + year);
        int fifth = Math.max(1, perClass / 5);
        if (!Files.exists(scenes)) {
            Scenes.write(scenes, new Scenes.Size(perClass, fifth, fifth), year, Progress.SILENT);
        }
        return new SmallIlsvrc(edition(year, perClass, fifth), scenes, perClass);
    }

    private static Edition edition(int year, int perClass, int fifth) {
        Edition real = year == 2010 ? Edition.ILSVRC_2010 : Edition.ILSVRC_2012;
        return new Edition(
                real.name(),
                real.train(),
                real.validation(),
                real.test(),
                real.devkit(),
                real.patch(),
                CLASSES,
                (long) CLASSES * perClass,
                (long) CLASSES * fifth,
                (long) CLASSES * fifth,
                real.testNeeded());
    }

    Edition edition() {
        return edition;
    }

    /** Descending where the scenes' names ascend. */
    static String wnid(int scene) {
        return "n" + (2_000_000 + 111 * (CLASSES - scene));
    }

    /** The kit's number of a class: neither the order of names nor that of WordNet ids. */
    static int id(int scene) {
        return 1 + (scene * 7 + 3) % CLASSES;
    }

    static String words(int scene) {
        return Scenes.classes().get(scene) + ", drawn " + Scenes.classes().get(scene);
    }

    private List<byte[]> pictures(String split, int scene) throws IOException {
        List<byte[]> all = new ArrayList<>();
        Path folder = scenes.resolve(split).resolve(Scenes.classes().get(scene));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                all.add(Files.readAllBytes(file));
            }
        }
        return all;
    }

    private void fill(String split, Map<String, byte[]> archive, List<Integer> ids) throws IOException {
        int count = pictures(split, 0).size() * CLASSES;
        String folder = edition.testNeeded() ? split + "/" : "";
        for (int number = 1; number <= count; number++) {
            int scene = sceneOf(number);
            archive.put(
                    folder + edition.picture(split, number),
                    pictures(split, scene).get((number - 1) / CLASSES));
            ids.add(id(scene));
        }
    }

    /** Which scene the numbered picture shows. */
    static int sceneOf(int number) {
        return number * 3 % CLASSES;
    }

    /** Cuts a validation picture off in its middle. */
    public void damageValidation(int number) {
        validation.computeIfPresent(
                edition.picture("val", number), (name, bytes) -> Arrays.copyOf(bytes, bytes.length / 2));
    }

    /** The kit's numbers of the classes of the validation pictures, in the order of their numbers. */
    public List<Integer> validationIds() {
        return List.copyOf(validationIds);
    }

    /** Writes the test pictures of 2012, whose labels were never published. */
    public void writeTest(Path archives) throws IOException {
        Tars.write(archives.resolve(edition.test()), test);
    }

    /** The written archives as a source. */
    public ImageSource source(Path archives) {
        return new IlsvrcSource(archives, edition, false);
    }

    /** The kit's number of a class. */
    public static int idOf(String wnid) {
        return IntStream.range(0, CLASSES)
                .filter(scene -> wnid(scene).equals(wnid))
                .map(SmallIlsvrc::id)
                .findFirst()
                .orElseThrow();
    }

    /** Writes all archives, as they are published. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, byte[]>> ofClass : train.entrySet()) {
            classes.put(ofClass.getKey() + ".tar", Tars.tar(ofClass.getValue()));
        }
        Tars.write(folder.resolve(edition.train()), classes);
        Tars.write(folder.resolve(edition.validation()), validation);
        boolean is2010 = edition.testNeeded();
        Map<String, byte[]> kit = new LinkedHashMap<>();
        String top = is2010 ? "devkit-1.0/" : "ILSVRC2012_devkit_t12/";
        kit.put(top + "readme.txt", new byte[] {'x'});
        kit.put(top + "data/meta.mat", meta(edition.idField(), CLASSES, perClass));
        kit.put(top + "data/" + edition.labels("validation"), lines(validationIds));
        Tars.writeZipped(folder.resolve(edition.devkit()), kit);
        if (is2010) {
            Tars.write(folder.resolve(edition.test()), test);
            Files.write(folder.resolve(edition.labels("test")), lines(testIds));
            Tars.write(folder.resolve(edition.patch()), patches);
        }
        return folder;
    }

    static byte[] lines(List<Integer> ids) {
        StringBuilder text = new StringBuilder();
        ids.forEach(id -> text.append(id).append('\n'));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The leaves in the order of their ids, then two synsets above them, as the real file has them. */
    static byte[] meta(String idField, int classes, int perClass) throws IOException {
        Struct synsets = Mat5.newStruct(classes + 2, 1);
        for (int scene = 0; scene < classes; scene++) {
            boolean drawn = classes == CLASSES;
            int id = drawn ? id(scene) : 1 + scene;
            String wnid = drawn ? wnid(scene) : "n" + (1_000_000 + (scene * 389 + 17) % classes);
            put(synsets, id - 1, idField, id, wnid, drawn ? words(scene) : "thing " + scene, 0, perClass);
        }
        put(synsets, classes, idField, classes + 1, "n00000001", "entity", 2, 0);
        put(synsets, classes + 1, idField, classes + 2, "n00000002", "object", 3, 0);
        try (MatFile file = Mat5.newMatFile()) {
            file.addArray("synsets", synsets);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Path temporary = Files.createTempFile("meta", ".mat");
            file.writeTo(Sinks.newStreamingFile(temporary.toFile()));
            bytes.writeBytes(Files.readAllBytes(temporary));
            Files.delete(temporary);
            return bytes.toByteArray();
        }
    }

    private static void put(
            Struct synsets, int at, String idField, int id, String wnid, String words, int children, int images) {
        synsets.set(idField, at, Mat5.newScalar(id));
        synsets.set("WNID", at, Mat5.newString(wnid));
        synsets.set("words", at, Mat5.newString(words));
        synsets.set("gloss", at, Mat5.newString("what it is"));
        synsets.set("num_children", at, Mat5.newScalar(children));
        synsets.set("num_train_images", at, Mat5.newScalar(images));
    }
}
