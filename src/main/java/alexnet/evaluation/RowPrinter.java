package alexnet.evaluation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;

/** JSON with a line for each field of the whole and for each element of a list, so that differences show line by line. */
final class RowPrinter extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1L;

    RowPrinter() {
        indentObjectsWith(new DefaultIndenter("  ", "\n"));
        indentArraysWith(new DefaultIndenter("  ", "\n"));
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
        return new RowPrinter();
    }

    @Override
    public void beforeObjectEntries(JsonGenerator generator) throws IOException {
        if (_nesting > 1) {
            generator.writeRaw(' ');
        } else {
            super.beforeObjectEntries(generator);
        }
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator generator) throws IOException {
        if (_nesting > 1) {
            generator.writeRaw(", ");
        } else {
            super.writeObjectEntrySeparator(generator);
        }
    }

    @Override
    public void writeEndObject(JsonGenerator generator, int entries) throws IOException {
        if (_nesting > 1) {
            _nesting--;
            generator.writeRaw(" }");
        } else {
            super.writeEndObject(generator, entries);
        }
    }
}
