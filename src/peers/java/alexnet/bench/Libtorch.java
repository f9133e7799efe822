package alexnet.bench;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LocalResponseNormOptions;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A turn of libtorch. Its LRN runs over all maps at once, where the two towers have one each: the same work. Settings,
 * separated by commas: {@code fp32} or {@code bf16} (the whole model and its optimiser), {@code channels_last},
 * {@code no_onednn}, {@code no_lrn}.
 */
public final class Libtorch {
    private static final double MOMENTUM = 0.9; // §5
    private static final double DECAY = 5e-4;

    private final Request request;
    private final List<String> setting;
    private final ScalarType type;
    private final Module model = new Module();
    private final List<UnaryOperator<Tensor>> layers = new ArrayList<>();
    private int crop;
    private int classes;
    private boolean training;

    private Libtorch(Request request) throws IOException {
        this.request = request;
        this.setting = List.of(request.setting().split(","));
        this.type = setting.contains("bf16") ? ScalarType.BFloat16 : ScalarType.Float;
        for (String line : Files.readAllLines(Path.of(request.network()))) {
            layer(line.split(" "));
        }
        model.to(type, false);
        if (setting.contains("channels_last")) {
            TensorVector parameters = model.parameters();
            for (long i = 0; i < parameters.size(); i++) {
                Tensor parameter = parameters.get(i);
                if (parameter.dim() == 4) {
                    parameter.set_data(parameter.contiguous(MemoryFormat.ChannelsLast));
                }
            }
        }
    }

    /**
     * @param args file of the request, file of the result
     * @throws IOException if one cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        Request request = Request.read(Path.of(args[0]));
        torch.set_num_threads(request.threads());
        torch.globalContext().setUserEnabledMkldnn(!request.setting().contains("no_onednn"));
        torch.manual_seed(1);
        new Libtorch(request).measure().write(Path.of(args[1]));
        System.exit(0); // its threads would keep the JVM
    }

    private void layer(String[] words) {
        switch (words[0]) {
            case "image" -> crop = number(words[1]);
            case "pad" -> {
                long[] sides = {number(words[1]), number(words[2]), number(words[1]), number(words[2])};
                layers.add(x -> torch.constant_pad_nd(x, sides));
            }
            case "conv" -> layers.add(convolution(words)::forward);
            case "relu" -> layers.add(torch::relu);
            case "tanh" -> layers.add(torch::tanh);
            case "lrn" -> {
                if (!setting.contains("no_lrn")) {
                    LocalResponseNormOptions options = normalisation(words);
                    layers.add(x -> torch.local_response_norm(x, options));
                }
            }
            case "max", "average" -> layers.add(pool(words));
            case "flatten" -> layers.add(x -> x.flatten(1, 3));
            case "dense" -> {
                classes = number(words[2]);
                LinearImpl dense = new LinearImpl(number(words[1]), classes);
                layers.add(model.register_module("layer" + layers.size(), dense)::forward);
            }
            case "drop" -> {
                double probability = Double.parseDouble(words[1]);
                layers.add(x -> torch.dropout(x, probability, training));
            }
            default -> throw new IllegalArgumentException("A layer '" + words[0] + "'");
        }
    }

    private Conv2dImpl convolution(String[] words) {
        long kernel = number(words[3]);
        Conv2dOptions options = new Conv2dOptions(number(words[1]), number(words[2]), new LongPointer(kernel, kernel));
        options.stride().put(new LongPointer(number(words[4]), number(words[4])));
        options.padding().put(new LongPointer(number(words[5]), number(words[5])));
        options.groups().put(number(words[6]));
        return model.register_module("layer" + layers.size(), new Conv2dImpl(options));
    }

    /** Its alpha is for the mean over the window, the paper's for the sum. */
    private static LocalResponseNormOptions normalisation(String[] words) {
        int size = number(words[1]);
        LocalResponseNormOptions options = new LocalResponseNormOptions(size);
        options.alpha().put(size * Double.parseDouble(words[2]));
        options.beta().put(Double.parseDouble(words[3]));
        options.k().put(Double.parseDouble(words[4]));
        return options;
    }

    private static UnaryOperator<Tensor> pool(String[] words) {
        long[] size = {number(words[1]), number(words[1])};
        long[] stride = {number(words[2]), number(words[2])};
        long[] none = {0, 0};
        long[] one = {1, 1};
        boolean overhang = Boolean.parseBoolean(words[3]);
        return words[0].equals("max")
                ? x -> torch.max_pool2d(x, size, stride, none, one, overhang)
                : x -> torch.avg_pool2d(x, size, stride, none, overhang, false, null);
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }

    @SuppressWarnings("try") // the guard is there to be closed
    private Turn measure() throws IOException {
        Tensor images = images();
        Repetition timed;
        double[] shown = new double[1];
        training = request.work() == Work.STEP;
        model.train(training);
        if (training) {
            Tensor labels = labels();
            SGDOptions options = new SGDOptions(Steps.RATE);
            options.momentum().put(MOMENTUM);
            options.weight_decay().put(DECAY);
            SGD optimizer = new SGD(model.parameters(), options);
            timed = repeat(() -> shown[0] = step(images, labels, optimizer));
        } else {
            try (NoGradGuard guard = new NoGradGuard()) {
                timed = repeat(() -> shown[0] = forward(images).flatten().get(0).item_float());
            }
        }
        if (!Double.isFinite(shown[0])) {
            throw new IllegalStateException("It computed " + shown[0] + ", expected a finite number.");
        }
        return turn(timed, training ? shown[0] : null);
    }

    private Turn turn(Repetition timed, Double loss) {
        long parameters = 0;
        TensorVector all = model.parameters();
        for (long i = 0; i < all.size(); i++) {
            parameters += all.get(i).numel();
        }
        return new Turn(
                "libtorch " + request.setting(),
                parameters,
                torch.get_num_threads(),
                timed.images(),
                timed.seconds(),
                timed.warmUpSeconds(),
                loss,
                PeakMemory.bytes(),
                List.of());
    }

    @SuppressWarnings("try") // the scope is there to be closed
    private Repetition repeat(Runnable iteration) {
        return Repetition.run(request.seconds(), System::nanoTime, () -> {
            try (PointerScope scope = new PointerScope()) {
                iteration.run();
            }
            return request.batch();
        });
    }

    private double step(Tensor images, Tensor labels, SGD optimizer) {
        optimizer.zero_grad();
        Tensor loss = torch.cross_entropy_loss(forward(images).to(ScalarType.Float), labels);
        loss.backward();
        optimizer.step();
        return loss.item_float();
    }

    private Tensor forward(Tensor images) {
        Tensor x = images;
        for (UnaryOperator<Tensor> layer : layers) {
            x = layer.apply(x);
        }
        return x;
    }

    private Tensor images() throws IOException {
        long values = (long) request.batch() * 3 * crop * crop;
        try (FileChannel channel = FileChannel.open(Path.of(request.noise()))) {
            FloatBuffer noise = channel.map(MapMode.READ_ONLY, 0, 4 * values)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            FloatPointer copy = new FloatPointer(values);
            copy.asBuffer().put(noise);
            Tensor images = torch.from_blob(copy, request.batch(), 3, crop, crop)
                    .clone()
                    .to(type);
            return setting.contains("channels_last") ? images.contiguous(MemoryFormat.ChannelsLast) : images;
        }
    }

    /** Picture i has label i modulo classes. */
    private Tensor labels() {
        long[] labels = new long[request.batch()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % classes;
        }
        return torch.tensor(labels);
    }
}
