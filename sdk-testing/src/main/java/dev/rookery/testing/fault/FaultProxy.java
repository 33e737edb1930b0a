package dev.rookery.testing.fault;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network that fails on purpose: listens on the loopback interface and passes HTTP/1.1 exchanges on to an address, but for those to which
 * its {@link FaultPlan} does something. Resets are real ones. A connection that becomes a WebSocket is passed on byte by byte.
 *
 * <pre>{@code
 * try (var proxy = FaultProxy.before(node.url())) {
 *     proxy.plan(FaultPlan.everyNth(7, Fault.all()));
 *     HttpNode client = HttpNode.builder(proxy.url(), node.credentials()).build();
 *     ...
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    private final URI target;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong requests = new AtomicLong();
    private final Map<Fault.Kind, AtomicInteger> done = new ConcurrentHashMap<>();
    private final Object planLock = new Object();

    // Guarded by planLock.
    private FaultPlan plan = FaultPlan.none();
    private volatile boolean closed;

    private FaultProxy(URI target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    }

    /**
     * Returns a proxy before something that speaks plain HTTP; without faults at first.
     *
     * @param target scheme, host and port
     * @throws IOException if there is no free port
     */
    public static FaultProxy before(URI target) throws IOException {
        requireNonNull(target, "target");
        if (!"http".equals(target.getScheme()) || target.getPort() < 0) {
            throw new IllegalArgumentException("target: " + target + " (expected: http with a port)");
        }
        var proxy = new FaultProxy(target);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    /** Returns where the target is reached through this proxy. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Sets what happens to the exchanges that begin from now on. */
    public void plan(FaultPlan next) {
        synchronized (planLock) {
            plan = requireNonNull(next, "plan");
        }
    }

    /** Returns how many requests have arrived. */
    public long requests() {
        return requests.get();
    }

    /** Returns how often a fault was done. */
    public int done(Fault.Kind kind) {
        var count = done.get(kind);
        return count == null ? 0 : count.get();
    }

    /** Returns how many connections are open, to clients and to the target. */
    public int openConnections() {
        return sockets.size();
    }

    /** Ends every connection and stops to listen. Repeating has no effect. */
    @Override
    public void close() {
        closed = true;
        quietly(listener);
        sockets.forEach(FaultProxy::quietly);
        threads.shutdownNow();
    }

    Optional<Fault> faultFor(String request) {
        synchronized (planLock) {
            var fault = plan.next(requests.incrementAndGet(), request);
            fault.ifPresent(chosen -> done.computeIfAbsent(chosen.kind(), kind -> new AtomicInteger())
                    .incrementAndGet());
            return fault;
        }
    }

    Socket connect() throws IOException {
        return opened(new Socket(target.getHost(), target.getPort()));
    }

    void forget(Socket socket) {
        sockets.remove(socket);
        quietly(socket);
    }

    ExecutorService threads() {
        return threads;
    }

    private void accept() {
        while (!closed) {
            try {
                var client = opened(listener.accept());
                threads.execute(new FaultyConnection(this, client));
            } catch (IOException ignored) {
                // Closed, which ends the loop; or a client that was gone before it was taken.
            }
        }
    }

    private Socket opened(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        if (closed) {
            forget(socket);
        }
        return socket;
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception ignored) {
            // It is given up anyway.
        }
    }
}
