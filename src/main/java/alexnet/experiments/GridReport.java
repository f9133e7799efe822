package alexnet.experiments;

import alexnet.config.Recipes;
import alexnet.experiments.Experiment.Grid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The rates that were tried, and whether the best of each variant lies strictly inside. */
final class GridReport {
    private final Findings findings;
    private final Grid grid;

    GridReport(Findings findings) {
        this.findings = findings;
        this.grid = findings.experiment().grid();
    }

    void addTo(List<Block> blocks) {
        if (grid == null) {
            return;
        }
        String split = findings.experiment().data().split();
        blocks.add(new Block.Part(
                "Grid of learning rates, one seed: " + grid.measure().title(split)));
        List<String> head = new ArrayList<>(List.of("rate"));
        findings.grid().keySet().forEach(row -> head.add(findings.title(row)));
        List<List<String>> rows = new ArrayList<>();
        for (double rate : grid.values()) {
            List<String> cells = new ArrayList<>(List.of(Net.text(rate)));
            findings.grid().keySet().forEach(row -> cells.add(cell(row, rate)));
            rows.add(cells);
        }
        blocks.add(new Block.Table(head, rows));
        findings.grid().keySet().forEach(row -> blocks.add(verdict(row)));
    }

    private String cell(String row, double rate) {
        Evidence net = findings.grid().get(row).get(rate);
        if (net == null) {
            return "not run";
        }
        if (net.stage().state() == Stage.State.DIVERGED) {
            return "diverged";
        }
        OptionalDouble value = read(net);
        return value.isPresent()
                ? grid.measure().format(value.getAsDouble())
                : "not within " + net.stage().epochs();
    }

    private OptionalDouble read(Evidence net) {
        return net.stage().state() == Stage.State.DIVERGED
                ? OptionalDouble.empty()
                : new Readings(grid.measure(), List.of(net)).of(net);
    }

    private Block verdict(String row) {
        Map<Double, Evidence> found = findings.grid().get(row);
        String name = findings.title(row);
        if (found.size() < grid.values().size()) {
            return new Block.Failure(name + ": " + found.size() + " of "
                    + grid.values().size() + " rates are run, so the best is not known.");
        }
        Double best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (double rate : grid.values()) {
            OptionalDouble value = read(found.get(rate));
            if (value.isPresent() && value.getAsDouble() < lowest) {
                lowest = value.getAsDouble();
                best = rate;
            }
        }
        if (best == null) {
            return new Block.Failure(name + ": no rate of the grid has a result. Choose another grid.");
        }
        int place = grid.values().indexOf(best);
        if (place == 0 || place == grid.values().size() - 1) {
            return new Block.Failure(name + ": the best rate, " + Net.text(best)
                    + ", lies at the edge of the grid. Extend the grid until the best lies inside.");
        }
        return isUsed(row, best)
                ? new Block.Text(name + ": the best rate, " + Net.text(best)
                        + ", lies strictly inside the grid, and the nets above were trained with it.")
                : new Block.Failure(name + ": the best rate, " + Net.text(best)
                        + ", lies strictly inside the grid, but the definition trains with another. Set it.");
    }

    /** Whether setting the best rate changes nothing in the variant's recipe. */
    private boolean isUsed(String row, double rate) {
        Experiment experiment = findings.experiment();
        Net net = Net.of(experiment, List.of(row), List.of(grid.seed())).get(0);
        Map<String, String> settings = new LinkedHashMap<>(net.settings());
        grid.keys().forEach((key, factor) -> settings.put(key, Net.text(rate * factor)));
        return net.differences(Recipes.load(net.variant().recipe(), settings)).isEmpty();
    }
}
