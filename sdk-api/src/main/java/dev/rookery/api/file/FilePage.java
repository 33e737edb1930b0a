package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.util.List;

/**
 * A part of what is in a directory. Ours.
 *
 * @param total how many entries the directory has
 * @param entries those of the page, in the order of the whole list; none past the end
 */
public record FilePage(long total, List<FileEntry> entries) {

    /** How many entries a page may have. */
    public static final int PER_PAGE_MAX = 1000;

    /** Checks its arguments. */
    public FilePage {
        entries = List.copyOf(requireNonNull(entries, "entries"));
        if (total < 0) {
            throw new InvalidInputException("total: " + total + " (expected: 0 or more)");
        }
    }

    /**
     * Checks which page is wanted.
     *
     * @param page from 1
     * @param perPage 1 to {@value #PER_PAGE_MAX}
     */
    public static void require(int page, int perPage) {
        if (page < 1) {
            throw new InvalidInputException("page: " + page + " (expected: 1 or more)");
        }
        if (perPage < 1 || perPage > PER_PAGE_MAX) {
            throw new InvalidInputException("per_page: " + perPage + " (expected: 1 to " + PER_PAGE_MAX + ")");
        }
    }
}
