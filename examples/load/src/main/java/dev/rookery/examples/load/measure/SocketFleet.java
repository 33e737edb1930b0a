package dev.rookery.examples.load.measure;

import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.permission.Permissions;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.api.token.TokenUser;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Console sockets of one server, all read by one thread. Thread-safe but for what the sockets have seen, which is for after the end. */
final class SocketFleet implements AutoCloseable {

    private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);
    private static final long LOOK_MILLIS = 5;
    private static final long OPEN_SECONDS = 60;
    /** A node need not keep many sockets of one server that have not shown a token. */
    private static final int AT_ONCE = 16;

    private final NodeBed bed;
    private final ServerId server;
    private final Selector selector;
    private final Thread thread;
    private final List<LineSocket> sockets = new ArrayList<>();
    private final List<LineCount> counts = new ArrayList<>();
    private volatile boolean closed;
    private volatile @Nullable IOException failure;

    private SocketFleet(NodeBed bed, ServerId server) throws IOException {
        this.bed = bed;
        this.server = server;
        this.selector = Selector.open();
        this.thread = new Thread(this::run, "sockets");
        thread.setDaemon(true);
    }

    /** Opens sockets that begin now, and waits until all are let in. */
    static SocketFleet open(NodeBed bed, ServerId server, int count, Histogram latencies)
            throws IOException, InterruptedException {
        return open(bed, server, count, latencies, -1);
    }

    /** Opens one socket that begins after a line of the console, and waits until it is let in. */
    static SocketFleet resume(NodeBed bed, ServerId server, long after) throws IOException, InterruptedException {
        return open(bed, server, 1, new Histogram(), after);
    }

    private static SocketFleet open(NodeBed bed, ServerId server, int count, Histogram latencies, long after)
            throws IOException, InterruptedException {
        var fleet = new SocketFleet(bed, server);
        try {
            fleet.thread.start();
            for (int i = 0; i < count; i++) {
                fleet.add(new LineCount(latencies), after);
                if (i % AT_ONCE == AT_ONCE - 1) {
                    fleet.awaitOpen();
                }
            }
            fleet.awaitOpen();
            return fleet;
        } catch (IOException | InterruptedException | RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    /** Adds a socket that begins after a line, -1 for now. */
    private void add(LineCount count, long after) throws IOException {
        var signer = TokenSigner.builder(bed.credentials())
                .dialect(bed.dialect())
                .panelUrl(bed.panelUrl().toString())
                .nodeUrl(bed.url().toString())
                .build();
        var token = signer.console(server, TokenUser.of(UUID.randomUUID()), Permissions.administrator(), TOKEN_LIFE);
        var socket = LineSocket.open(
                bed.url(), server.toString(), token.text(), bed.panelUrl().toString(), count, after);
        socket.key(socket.channel().register(selector, SelectionKey.OP_READ, socket));
        selector.wakeup();
        sockets.add(socket);
        counts.add(count);
    }

    LineSocket socket(int index) {
        return sockets.get(index);
    }

    LineCount count(int index) {
        return counts.get(index);
    }

    int size() {
        return sockets.size();
    }

    /** Waits until the first sockets have seen a line; false if nothing more comes for so long. */
    boolean await(int first, long number, Duration patience) throws InterruptedException, IOException {
        long seen = 0;
        long changed = System.nanoTime();
        while (true) {
            long lowest = Long.MAX_VALUE;
            long sum = 0;
            for (int i = 0; i < first; i++) {
                lowest = Math.min(lowest, counts.get(i).last());
                sum += counts.get(i).last();
            }
            if (lowest >= number) {
                return true;
            }
            check();
            long now = System.nanoTime();
            if (sum != seen) {
                seen = sum;
                changed = now;
            } else if (now - changed > patience.toNanos()) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            if (thread.isAlive()) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (var socket : sockets) {
            socket.close();
        }
        selector.close();
    }

    private void awaitOpen() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (var socket : sockets) {
            while (!socket.authenticated()) {
                check();
                if (socket.ended() || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(OPEN_SECONDS)) {
                    throw new UnavailableException("the node did not let all of " + sockets.size() + " sockets in");
                }
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    private void check() throws IOException {
        var failed = failure;
        if (failed != null) {
            throw new IOException("a console socket failed: " + failed.getMessage(), failed);
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::read);
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private void read(SelectionKey key) {
        var socket = (LineSocket) key.attachment();
        try {
            socket.read();
        } catch (IOException e) {
            key.cancel();
            if (!socket.ended()) {
                failure = e;
            }
        } catch (RuntimeException e) {
            key.cancel();
            failure = new IOException(e.getMessage(), e);
        }
    }
}
