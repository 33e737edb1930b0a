package dev.rookery.wings.internal;

import dev.rookery.kit.Backoff;
import dev.rookery.kit.NamedThreads;
import java.time.Duration;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * What all consoles of one node share.
 *
 * @param client makes their sockets
 * @param timer runs what is due
 * @param pauses between tries to connect again
 * @param queueEvents how many events wait for a slow listener
 * @param brake how long a socket is not read while the listener's queue is full
 */
record ConsoleSettings(OkHttpClient client, ConsoleTimer timer, Backoff pauses, int queueEvents, Duration brake) {

    /** How many events wait for a slow listener unless something else is said. */
    static final int QUEUE_EVENTS = 16_384;

    /** How many characters wait for a slow listener. */
    static final long QUEUE_CHARS = 8L * 1024 * 1024;

    private static final Backoff PAUSES = Backoff.of(Duration.ofMillis(500), 2, Duration.ofSeconds(20), 0.3);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(20);
    private static final Duration BRAKE = Duration.ofMillis(100);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    static ConsoleSettings of(OkHttpClient client, int queueEvents) {
        // A socket holds its place in the dispatcher for as long as it is open, and the usual one has 64 of them.
        var dispatcher = new Dispatcher(NamedThreads.perTask("wings-console-reader"));
        dispatcher.setMaxRequests(Integer.MAX_VALUE);
        var sockets = client.newBuilder()
                .addInterceptor(new FrameGuard())
                .dispatcher(dispatcher)
                .pingInterval(PING_INTERVAL)
                .connectTimeout(HANDSHAKE)
                .readTimeout(HANDSHAKE)
                .writeTimeout(HANDSHAKE)
                .callTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
        return new ConsoleSettings(sockets, ConsoleTimer.SYSTEM, PAUSES, queueEvents, BRAKE);
    }

    ConsoleSettings timer(ConsoleTimer other) {
        return new ConsoleSettings(client, other, pauses, queueEvents, brake);
    }

    ConsoleSettings brake(Duration other) {
        return new ConsoleSettings(client, timer, pauses, queueEvents, other);
    }

    ConsoleSettings pauses(Backoff other) {
        return new ConsoleSettings(client, timer, other, queueEvents, brake);
    }
}
