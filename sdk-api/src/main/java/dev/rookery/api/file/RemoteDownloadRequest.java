package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A file for the node to fetch from elsewhere. Source: node API §2.5.
 *
 * @param directory where it goes
 * @param url where it is; the host must answer with a length, and must not be a private address
 * @param fileName what it shall be called; empty takes the last part of the URL
 * @param useHeader whether a name in the answer's {@code Content-Disposition} goes before {@code fileName}
 */
@Value.Builder
public record RemoteDownloadRequest(String directory, URI url, Optional<String> fileName, boolean useHeader) {

    /** Checks its arguments. */
    public RemoteDownloadRequest {
        requireNonNull(directory, "directory");
        requireNonNull(url, "url");
        requireNonNull(fileName, "fileName");
    }

    /** Returns a builder of a request for a file that is called as its URL says. */
    public static RemoteDownloadRequestBuilder builder(String directory, URI url) {
        return new RemoteDownloadRequestBuilder().directory(directory).url(url).useHeader(false);
    }
}
