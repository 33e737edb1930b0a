package dev.rookery.wings.internal;

import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.RookeryException.RemoteAnswer;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileRename;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds out what a daemon means that answers the same 500 to a missing file, or one in the way, as to a broken disk, by looking into
 * the directories above. Source: node API §1.5, §7.1; docs/protocol/findings.md.
 */
final class MissingFiles {

    private static final int SERVER_ERROR = 500;

    private final Function<String, List<FileEntry>> list;

    /**
     * Creates the finder.
     *
     * @param list lists a directory
     */
    MissingFiles(Function<String, List<FileEntry>> list) {
        this.list = list;
    }

    /** Returns the exception to throw instead of {@code e}, or {@code e} itself if the path is there or nobody can tell. */
    RookeryException explain(UnavailableException e, String path) {
        if (!pterodactyl500(e)) {
            return e;
        }
        return absent(strip(path))
                ? new NotFoundException(
                        e.getMessage() + " ('" + path + "' is not there)",
                        e,
                        e.answer().orElse(null))
                : e;
    }

    /** Returns the exception to throw instead of {@code e} if the path is a directory, or {@code e} itself. */
    RookeryException explainDirectory(NotFoundException e, String path) {
        try {
            list.apply("/" + strip(path));
        } catch (NotFoundException | InvalidInputException ignored) {
            // No directory, as it was said.
            return e;
        }
        return new InvalidInputException(
                e.getMessage() + " ('" + path + "' is a directory)",
                e,
                e.answer().orElse(null));
    }

    /** Returns the exception to throw instead of {@code e} if a file is in the way of the directory, or {@code e} itself. */
    RookeryException explainFileInTheWay(UnavailableException e, String path) {
        if (!silent500(e) || !fileInTheWay(path)) {
            return e;
        }
        return new InvalidInputException(
                e.getMessage() + " (a part of '" + path + "' is a file)",
                e,
                e.answer().orElse(null));
    }

    /**
     * Throws if one of the files is still where it was, after a daemon answered success without having moved all: Calagopus' does so. A
     * file that was never there is passed over, as the other daemons do.
     */
    void requireMoved(String directory, List<FileRename> files) {
        for (var file : files) {
            if (!absent(strip(directory + "/" + file.from()))) {
                throw new ConflictException("'" + file.from() + "' was not moved to '" + file.to()
                        + "' (expected: nothing there, and the permission of the egg)");
            }
        }
    }

    private boolean fileInTheWay(String path) {
        var parent = "";
        for (var name : path.split("/+")) {
            var found = list.apply("/" + parent).stream()
                    .filter(entry -> entry.name().equals(name))
                    .findFirst();
            if (found.isEmpty() || found.get().file()) {
                return found.isPresent();
            }
            parent = parent.isEmpty() ? name : parent + "/" + name;
        }
        return false;
    }

    private boolean absent(String path) {
        if (path.isEmpty()) {
            return false;
        }
        int slash = path.lastIndexOf('/');
        var parent = slash < 0 ? "" : path.substring(0, slash);
        var name = path.substring(slash + 1);
        try {
            return list.apply("/" + parent).stream()
                    .noneMatch(entry -> entry.name().equals(name));
        } catch (NotFoundException e) {
            return true;
        } catch (UnavailableException e) {
            return pterodactyl500(e) && absent(parent);
        }
    }

    private static String strip(String path) {
        return path.replaceAll("^/+|/+$", "");
    }

    private static boolean pterodactyl500(UnavailableException e) {
        return is500(e, Set.of(Dialect.PTERODACTYL, Dialect.FLAMINGO));
    }

    private static boolean silent500(UnavailableException e) {
        return is500(e, Set.of(Dialect.PTERODACTYL, Dialect.FLAMINGO, Dialect.CALAGOPUS));
    }

    private static boolean is500(UnavailableException e, Set<Dialect> dialects) {
        return e.answer()
                .filter(answer -> answer.status() == SERVER_ERROR)
                .flatMap(RemoteAnswer::dialect)
                .filter(dialects::contains)
                .isPresent();
    }
}
