package alexnet.experiments;

import alexnet.experiments.Experiment.Curve;
import alexnet.experiments.Experiment.Variant;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One experiment's findings as blocks: the paper's figures beside ours, curves, and where each number comes from. */
final class ExperimentReport {
    private final Findings findings;
    private final Experiment experiment;
    private final List<Block> blocks = new ArrayList<>();

    private ExperimentReport(Findings findings) {
        this.findings = findings;
        this.experiment = findings.experiment();
    }

    static List<Block> of(Findings findings) {
        return new ExperimentReport(findings).blocks();
    }

    /** How much of an experiment is there, in a few words. */
    static String state(Findings findings) {
        return findings.isEmpty()
                ? "ready, " + Figures.NOT_RUN
                : findings.finished() + " of " + findings.planned() + " nets finished";
    }

    private List<Block> blocks() {
        blocks.add(new Block.Heading(experiment.name() + ": " + experiment.section(), state(findings)));
        text(experiment.claim());
        text("Data: " + experiment.data().name() + digest() + ". "
                + counted(experiment.variants().size(), "variant") + " × "
                + counted(experiment.seeds().size(), "seed") + ".");
        if (experiment.remark() != null) {
            text(experiment.remark());
        }
        experiment.measures().forEach(this::measure);
        if (!findings.isEmpty()) {
            curves();
            new GridReport(findings).addTo(blocks);
            pictures();
            runs();
        } else {
            text("To run it: mvn exec:java -Dexec.mainClass=Experiments -Dexec.args=\"run " + experiment.name()
                    + " --data DIR\"");
        }
        recipes();
        return blocks;
    }

    private void text(String text) {
        blocks.add(new Block.Text(text));
    }

    private String digest() {
        return findings.nets().values().stream()
                .flatMap(List::stream)
                .filter(net -> !net.net().variant().pretrain())
                .findFirst()
                .map(net -> " (prepared form " + net.data() + ")")
                .orElse("");
    }

    private void measure(Measure measure) {
        Figures figures = new Figures(findings, measure);
        List<String> rows = figures.rows();
        blocks.add(new Block.Part(figures.title()));
        blocks.add(new Block.Table(
                List.of(
                        "variant",
                        "seeds",
                        "mean ± sd",
                        "each",
                        rows.size() < 2 ? "" : figures.against() + ", 95 % interval",
                        "the paper"),
                rows.stream()
                        .map(row -> List.of(
                                findings.title(row),
                                figures.count(row),
                                figures.mean(row),
                                figures.each(row),
                                figures.compared(row),
                                figures.paper(row)))
                        .toList()));
        if (measure.kind() == Measure.Kind.COLOUR_APART) {
            rows.forEach(row -> findings.nets().get(row).forEach(this::colours));
        }
        if (measure.kind() == Measure.Kind.ITERATIONS_TO_LOSS && figures.isRun(rows.get(0))) {
            text(String.format(
                    Locale.ROOT,
                    "The loss is %.3f nats, the lowest that all of these nets reach.",
                    findings.readings(measure).level()));
        }
    }

    private void colours(Evidence net) {
        if (net.colour() != null) {
            text(net.net().title() + ": "
                    + net.colour().towers().stream()
                            .map(tower -> String.format(
                                    Locale.ROOT, "tower %s %.1f %% chroma energy", tower.tower(), 100 * tower.share()))
                            .collect(Collectors.joining(", "))
                    + ".");
        }
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private void curves() {
        for (Curve curve : experiment.curves()) {
            List<Block.Line> lines = new ArrayList<>();
            int style = 0;
            for (Map.Entry<String, List<Evidence>> row : findings.nets().entrySet()) {
                String title = findings.title(row.getKey());
                for (Evidence net : row.getValue()) {
                    lines.add(new Block.Line(row.getKey(), style, title, points(net, curve)));
                    title = null;
                }
                style++;
            }
            Double target = experiment.measures().stream()
                    .map(Measure::target)
                    .filter(wanted -> wanted != null && curve == Curve.TRAINING_ERROR)
                    .findFirst()
                    .orElse(null);
            String words = curve.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            blocks.add(new Block.Plot(
                    experiment.name() + "-" + words.replace(' ', '-'),
                    capital(words) + " over epochs" + (curve == Curve.TRAINING_LOSS ? ", nats" : ", top-1"),
                    curve != Curve.TRAINING_LOSS,
                    target,
                    lines));
        }
    }

    private static List<double[]> points(Evidence net, Curve curve) {
        String field = switch (curve) {
            case TRAINING_ERROR -> "trainTop1Error";
            case TRAINING_LOSS -> "trainLoss";
            case VALIDATION_ERROR -> "validationTop1Error";
        };
        return net.epochs().stream()
                .map(epoch -> new double[] {
                    epoch.path("epoch").asDouble(), epoch.path(field).asDouble()
                })
                .toList();
    }

    private void pictures() {
        if (experiment.pictures()) {
            List<Block.Pictures> found = new ArrayList<>();
            findings.nets().values().stream()
                    .flatMap(List::stream)
                    .forEach(net -> net.pictures()
                            .ifPresent(pictures ->
                                    found.add(new Block.Pictures(net.net().title(), pictures))));
            blocks.addAll(found);
            if (found.isEmpty()) {
                text("Kernels and guesses: none were kept.");
            }
        }
    }

    private void runs() {
        List<List<String>> rows = new ArrayList<>();
        double hours = 0;
        for (List<Evidence> nets : findings.nets().values()) {
            for (Evidence net : nets) {
                rows.add(run(net));
                hours += net.hours();
            }
        }
        if (!rows.isEmpty()) {
            blocks.add(new Block.Part("Runs"));
            blocks.add(
                    new Block.Table(List.of("net", "epochs", "ended", "hours", "started", "commit", "hardware"), rows));
            text(String.format(Locale.ROOT, "%.2f hours of training in all, validation included.", hours));
        }
    }

    private static List<String> run(Evidence net) {
        return List.of(
                net.net().title(),
                String.valueOf(net.stage().epochs()),
                net.stage().state() == Stage.State.DIVERGED
                        ? "diverged"
                        : net.stage().epochs() < net.recipe().training().epochs() ? "early, by its rule" : "last epoch",
                String.format(Locale.ROOT, "%.3f", net.hours()),
                net.provenance().path("started").asText("unknown"),
                eachOnce(net, ExperimentReport::commit),
                eachOnce(net, ExperimentReport::machine));
    }

    /** What a run was done with, in the order of its sittings. */
    private static String eachOnce(Evidence net, Function<JsonNode, String> words) {
        return net.sittings().stream().map(words).distinct().collect(Collectors.joining("; then "));
    }

    private static String commit(JsonNode sitting) {
        String commit = sitting.path("commit").asText("unknown");
        return commit.substring(0, Math.min(8, commit.length()))
                + (sitting.path("uncommittedChanges").asBoolean() ? " with changes" : "");
    }

    private static String machine(JsonNode sitting) {
        JsonNode machine = sitting.path("machine");
        return machine.path("processors").asText("?") + " × "
                + machine.path("processor").asText("processor of unknown name") + ", "
                + machine.path("system").asText("?") + ", Java "
                + machine.path("java").asText("?") + ", "
                + machine.path("backend").asText("?");
    }

    private void recipes() {
        Variant base = experiment.variants().get(0);
        Net first = net(base);
        blocks.add(new Block.Details(
                "Recipe of " + findings.title(base.name()), alexnet.config.Recipes.toYaml(first.recipe())));
        for (Variant variant :
                experiment.variants().subList(1, experiment.variants().size())) {
            List<String> differences = first.differences(net(variant).recipe());
            blocks.add(new Block.Details(
                    "What differs in " + findings.title(variant.name()), String.join("\n", differences) + "\n"));
        }
    }

    private Net net(Variant variant) {
        return Net.of(
                        experiment,
                        List.of(variant.name()),
                        List.of(experiment.seeds().get(0)))
                .get(0);
    }

    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
