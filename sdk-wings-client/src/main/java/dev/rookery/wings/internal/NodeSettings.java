package dev.rookery.wings.internal;

import dev.rookery.api.token.NodeCredentials;
import dev.rookery.kit.Backoff;
import dev.rookery.kit.Redactor;
import dev.rookery.wings.NodeDeadlines;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * Everything that all views of one node share.
 *
 * @param profile what was said of the node
 * @param flavour what it speaks
 * @param transport makes the calls
 * @param console what the consoles share
 */
public record NodeSettings(NodeProfile profile, Flavour flavour, HttpTransport transport, ConsoleSettings console) {

    private static final Backoff PAUSES = Backoff.of(Duration.ofMillis(200), 2, Duration.ofSeconds(2), 0.5);
    private static final Set<Integer> TRANSIENT = Set.of(429, 502, 503, 504);
    private static final long ANSWER_BYTES_MAX = 64L * 1024 * 1024;

    /** Creates the settings with a transport for them. */
    public static NodeSettings of(NodeProfile profile) {
        var flavour = profile.dialect().map(Flavour::of).orElseGet(Flavour::unknown);
        // Compressed file contents would come without their size.
        var headers = Headers.of(
                "Authorization",
                profile.credentials().panelToNode(),
                "Accept",
                "application/json",
                "Accept-Encoding",
                "identity");
        var transport = new HttpTransport(
                profile.client(),
                profile.deadlines().idle(),
                () -> headers,
                new Failures(
                        "node " + profile.name(),
                        Redactor.of(profile.credentials().token()),
                        flavour::dialect),
                new HttpTransport.Retries(
                        PAUSES, profile.deadlines().retryBudget(), Endpoint::harmlessToRepeat, TRANSIENT::contains),
                ANSWER_BYTES_MAX,
                new HttpTransport.Surroundings(
                        Optional.of(new CallScope(profile.name(), profile.observer(), flavour::dialect)), flavour));
        return new NodeSettings(
                profile, flavour, transport, ConsoleSettings.of(profile.client(), profile.consoleQueue()));
    }

    /** How messages name the node. */
    String peer() {
        return "node " + profile.name();
    }

    HttpUrl base() {
        return profile.base();
    }

    NodeCredentials credentials() {
        return profile.credentials();
    }

    Optional<String> panelUrl() {
        return profile.panelUrl();
    }

    UUID consoleUser() {
        return profile.consoleUser();
    }

    NodeDeadlines deadlines() {
        return profile.deadlines();
    }

    Clock clock() {
        return profile.clock();
    }

    /** Returns a copy with other settings for consoles. */
    NodeSettings console(ConsoleSettings other) {
        return new NodeSettings(profile, flavour, transport, other);
    }
}
