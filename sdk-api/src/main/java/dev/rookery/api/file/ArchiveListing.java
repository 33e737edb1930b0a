package dev.rookery.api.file;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import java.util.List;
import java.util.Optional;

/**
 * A part of what is in one directory of an archive. Ours.
 *
 * @param entries directories first, then by name; a name that is there more than once is listed once, as it is there first
 * @param next what to ask for to go on, see {@link ArchiveQuery#after(String)}; empty if there is no more
 * @param complete whether the archive was read to its end; if not, it took too long, and entries may be missing
 * @param refused how many entries of the whole archive are left out because no file can have their name, or because it leads out of
 *     the directory; such an archive is not unpacked
 */
public record ArchiveListing(
        @JsonProperty("entries") List<ArchiveEntry> entries,
        @JsonProperty("next") Optional<String> next,
        @JsonProperty("complete") boolean complete,
        @JsonProperty("refused") long refused) {

    /** Copies its argument. */
    public ArchiveListing {
        entries = entries == null ? List.of() : List.copyOf(entries);
        next = next == null ? Optional.empty() : next;
        if (refused < 0) {
            throw new InvalidInputException("refused: " + refused + " (expected: 0 or more)");
        }
    }
}
