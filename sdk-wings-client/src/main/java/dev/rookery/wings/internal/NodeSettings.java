package dev.rookery.wings.internal;

import dev.rookery.api.token.NodeCredentials;
import dev.rookery.kit.Backoff;
import dev.rookery.kit.Redactor;
import dev.rookery.wings.NodeDeadlines;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Everything that all views of one node share.
 *
 * @param base the node's URL
 * @param peer how messages name the node
 * @param credentials ours on the node
 * @param transport makes the calls
 * @param panelUrl our own URL, as the node knows it
 * @param consoleUser whom the panel's own consoles stand for
 * @param deadlines how long calls may take
 * @param spoolDirectory where content of unknown length is measured
 * @param clock tells the time
 * @param console what the consoles share
 */
public record NodeSettings(
        HttpUrl base,
        String peer,
        NodeCredentials credentials,
        HttpTransport transport,
        Optional<String> panelUrl,
        UUID consoleUser,
        NodeDeadlines deadlines,
        Path spoolDirectory,
        Clock clock,
        ConsoleSettings console) {

    private static final Backoff PAUSES = Backoff.of(Duration.ofMillis(200), 2, Duration.ofSeconds(2), 0.5);
    private static final long ANSWER_BYTES_MAX = 64L * 1024 * 1024;

    /** Creates the settings with a transport for them. */
    public static NodeSettings of(
            HttpUrl base,
            NodeCredentials credentials,
            OkHttpClient client,
            Optional<String> panelUrl,
            UUID consoleUser,
            NodeDeadlines deadlines,
            Path spoolDirectory,
            Clock clock,
            int consoleQueue) {
        var peer = "node " + BaseUrl.show(base);
        // Compressed file contents would come without their size.
        var headers = Headers.of(
                "Authorization",
                credentials.panelToNode(),
                "Accept",
                "application/json",
                "Accept-Encoding",
                "identity");
        var transport = new HttpTransport(
                client,
                deadlines.idle(),
                headers,
                new Failures(peer, Redactor.of(credentials.token())),
                new HttpTransport.Retries(
                        PAUSES,
                        deadlines.retryBudget(),
                        Endpoint::harmlessToRepeat,
                        status -> status >= 502 && status <= 504),
                ANSWER_BYTES_MAX);
        return new NodeSettings(
                base,
                peer,
                credentials,
                transport,
                panelUrl,
                consoleUser,
                deadlines,
                spoolDirectory,
                clock,
                ConsoleSettings.of(client, consoleQueue));
    }

    /** Returns a copy with other settings for consoles. */
    NodeSettings console(ConsoleSettings other) {
        return new NodeSettings(
                base, peer, credentials, transport, panelUrl, consoleUser, deadlines, spoolDirectory, clock, other);
    }
}
