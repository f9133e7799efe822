package alexnet.evaluation;

import alexnet.bundle.SmallModels;
import alexnet.data.FolderSource;
import alexnet.data.Preparation;
import alexnet.data.PreparedData;
import alexnet.image.Pictures;
import alexnet.run.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A few small pictures of each class as prepared data. */
final class SmallPictures {
    static final int PER_CLASS = 2; // of seven classes 14 pictures: two batches of ten views each

    private SmallPictures() {}

    static PreparedData prepared(Path folder, String name, List<String> classes, int size) throws IOException {
        Path pictures = folder.resolve(name + "-pictures");
        long seed = 0;
        for (String split : List.of("train", "test")) {
            for (String label : classes) {
                Path to = Files.createDirectories(pictures.resolve(split).resolve(label));
                for (int i = 0; i < (split.equals("train") ? 1 : PER_CLASS); i++) {
                    Files.write(
                            to.resolve(i + ".png"),
                            Pictures.encode(Pictures.photo(SmallModels.SIZE, SmallModels.SIZE, seed++), "png"));
                }
            }
        }
        Path out = folder.resolve(name);
        Preparation.run(FolderSource.open(pictures, 0, 1), out, Preparation.Options.of(size), Progress.SILENT);
        return PreparedData.open(out);
    }
}
