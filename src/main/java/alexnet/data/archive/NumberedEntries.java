package alexnet.data.archive;

import alexnet.data.ImageSource;
import alexnet.run.RunException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pictures of a flat tar whose labels go by the number in their name, {@code ILSVRC2012_val_00000001.JPEG}. */
final class NumberedEntries extends TarEntries {
    private static final Pattern NUMBER = Pattern.compile("_(\\d{8})\\.JPEG$");

    private final TarFiles files;
    private final IlsvrcSource source;
    private final String split;
    private final Map<String, byte[]> patches;
    private final BitSet seen = new BitSet();

    NumberedEntries(TarFiles files, IlsvrcSource source, String split, Map<String, byte[]> patches, long mostBytes) {
        super(files, mostBytes);
        this.files = files;
        this.source = source;
        this.split = split;
        this.patches = patches;
    }

    @Override
    ImageSource.Entry advance() {
        if (!files.next()) {
            source.ended(split, files.digest(), differences());
            return null;
        }
        String file = files.name().substring(files.name().lastIndexOf('/') + 1);
        Matcher matcher = NUMBER.matcher(file);
        int number = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        if (number < 1 || number > source.count(split) || !file.equals(source.picture(split, number))) {
            throw new RunException("The archive of " + split + " holds '" + files.name() + "', expected "
                    + source.picture(split, 1) + " to " + source.picture(split, (int) source.count(split))
                    + ". Take archive and development kit of the same year.");
        }
        if (seen.get(number)) {
            throw new RunException("The archive of " + split + " holds '" + file
                    + "' twice, expected each picture once. Get the archive again from its source.");
        }
        seen.set(number);
        return entry(files, file, source.label(split, number), patches);
    }

    private List<ImageSource.Difference> differences() {
        List<ImageSource.Difference> missing = new ArrayList<>();
        for (int number = 1; number <= source.count(split); number++) {
            if (!seen.get(number)) {
                missing.add(new ImageSource.Difference(source.picture(split, number), 1, 0));
            }
        }
        return missing;
    }
}
