package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.file.ContentMatches;
import dev.rookery.api.file.ContentSearch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for a text in files below a directory. Files that are no text are passed over, as are those that nobody may read; links are not
 * followed. Bounded in matches, in the size of a file and in time. Used once, by one thread.
 */
final class TextSearch {

    private static final int MATCHES_MAX = 1000;
    private static final int MATCHES_PER_FILE_MAX = 100;
    private static final int FILE_MAX_BYTES = 16 << 20;
    private static final int LINE_MAX_BYTES = 400;
    private static final Duration TIME_MAX = Duration.ofSeconds(30);
    /** A zero among so many bytes is no text. */
    private static final int BINARY_BYTES = 8 << 10;

    private final byte[] text;
    private final boolean matchCase;
    private final List<String> above;
    private final Denylist denylist;
    private final CancelSignal cancel;
    private final FileReader reader = new FileReader(FILE_MAX_BYTES);
    private final List<ContentMatches.Match> found = new ArrayList<>();
    private final long begun = System.nanoTime();
    private boolean complete = true;

    /**
     * Creates it.
     *
     * @param above the real path of the directory that is searched
     */
    TextSearch(ContentSearch search, List<String> above, Denylist denylist, CancelSignal cancel) {
        this.text = folded(search.text().getBytes(StandardCharsets.UTF_8), search.matchCase());
        this.matchCase = search.matchCase();
        this.above = above;
        this.denylist = denylist;
        this.cancel = cancel;
    }

    ContentMatches run(OpenDirectory directory) throws IOException {
        boolean whole = new TreeWalk(cancel, this::visit).below(directory.descriptor());
        return new ContentMatches(found, complete && whole);
    }

    private TreeWalk.Next visit(TreeWalk at) throws IOException {
        if (found.size() >= MATCHES_MAX || System.nanoTime() - begun > TIME_MAX.toNanos()) {
            complete = false;
            return TreeWalk.Next.END;
        }
        boolean maybeFile = at.type() == DirectoryReader.Type.REGULAR || at.type() == DirectoryReader.Type.UNKNOWN;
        if (denylist.isEmpty()) {
            if (maybeFile) {
                look(at);
            }
            return TreeWalk.Next.ENTER;
        }
        if (denylist.denies(path(at), at.status().directory())) {
            return TreeWalk.Next.PASS;
        }
        if (maybeFile) {
            look(at);
        }
        return TreeWalk.Next.ENTER;
    }

    private void look(TreeWalk at) throws IOException {
        int length = reader.read(at.directory(), at.name());
        if (length == FileReader.TOO_LARGE) {
            complete = false;
        }
        if (length <= 0 || binary(length)) {
            return;
        }
        int matches = 0;
        long line = 1;
        int counted = 0;
        for (int hit = next(0, length); hit >= 0; hit = next(hit, length)) {
            for (; counted < hit; counted++) {
                line += reader.bytes()[counted] == '\n' ? 1 : 0;
            }
            int end = end(hit, length);
            if (++matches > MATCHES_PER_FILE_MAX || found.size() >= MATCHES_MAX) {
                complete = false;
                return;
            }
            found.add(new ContentMatches.Match(NameBytes.shown(String.join("/", path(at))), line, line(hit, end)));
            hit = end;
        }
    }

    private boolean binary(int length) {
        for (int i = 0; i < Math.min(length, BINARY_BYTES); i++) {
            if (reader.bytes()[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns where the text is next, -1 if nowhere. */
    private int next(int from, int length) {
        var bytes = reader.bytes();
        byte first = text[0];
        for (int at = from; at <= length - text.length; at++) {
            byte present = bytes[at];
            if ((present == first || (!matchCase && lower(present) == first)) && matches(bytes, at)) {
                return at;
            }
        }
        return -1;
    }

    private boolean matches(byte[] bytes, int at) {
        for (int i = 1; i < text.length; i++) {
            byte present = bytes[at + i];
            if (present != text[i] && (matchCase || lower(present) != text[i])) {
                return false;
            }
        }
        return true;
    }

    private int end(int from, int length) {
        int end = from;
        while (end < length && reader.bytes()[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Returns the line of a hit, or what is around it if the line is long. */
    private String line(int hit, int end) {
        int begin = hit;
        while (begin > 0 && reader.bytes()[begin - 1] != '\n' && hit - begin < LINE_MAX_BYTES / 4) {
            begin--;
        }
        int cut = Math.min(end, begin + LINE_MAX_BYTES);
        return new String(reader.bytes(), begin, cut - begin, StandardCharsets.UTF_8).stripTrailing();
    }

    private List<String> path(TreeWalk at) {
        var path = new ArrayList<>(above);
        path.addAll(at.names());
        return path;
    }

    private static byte[] folded(byte[] text, boolean matchCase) {
        var folded = Arrays.copyOf(text, text.length);
        for (int i = 0; i < folded.length && !matchCase; i++) {
            folded[i] = lower(folded[i]);
        }
        return folded;
    }

    private static byte lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + ('a' - 'A')) : letter;
    }
}
