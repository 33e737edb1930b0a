package dev.rookery.daemon.internal.file;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a copy beside its original is called: {@code x copy.txt}, {@code x copy 1.txt} and so on. Source: node API §2.5. */
record CopyNames(String original, Instant now) implements Iterable<String> {

    private static final int NUMBERED_MAX = 48;

    @Override
    public Iterator<String> iterator() {
        var extension = extension();
        var stem = original.substring(0, original.length() - extension.length());
        var time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return Stream.of(
                        Stream.of(" copy"),
                        IntStream.rangeClosed(1, NUMBERED_MAX).mapToObj(number -> " copy " + number),
                        Stream.of(" copy." + time))
                .flatMap(names -> names)
                .map(suffix -> stem + suffix + extension)
                .iterator();
    }

    /** Returns the extension with its dot; what follows {@code .tar} belongs to it. */
    private String extension() {
        int dot = original.lastIndexOf('.');
        if (dot < 0) {
            return "";
        }
        int tar = original.lastIndexOf(".tar", dot - 1);
        return original.substring(tar >= 0 && tar + ".tar".length() == dot ? tar : dot);
    }
}
