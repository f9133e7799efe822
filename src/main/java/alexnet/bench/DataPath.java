package alexnet.bench;

import alexnet.bench.Request.Program;
import alexnet.config.Recipe;
import alexnet.data.FolderSource;
import alexnet.data.ImageSource;
import alexnet.data.ImageSplit;
import alexnet.data.Preparation;
import alexnet.data.PreparedData;
import alexnet.image.ColourSums;
import alexnet.pipeline.AugmentationPipeline;
import alexnet.pipeline.ImageBatches;
import alexnet.run.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.datavec.api.io.labels.ParentPathLabelGenerator;
import org.datavec.api.split.FileSplit;
import org.datavec.image.loader.BaseImageLoader;
import org.datavec.image.recordreader.ImageRecordReader;
import org.datavec.image.transform.FlipImageTransform;
import org.datavec.image.transform.ImageTransform;
import org.datavec.image.transform.PipelineImageTransform;
import org.datavec.image.transform.RandomCropTransform;
import org.datavec.image.transform.ResizeImageTransform;
import org.deeplearning4j.datasets.datavec.RecordReaderDataSetIterator;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Pictures on disk to batches, this project's way and the one of the library's documentation, and to the prepared form. */
final class DataPath {
    private static final double MIRRORED = 0.5; // §4.1

    private final Request request;
    private final Recipe recipe;

    /** Batches without end. */
    interface Batches extends AutoCloseable {
        /** The next batch, of the epoch after if one has ended. */
        DataSet next();

        @Override
        void close();
    }

    DataPath(Request request, Recipe recipe) {
        this.request = request;
        this.recipe = recipe;
    }

    Turn measure() throws IOException {
        if (request.work() == Work.PACKING) {
            return turn(Repetition.run(request.seconds(), System::nanoTime, this::pack));
        }
        if (request.work() == Work.STATISTICS) {
            return statistics();
        }
        try (Batches batches = request.program() == Program.OURS ? batches(0) : textbook()) {
            return turn(Repetition.run(
                    request.seconds(), System::nanoTime, () -> batches.next().numExamples()));
        }
    }

    /** Of the training squares that a batch holds, over and over. */
    private Turn statistics() throws IOException {
        List<byte[]> squares = new ArrayList<>();
        ColourSums sums = new ColourSums(recipe.size());
        try (PreparedData data = PreparedData.open(Path.of(request.data()))) {
            ImageSplit split = data.split(ImageSource.TRAIN);
            for (int i = 0; i < Math.min(request.batch(), split.size()); i++) {
                byte[] rgb = new byte[3 * recipe.size() * recipe.size()];
                split.read(i, rgb);
                squares.add(rgb);
            }
        }
        return turn(Repetition.run(request.seconds(), System::nanoTime, () -> {
            squares.forEach(sums::add);
            return squares.size();
        }));
    }

    private Turn turn(Repetition timed) {
        return new Turn(
                request.setting(),
                0,
                request.threads(),
                timed.images(),
                timed.seconds(),
                timed.warmUpSeconds(),
                null,
                PeakMemory.bytes(),
                List.of());
    }

    /**
     * Training batches of the prepared pictures.
     *
     * @param classes of the network; more than the data has are filled up with empty ones; 0: those of the data
     */
    Batches batches(int classes) {
        PreparedData data = PreparedData.open(Path.of(request.data()));
        List<String> names = new ArrayList<>(data.classes());
        IntStream.range(names.size(), classes).forEach(i -> names.add("class " + i));
        ImageBatches images = new ImageBatches(
                data.split(ImageSource.TRAIN),
                AugmentationPipeline.training(recipe.augmentation(), data),
                names,
                ImageBatches.Settings.training(
                        request.batch(), recipe.training().seed()));
        return new Batches() {
            @Override
            public DataSet next() {
                return DataPath.next(images);
            }

            @Override
            public void close() {
                images.close();
                data.close();
            }
        };
    }

    private static DataSet next(DataSetIterator iterator) {
        if (!iterator.hasNext()) {
            iterator.reset();
        }
        return iterator.next();
    }

    /** As the library's documentation shows it; scales without keeping the ratio, and makes no colour noise. */
    private Batches textbook() throws IOException {
        int crop = recipe.augmentation().crop();
        long seed = recipe.training().seed();
        List<Pair<ImageTransform, Double>> transforms = List.of(
                new Pair<>(new ResizeImageTransform(recipe.size(), recipe.size()), 1.0),
                new Pair<>(new RandomCropTransform(seed, crop, crop), 1.0),
                new Pair<>(new FlipImageTransform(1), MIRRORED));
        Path folder = trainingFolder(Path.of(request.pictures()));
        ImageRecordReader reader = new ImageRecordReader(crop, crop, 3, new ParentPathLabelGenerator());
        reader.initialize(
                new FileSplit(folder.toFile(), BaseImageLoader.ALLOWED_FORMATS, new Random(seed)),
                new PipelineImageTransform(transforms, false));
        DataSetIterator iterator = new RecordReaderDataSetIterator(reader, request.batch(), 1, reader.numLabels());
        return new Batches() {
            @Override
            public DataSet next() {
                return DataPath.next(iterator);
            }

            @Override
            public void close() {
                try {
                    reader.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private static Path trainingFolder(Path pictures) {
        Path train = pictures.resolve(ImageSource.TRAIN);
        return Files.isDirectory(train) ? train : pictures;
    }

    /** Into a folder of its own, removed again; the pictures of every split count. */
    private int pack() {
        try {
            Path folder = Files.createTempDirectory("packing");
            try {
                ImageSource source = FolderSource.open(
                        Path.of(request.pictures()), 0, recipe.training().seed());
                Preparation.run(
                        source, folder.resolve("prepared"), Preparation.Options.of(recipe.size()), Progress.SILENT);
                return (int) source.splits().stream().mapToLong(source::count).sum();
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder and all in it. */
    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
