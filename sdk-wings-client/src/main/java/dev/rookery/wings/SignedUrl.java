package dev.rookery.wings;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;

/**
 * A URL that whoever has it may use, most nodes say once, without further credentials; meant for a browser. A secret until it has
 * expired.
 *
 * @param uri where, token included
 * @param expiresAt the last second in which it is good
 */
public record SignedUrl(URI uri, Instant expiresAt) {

    /** Checks its arguments. */
    public SignedUrl {
        requireNonNull(uri, "uri");
        requireNonNull(expiresAt, "expiresAt");
    }

    /** The token is not shown. */
    @Override
    public String toString() {
        return "SignedUrl[" + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath() + ", expiresAt=" + expiresAt
                + "]";
    }
}
