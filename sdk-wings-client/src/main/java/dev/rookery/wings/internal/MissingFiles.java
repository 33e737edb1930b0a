package dev.rookery.wings.internal;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.RookeryException.RemoteAnswer;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.file.FileEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Finds out what a daemon means that answers the same 500 to a missing file, or one in the way, as to a broken disk, by looking into
 * the directories above. Pterodactyl's does so. Where looking fails too, the first failure stands, with the second one suppressed in it.
 * Source: node API §1.5, §7.1; docs/protocol/findings.md.
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
        return pterodactyl500(e) && sure(e, () -> absent(path.replaceAll("^/+|/+$", "")))
                ? new NotFoundException(
                        e.getMessage() + " ('" + path + "' is not there)",
                        e,
                        e.answer().orElse(null))
                : e;
    }

    /** Returns the exception to throw instead of {@code e}: Calagopus' daemon says "not found" of a directory that is read. */
    RookeryException explainNotFound(NotFoundException e, String path) {
        boolean calagopus = e.answer()
                .flatMap(RemoteAnswer::dialect)
                .filter(Dialect.CALAGOPUS::equals)
                .isPresent();
        return calagopus
                        && sure(
                                e,
                                () -> entry(path).filter(FileEntry::directory).isPresent())
                ? new InvalidInputException(
                        e.getMessage() + " ('" + path + "' is a directory)",
                        e,
                        e.answer().orElse(null))
                : e;
    }

    /** Returns the exception to throw instead of {@code e} if a file is in the way of the directory, or {@code e} itself. */
    RookeryException explainFileInTheWay(UnavailableException e, String path) {
        return silent500(e) && sure(e, () -> fileInTheWay(path))
                ? new InvalidInputException(
                        e.getMessage() + " (a part of '" + path + "' is a file)",
                        e,
                        e.answer().orElse(null))
                : e;
    }

    private static boolean sure(RookeryException first, BooleanSupplier look) {
        try {
            return look.getAsBoolean();
        } catch (RookeryException e) {
            first.addSuppressed(e);
            return false;
        }
    }

    private boolean fileInTheWay(String path) {
        var parent = "";
        for (var name : path.split("/+", -1)) {
            parent = parent + "/" + name;
            var found = entry(parent);
            if (found.isEmpty() || found.get().file()) {
                return found.isPresent();
            }
        }
        return false;
    }

    /** Returns whether there is something at a path. */
    boolean there(String path) {
        try {
            return entry(path).isPresent();
        } catch (NotFoundException ignored) {
            // Not even the directory above is there.
            return false;
        }
    }

    /** Looks for a path in the directory above it. */
    Optional<FileEntry> entry(String path) {
        var plain = path.replaceAll("/+", "/").replaceAll("^/|/$", "");
        if (plain.isEmpty()) {
            return Optional.empty();
        }
        int slash = plain.lastIndexOf('/');
        var name = plain.substring(slash + 1);
        return list.apply(slash < 0 ? "/" : "/" + plain.substring(0, slash)).stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst();
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
        } catch (UnavailableException e) {
            return pterodactyl500(e) && absent(parent);
        }
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
