package alexnet.experiments;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.config.UsageException;
import alexnet.experiments.Experiment.Variant;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One training of an experiment.
 *
 * @param row the variant's name in the experiment that asks for it
 * @param home the experiment that it is trained for, the asking one unless nets are shared
 * @param variant what it is, of the home
 * @param seed where its random draws begin
 * @param rate of the grid; null: the variant's own
 */
public record Net(String row, Experiment home, Variant variant, long seed, Double rate) {
    /** What a change of says nothing about the net. */
    private static final List<String> WORDS = List.of("name", "about", "reference.");

    /** What a grid leaves to {@link Race}. */
    private static final String EPOCHS = "training.epochs:";

    /**
     * @param experiment whose nets are wanted
     * @param variants names; empty: all
     * @param seeds empty: the experiment's
     * @return the nets, seed by seed, so that an early stop leaves comparable ones
     * @throws UsageException if a name is unknown
     */
    public static List<Net> of(Experiment experiment, List<String> variants, List<Long> seeds) {
        List<Net> nets = new ArrayList<>();
        for (long seed : seeds.isEmpty() ? experiment.seeds() : seeds) {
            for (Variant variant : chosen(experiment, variants)) {
                nets.add(shared(experiment, variant, seed, null));
            }
        }
        nets.forEach(Net::first); // that all exist
        return nets;
    }

    /**
     * @param experiment with a grid
     * @param variants names; empty: all
     * @return the grid's nets, variant by variant, from the middle rate outwards
     * @throws UsageException if a name is unknown or there is no grid
     */
    public static List<Net> ofGrid(Experiment experiment, List<String> variants) {
        if (experiment.grid() == null) {
            throw new UsageException(
                    "Experiment " + experiment.name() + " has no grid of rates, expected one. Leave --grid off.");
        }
        List<Net> nets = new ArrayList<>();
        for (Variant variant : chosen(experiment, variants)) {
            for (double rate : Race.order(experiment.grid().values())) {
                nets.add(shared(experiment, variant, experiment.grid().seed(), rate));
            }
        }
        return nets;
    }

    private static List<Variant> chosen(Experiment experiment, List<String> names) {
        return names.isEmpty()
                ? experiment.variants()
                : names.stream().map(experiment::variant).toList();
    }

    /**
     * @return the net of the same seed whose weights it begins with; empty: random weights
     * @throws UsageException if the definition names none that exists
     */
    public Optional<Net> first() {
        if (variant.initFrom() == null) {
            return Optional.empty();
        }
        String[] place = variant.initFrom().split("/");
        Experiment from = place.length == 1 ? home : Catalogue.load(place[0]);
        return Optional.of(shared(from, from.variant(place[place.length - 1]), seed, null));
    }

    private static Net shared(Experiment experiment, Variant variant, long seed, Double rate) {
        if (variant.sameAs() == null) {
            return new Net(variant.name(), experiment, variant, seed, rate);
        }
        String[] place = variant.sameAs().split("/");
        Experiment home = Catalogue.load(place[0]);
        return new Net(variant.name(), home, home.variant(place[1]), seed, rate);
    }

    /** @return the name of its folder: {@code VARIANT-SEED}, or in a grid {@code VARIANT-RATE} */
    public String name() {
        return variant.name() + "-" + (rate == null ? String.valueOf(seed) : text(rate));
    }

    /** @return how a line of progress calls it */
    public String title() {
        return row + (rate == null ? ", seed " + seed : ", rate " + text(rate) + ", seed " + seed);
    }

    /**
     * @param runs a folder of experiments' folders
     * @return the folder of its neighbours
     */
    public Path parent(Path runs) {
        Path folder = runs.resolve(home.name());
        return rate == null ? folder : folder.resolve("grid");
    }

    /**
     * @param runs a folder of experiments' folders
     * @return its own folder
     */
    public Path folder(Path runs) {
        return parent(runs).resolve(name());
    }

    /** @return keys of the recipe and their values as YAML, the seed among them */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        home.set().forEach((key, value) -> settings.put(key, value.toString()));
        variant.set().forEach((key, value) -> settings.put(key, value.toString()));
        if (rate != null) {
            home.grid().keys().forEach((key, factor) -> settings.put(key, text(rate * factor)));
        }
        settings.put("training.seed", String.valueOf(seed));
        return settings;
    }

    /**
     * @return what is trained
     * @throws UsageException if the recipe does not exist or a setting does not fit it
     */
    public Recipe recipe() {
        try {
            return Recipes.load(variant.recipe(), settings());
        } catch (UsageException e) {
            throw new UsageException(
                    "Variant " + variant.name() + " of experiment " + home.name() + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param trained the recipe that a folder holds
     * @return the keys in which it is not this net's, names and descriptions aside, and in a grid the epochs
     */
    public List<String> differences(Recipe trained) {
        return Recipes.differences(recipe(), trained).stream()
                .filter(line -> WORDS.stream().noneMatch(line::startsWith))
                .filter(line -> rate == null || !line.startsWith(EPOCHS))
                .toList();
    }

    /** A rate without the noise of its last digits. */
    static String text(double rate) {
        BigDecimal exact = new BigDecimal(String.valueOf((float) rate)).stripTrailingZeros();
        return exact.toPlainString();
    }
}
