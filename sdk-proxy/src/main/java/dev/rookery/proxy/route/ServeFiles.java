package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Serves the files of a directory.
 *
 * @param root an absolute path on the proxy's machine
 * @param index names that stand for a directory; {@code index.html} if none is given
 * @param browse whether directories are listed
 * @param hide patterns of names that are not served
 * @param fallback whether what is not there is answered by the root's index, as pages of one script want it
 */
public record ServeFiles(
        @JsonProperty("root") String root,
        @JsonProperty("index") List<String> index,
        @JsonProperty("browse") boolean browse,
        @JsonProperty("hide") List<String> hide,
        @JsonProperty("fallback") boolean fallback)
        implements Action {

    /** Puts in what is left out. */
    public ServeFiles {
        requireNonNull(root, "root");
        index = index == null || index.isEmpty() ? List.of("index.html") : List.copyOf(index);
        hide = Values.list(hide);
    }
}
