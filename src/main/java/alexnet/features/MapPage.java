package alexnet.features;

import alexnet.config.UsageException;
import alexnet.image.Resize;
import alexnet.image.RgbImage;
import alexnet.image.StoredJpeg;
import alexnet.run.AtomicFiles;
import alexnet.run.Progress;
import alexnet.run.RunException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;

/** A map of features in two dimensions: one file with thumbnails and script, which loads nothing. */
public final class MapPage {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int THUMBNAIL = 32;
    private static final int FEWEST = 3;

    private final FeatureFile features;
    private final Lookup pictures;
    private final int[] rows;
    private final int seed;

    /**
     * @param features to be mapped
     * @param pictures theirs
     * @param most how many are shown at most, evenly spaced
     * @param seed of the arrangement
     * @throws UsageException if there are fewer than three
     */
    public MapPage(FeatureFile features, Lookup pictures, int most, int seed) {
        if (features.rows() < FEWEST || most < FEWEST) {
            throw new UsageException("A map of " + Math.min(most, features.rows()) + " pictures shows nothing,"
                    + " expected " + FEWEST + " or more. Use more with --most, or features of more pictures.");
        }
        this.features = features;
        this.pictures = pictures;
        this.seed = seed;
        int count = Math.min(most, features.rows());
        this.rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = (int) ((long) i * features.rows() / count);
        }
    }

    /**
     * @param file the page to make or replace
     * @param progress shows thumbnails per second
     * @return how many pictures it shows
     */
    public int write(Path file, Progress.Factory progress) {
        float[][] vectors =
                Arrays.stream(rows).mapToObj(features.vectors()::row).toArray(float[][]::new);
        float[][] principal = Projection.principal(Nd4j.createFromArray(vectors), seed);
        List<float[][]> views = List.of(unit(Projection.umap(principal, seed)), unit(principal));
        ObjectNode data = JSON.createObjectNode();
        data.put(
                "title",
                rows.length + " pictures by " + features.origin().layer() + " of "
                        + features.origin().recipe());
        data.putArray("views").add("UMAP").add("PCA");
        data.put("side", THUMBNAIL);
        features.origin().classes().forEach(data.putArray("classes")::add);
        ArrayNode points = data.putArray("points");
        try (Progress bar = progress.start("map", rows.length, "img")) {
            for (int i = 0; i < rows.length; i++) {
                point(points.addObject(), i, views);
                bar.advance(1);
            }
        }
        try {
            // a key may hold what would end the script element
            String json = JSON.writeValueAsString(data).replace("<", "\\u003c");
            AtomicFiles.write(
                    file,
                    resource("map.html")
                            .replace("/*SCRIPT*/", resource("map.js"))
                            .replace("/*DATA*/", json));
        } catch (IOException e) {
            throw new RunException(
                    "Map " + file + " cannot be written (" + e.getMessage()
                            + "), expected a writable place with free space. Choose another with --out.",
                    e);
        }
        return rows.length;
    }

    private void point(ObjectNode point, int i, List<float[][]> views) {
        int row = rows[i];
        ArrayNode at = point.putArray("at");
        for (float[][] view : views) {
            at.addArray().add(round(view[i][0])).add(round(view[i][1]));
        }
        point.put("label", features.label(row)).put("key", features.key(row));
        byte[] rgb = pictures.square(row);
        int side = Math.min(THUMBNAIL, pictures.side());
        if (side < pictures.side()) {
            try (RgbImage image = RgbImage.of(rgb, pictures.side(), pictures.side())) {
                rgb = Resize.square(image, side);
            }
        }
        point.put("jpeg", StoredJpeg.encode(rgb, side));
    }

    private static double round(float value) {
        return Math.round(value * 1e4) / 1e4;
    }

    /** Both axes in the same measure, the longer from 0 to 1. */
    private static float[][] unit(float[][] rows) {
        float[] low = {Float.MAX_VALUE, Float.MAX_VALUE};
        float[] high = {-Float.MAX_VALUE, -Float.MAX_VALUE};
        for (float[] row : rows) {
            for (int axis = 0; axis < 2; axis++) {
                float value = axis < row.length ? row[axis] : 0;
                low[axis] = Math.min(low[axis], value);
                high[axis] = Math.max(high[axis], value);
            }
        }
        float longer = Math.max(Math.max(high[0] - low[0], high[1] - low[1]), Float.MIN_NORMAL);
        float[][] unit = new float[rows.length][2];
        for (int i = 0; i < rows.length; i++) {
            for (int axis = 0; axis < 2; axis++) {
                unit[i][axis] = ((axis < rows[i].length ? rows[i][axis] : 0) - low[axis]) / longer;
            }
        }
        return unit;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = MapPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
