package dev.rookery.wings.calagopus;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A search by name, size and content; what is left empty does not matter. Source: node API §2.10.2.
 *
 * @param directory where to begin
 * @param paths what paths have to be like
 * @param sizes how large files have to be
 * @param content what has to be in them
 * @param limit how many results at most
 */
@Value.Builder
public record ContentSearch(
        String directory,
        Optional<PathFilter> paths,
        Optional<SizeFilter> sizes,
        Optional<ContentFilter> content,
        int limit) {

    private static final int LIMIT = 100;

    /** Checks its arguments. */
    public ContentSearch {
        requireNonNull(directory, "directory");
        if (limit < 1) {
            throw new InvalidInputException("limit: " + limit + " (expected: >= 1)");
        }
    }

    /** Returns a builder of a search for at most 100 files of any kind. */
    public static ContentSearchBuilder builder(String directory) {
        return new ContentSearchBuilder().directory(directory).limit(LIMIT);
    }

    /**
     * What paths have to be like.
     *
     * @param include patterns, in the syntax of ignore files, one of which has to fit
     * @param exclude patterns, none of which may fit
     * @param caseInsensitive whether case does not matter
     */
    public record PathFilter(
            @JsonProperty("include") List<String> include,
            @JsonProperty("exclude") List<String> exclude,
            @JsonProperty("case_insensitive") boolean caseInsensitive) {

        /** Copies the lists. */
        public PathFilter {
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
        }
    }

    /**
     * How large files have to be.
     *
     * @param minBytes at least
     * @param maxBytes at most
     */
    public record SizeFilter(
            @JsonProperty("min") long minBytes,
            @JsonProperty("max") long maxBytes) {}

    /**
     * What has to be in a file.
     *
     * @param query the text
     * @param maxSearchBytes larger files are not looked into
     * @param includeUnmatched whether files are results too that were not looked into
     * @param caseInsensitive whether case does not matter
     */
    public record ContentFilter(
            @JsonProperty("query") String query,
            @JsonProperty("max_search_size") long maxSearchBytes,
            @JsonProperty("include_unmatched") boolean includeUnmatched,
            @JsonProperty("case_insensitive") boolean caseInsensitive) {}
}
