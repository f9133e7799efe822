package alexnet.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A part of the report, before it is written in one form or another. */
sealed interface Block {
    /** Begins an experiment. */
    record Heading(String text, String state) implements Block {}

    /** Begins a part of an experiment. */
    record Part(String text) implements Block {}

    /** A paragraph. */
    record Text(String text) implements Block {}

    /** A paragraph that nobody may overlook. */
    record Failure(String text) implements Block {}

    /** A table; the first column names its rows. */
    record Table(List<String> head, List<List<String>> rows) implements Block {}

    /** What is long and seldom read. */
    record Details(String summary, String text) implements Block {}

    /** Kernels and guesses of an epoch, as the dashboard keeps them; {@code net} names whose. */
    record Pictures(String net, JsonNode pictures) implements Block {}

    /**
     * Curves over epochs.
     *
     * @param id a name for files
     * @param title what is drawn
     * @param share whether values lie from 0 to 1 and are shown in percent
     * @param target a line across; null: none
     * @param lines the curves
     */
    record Plot(String id, String title, boolean share, Double target, List<Line> lines) implements Block {}

    /**
     * @param row which variant; several lines of one share its colour
     * @param style its number, from 0
     * @param title of the row; null on all of its lines but the first
     * @param points x and y
     */
    record Line(String row, int style, String title, List<double[]> points) {}
}
