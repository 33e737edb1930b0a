package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.immutables.value.Value;

/**
 * Changes headers. Values are literal texts unless {@code template} is set.
 *
 * @param set header to the value that it has then
 * @param add header to a further value
 * @param delete headers that go
 * @param replace texts that are replaced within values
 * @param template whether the engine's placeholders in values are filled in; which ones are allowed is checked
 */
@Value.Builder
public record HeaderOps(
        @JsonProperty("set") Map<String, String> set,
        @JsonProperty("add") Map<String, String> add,
        @JsonProperty("delete") List<String> delete,
        @JsonProperty("replace") List<Replacement> replace,
        @JsonProperty("template") boolean template) {

    /** Changes nothing. */
    public static final HeaderOps NONE = builder().build();

    /** Puts in what is left out. */
    public HeaderOps {
        set = Values.map(set);
        add = Values.map(add);
        delete = Values.list(delete);
        replace = Values.list(replace);
    }

    /** Returns a builder of what changes nothing. */
    public static HeaderOpsBuilder builder() {
        return new HeaderOpsBuilder().template(false);
    }

    /** Returns whether nothing is changed. */
    public boolean isEmpty() {
        return set.isEmpty() && add.isEmpty() && delete.isEmpty() && replace.isEmpty();
    }

    /**
     * A text within the values of a header that is replaced.
     *
     * @param header whose values
     * @param search what is replaced, a literal text
     * @param by what stands there then
     */
    public record Replacement(
            @JsonProperty("header") String header,
            @JsonProperty("search") String search,
            @JsonProperty("by") String by) {

        /** Checks its arguments. */
        public Replacement {
            requireNonNull(header, "header");
            requireNonNull(search, "search");
            requireNonNull(by, "by");
        }
    }
}
