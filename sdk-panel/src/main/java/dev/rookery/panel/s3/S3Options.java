package dev.rookery.panel.s3;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * Where an object store is and who uses it.
 *
 * @param endpoint its address without the bucket, such as {@code https://s3.eu-central-1.amazonaws.com}; nodes must reach it, too
 * @param region as the store calls it
 * @param bucket which has to be there
 * @param accessKey the public half of the credentials
 * @param secretKey the other half; a secret, which this panel alone knows
 * @param pathStyle whether the bucket is the first part of the path, as nearly every store has it; otherwise it is the first
 *     part of the host name
 * @param deadline the longest time for a call, up to the end of its answer
 * @param completionDeadline the longest time for the one call that has an upload put together, which takes stores longer
 */
@Value.Builder
public record S3Options(
        URI endpoint,
        String region,
        String bucket,
        String accessKey,
        String secretKey,
        boolean pathStyle,
        Duration deadline,
        Duration completionDeadline) {

    private static final String BUCKET = "[a-zA-Z0-9][a-zA-Z0-9._-]{1,62}";

    /** Checks its arguments. */
    public S3Options {
        requireNonNull(region, "region");
        requireNonNull(accessKey, "accessKey");
        requireNonNull(secretKey, "secretKey");
        requireNonNull(deadline, "deadline");
        requireNonNull(completionDeadline, "completionDeadline");
        endpoint = withoutDefaultPort(endpoint);
        if (endpoint.getHost() == null
                || !("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))) {
            throw new InvalidInputException("endpoint: '" + endpoint + "' (expected: http or https with a host)");
        }
        if (!bucket.matches(BUCKET)) {
            throw new InvalidInputException(
                    "bucket: '" + bucket + "' (expected: 2 to 63 letters, digits, dots, underscores and hyphens)");
        }
    }

    /**
     * Returns a builder with the bucket in the path, the region {@code us-east-1}, 30 s for a call, and 5 min for the one that puts an
     * upload together.
     */
    public static S3OptionsBuilder builder() {
        return new S3OptionsBuilder()
                .region("us-east-1")
                .pathStyle(true)
                .deadline(Duration.ofSeconds(30))
                .completionDeadline(Duration.ofMinutes(5));
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "S3Options[" + endpoint + ", " + bucket + "]";
    }

    /** Clients leave a default port out of the host that is signed, so it must not be in what the signature is made of. */
    private static URI withoutDefaultPort(URI endpoint) {
        boolean superfluous = ("https".equals(endpoint.getScheme()) && endpoint.getPort() == 443)
                || ("http".equals(endpoint.getScheme()) && endpoint.getPort() == 80);
        var authority = String.valueOf(endpoint.getRawAuthority());
        return superfluous
                ? URI.create(endpoint.toString()
                        .replaceFirst(
                                Pattern.quote(authority),
                                Matcher.quoteReplacement(authority.substring(0, authority.lastIndexOf(':')))))
                : endpoint;
    }
}
