package alexnet.bench;

import alexnet.bench.Request.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Who takes part. */
public final class Contenders {
    private static final String DOOR = "Benchmark";
    private static final String LIBTORCH = "alexnet.bench.Libtorch";
    static final String WITHOUT_LRN = ",no_lrn";
    private static final String FP32 = "fp32";

    /** What libtorch can be told, and how tables say it; the first is how it comes. */
    static final Map<String, String> SETTINGS = Map.of(
            FP32,
            "fp32",
            "fp32,channels_last",
            "fp32, channels last",
            "fp32,no_onednn",
            "fp32 without oneDNN",
            "bf16",
            "bf16",
            "bf16,channels_last",
            "bf16, channels last");

    private final List<Path> own = ProjectClassPath.own();
    private final Path peers;
    private final Set<Program> wanted;

    /**
     * A short try of a setting.
     *
     * @param setting what libtorch was told
     * @param imagesPerSecond null if it failed or was not tried
     * @param note why there is no figure; null if there is one
     */
    public record Trial(String setting, Double imagesPerSecond, String note) {}

    /**
     * @param peers folder of the others' jars, made by the profile of that name; null if they are left out
     * @param wanted who may take part
     */
    public Contenders(Path peers, Set<Program> wanted) {
        this.peers = peers;
        this.wanted = Set.copyOf(wanted);
    }

    /**
     * @param machine where
     * @return this project, in each precision that is worth measuring there
     */
    public List<Contender> ours(Machine machine) {
        return OurGraph.precisions(machine).stream()
                .map(precision -> new Contender("ours " + precision, Program.OURS, precision, DOOR, own))
                .toList();
    }

    /**
     * @param machine where
     * @param replicas that share each batch
     * @return this project training in several replicas, in each precision; none for one replica
     */
    public List<Contender> replicated(Machine machine, int replicas) {
        return ours(machine).stream()
                .filter(one -> replicas > 1)
                .map(one -> one.in(
                        one.name() + ", " + replicas + " replicas", OurGraph.replicated(one.setting(), replicas)))
                .toList();
    }

    /** @return this project's data path and the textbook's, with the peers on the natives that DataVec names */
    public List<Contender> pipelines() {
        List<Contender> both = new ArrayList<>();
        both.add(new Contender("ours", Program.OURS, "prepared pictures", DOOR, own));
        if (wanted.contains(Program.DL4J)) {
            List<Path> path = peers == null ? own : ProjectClassPath.replacing(own, asItComes());
            both.add(new Contender("DataVec as documented", Program.DL4J, "pictures one by one", DOOR, path));
        }
        return both;
    }

    /** @return this project's statistics, which one thread makes */
    public List<Contender> statistics() {
        return List.of(new Contender("statistics", Program.OURS, "one thread", DOOR, own));
    }

    /** @return this project's packer */
    public List<Contender> packer() {
        return List.of(new Contender("packing and statistics", Program.OURS, "all cores", DOOR, own));
    }

    /** @return Deeplearning4j with its plain natives; none without the peers */
    public List<Contender> dl4j() {
        if (peers == null || !wanted.contains(Program.DL4J)) {
            return List.of();
        }
        return List.of(new Contender(
                "Deeplearning4j as it comes",
                Program.DL4J,
                "stock layers, plain natives",
                DOOR,
                ProjectClassPath.replacing(own, asItComes())));
    }

    private List<Path> asItComes() {
        return ProjectClassPath.jars(peers.resolve("dl4j"));
    }

    /**
     * libtorch in fp32 and in the setting that a short trial shows to be the fastest, both with and without LRN.
     *
     * @param request what they will do
     * @param machine where
     * @param runner runs the trials
     * @param trials gets what the trials showed
     * @param says told of each trial, a line
     * @return the contenders; none without the peers
     */
    public List<Contender> libtorch(
            Request request, Machine machine, Rounds.Runner runner, List<Trial> trials, Consumer<String> says) {
        List<Contender> chosen = new ArrayList<>();
        if (peers == null || !wanted.contains(Program.LIBTORCH)) {
            return chosen;
        }
        Contender plain = new Contender(
                "libtorch fp32",
                Program.LIBTORCH,
                FP32,
                LIBTORCH,
                ProjectClassPath.replacing(own, ProjectClassPath.jars(peers.resolve("libtorch"))));
        for (boolean lrn : new boolean[] {true, false}) {
            String more = lrn ? "" : WITHOUT_LRN;
            String named = lrn ? "" : ", no LRN";
            chosen.add(plain.in("libtorch fp32" + named, FP32 + more));
            List<Trial> tried = SETTINGS.keySet().stream()
                    .sorted(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()))
                    .map(setting -> trial(plain, setting, more, request, machine, runner))
                    .peek(trial -> says.accept(said(trial)))
                    .toList();
            trials.addAll(tried);
            tried.stream()
                    .filter(trial -> trial.imagesPerSecond() != null)
                    .max(Comparator.comparing(Trial::imagesPerSecond))
                    .filter(best -> !best.setting().equals(FP32 + more))
                    .ifPresent(best -> chosen.add(plain.in(
                            "libtorch fastest: " + SETTINGS.get(best.setting().replace(WITHOUT_LRN, "")) + named,
                            best.setting())));
        }
        return chosen;
    }

    private static Trial trial(
            Contender plain, String setting, String more, Request request, Machine machine, Rounds.Runner runner) {
        if (setting.startsWith("bf16") && !machine.hasBf16()) {
            return new Trial(setting + more, null, "not tried, since the processor has no bf16 instructions");
        }
        Outcome outcome =
                runner.run(plain, request.by(Program.LIBTORCH, setting + more).lasting(request.seconds() / 3));
        return outcome.turn() == null
                ? new Trial(setting + more, null, outcome.reason())
                : new Trial(setting + more, outcome.turn().imagesPerSecond(), null);
    }

    private static String said(Trial trial) {
        return "trial: libtorch " + trial.setting() + " "
                + (trial.note() != null
                        ? trial.note()
                        : String.format(Locale.ROOT, "%.1f images/s", trial.imagesPerSecond()));
    }
}
