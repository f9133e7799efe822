package alexnet.model;

import alexnet.figures.HtmlTable;
import alexnet.figures.PictureRows;
import alexnet.figures.Pictures;
import alexnet.figures.Towers;
import alexnet.model.LayerTable.Row;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** A network's layers as tables and drawings. */
public final class LayerFigures {
    private static final int SIDE = 128;
    private static final int COLUMNS = 5;
    private static final double MILLION = 1e6;

    private LayerFigures() {}

    /**
     * @param layers of a network
     * @return shapes: what each layer reads, its outputs and how much of the picture one of them depends on
     */
    public static HtmlTable shapes(LayerTable layers) {
        HtmlTable table = new HtmlTable(
                "layer", "reads", "computes each output from", "outputs", "neurons", "receptive field, pixels");
        for (Row row : layers.rows()) {
            table.row(
                    row.name(),
                    switch (row.reads()) {
                        case IMAGE -> "the picture";
                        case OWN -> row.towers() == 1 ? "the layer below" : "its own tower";
                        case BOTH -> "both towers";
                    },
                    window(row),
                    outputs(row),
                    grouped(row.neurons()),
                    row.field());
        }
        return table;
    }

    private static String window(Row row) {
        if (row.window() == 0) {
            return "all";
        }
        String stride = row.stride() == 1 ? "" : ", " + row.stride() + " apart";
        return row.window() == 1 ? "one place" : row.window() + " × " + row.window() + " places" + stride;
    }

    private static String outputs(Row row) {
        String one = row.side() == 1 ? "" + row.maps() : row.maps() + " × " + row.side() + " × " + row.side();
        return row.towers() == 1 ? one : row.towers() + " × " + (row.side() == 1 ? one : "(" + one + ")");
    }

    /**
     * @param layers of a network
     * @return costs of the layers with weights, and their sums; memory as 32-bit numbers
     */
    public static HtmlTable costs(LayerTable layers) {
        HtmlTable table = new HtmlTable(
                "layer", "parameters", "their memory, MB", "multiply-adds, millions", "outputs' memory, KB");
        layers.learned().forEach(row -> costs(table, row.name(), row.parameters(), row.multiplyAdds(), row.neurons()));
        costs(table, "all", layers.parameters(), layers.multiplyAdds(), layers.neurons());
        return table;
    }

    private static void costs(HtmlTable table, String name, long parameters, long multiplyAdds, long neurons) {
        table.row(
                name,
                grouped(parameters),
                decimal(parameters * Float.BYTES / MILLION),
                decimal(multiplyAdds / MILLION),
                grouped(Math.round(neurons * Float.BYTES / 1000.0)));
    }

    /**
     * @param layers of a network
     * @param picture what it looks at
     * @return the layers with weights, tower beside tower
     */
    public static BufferedImage towers(LayerTable layers, BufferedImage picture) {
        Towers towers = new Towers(picture);
        for (Row row : layers.learned()) {
            towers.add(new Towers.Block(
                    row.towers(),
                    row.side(),
                    row.maps(),
                    row.reads() == LayerTable.Reads.BOTH,
                    List.of(
                            row.name(),
                            (row.towers() == 1 ? "" : row.towers() + " × ") + row.maps(),
                            row.side() == 1 ? "units" : row.side() + " × " + row.side(),
                            grouped(row.parameters()))));
        }
        return towers.image();
    }

    /**
     * @param layers of a network
     * @param picture {@code [crop, crop]}
     * @return the picture once for each layer that looks further than the one below, with what the middlemost of its
     *     outputs depends on framed
     */
    public static BufferedImage fields(LayerTable layers, BufferedImage picture) {
        PictureRows rows = new PictureRows(SIDE);
        int last = 1;
        int column = 0;
        for (Row row : layers.rows()) {
            if (row.field() <= last) {
                continue;
            }
            last = row.field();
            if (column++ % COLUMNS == 0) {
                rows.row("");
            }
            int edge = (layers.crop() - last) / 2;
            String caption = row.name() + ": " + last + " × " + last;
            rows.add(Pictures.outlined(picture, new Rectangle(edge, edge, last, last)), caption);
        }
        return rows.image();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%,.1f", number);
    }
}
