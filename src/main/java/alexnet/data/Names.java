package alexnet.data;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;

/** The files of a prepared folder, and how its JSON is written: the same bytes for the same contents. */
final class Names {
    static final String MANIFEST = "manifest.json";
    static final String MEAN = "mean.npy";
    static final String COLOUR = "colour.json";
    static final String CLASSES = "classes.txt";
    static final String CLASS_NUMBERS = "class-numbers.txt";
    static final String QUARANTINE = "quarantine.tsv";
    static final String MISSING = "missing.tsv";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Names() {}

    static String shard(String split, int number) {
        return String.format(Locale.ROOT, "%s-%06d.tar", split, number);
    }

    /** The index of a shard, beside it. */
    static String index(String shard) {
        return shard.substring(0, shard.length() - ".tar".length()) + ".idx";
    }

    static ObjectWriter writer() {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        return JSON.writer(printer);
    }

    static ObjectReader reader(Class<?> type) {
        return JSON.readerFor(type);
    }
}
