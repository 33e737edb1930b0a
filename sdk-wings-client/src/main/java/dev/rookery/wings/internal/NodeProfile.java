package dev.rookery.wings.internal;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.wings.CallObserver;
import dev.rookery.wings.NodeDeadlines;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.immutables.value.Value;

/**
 * What is said of a node when its client is built.
 *
 * @param base the node's URL
 * @param credentials ours on the node
 * @param client whose connections are used
 * @param dialect what the node speaks; empty if it is to be asked
 * @param panelUrl our own URL, as the node knows it
 * @param consoleUser whom the panel itself stands for where the node wants a user
 * @param deadlines how long calls may take
 * @param spoolDirectory where content of unknown length is measured
 * @param clock tells the time
 * @param consoleQueue how many events wait for a console's slow listener
 * @param observer watches the calls
 */
@Value.Builder
public record NodeProfile(
        HttpUrl base,
        NodeCredentials credentials,
        OkHttpClient client,
        Optional<Dialect> dialect,
        Optional<String> panelUrl,
        UUID consoleUser,
        NodeDeadlines deadlines,
        Path spoolDirectory,
        Clock clock,
        int consoleQueue,
        CallObserver observer) {

    /** Returns a builder with the defaults of {@link dev.rookery.wings.HttpNodeBuilder}; the client is to be set. */
    public static NodeProfileBuilder builder(HttpUrl base, NodeCredentials credentials) {
        return new NodeProfileBuilder()
                .base(base)
                .credentials(credentials)
                .consoleUser(new UUID(0, 0))
                .deadlines(NodeDeadlines.defaults())
                .spoolDirectory(Path.of(System.getProperty("java.io.tmpdir")))
                .clock(Clock.systemUTC())
                .consoleQueue(ConsoleSettings.QUEUE_EVENTS)
                .observer(CallObserver.none());
    }

    /** How logs and metrics name the node. */
    String name() {
        return BaseUrl.show(base);
    }
}
