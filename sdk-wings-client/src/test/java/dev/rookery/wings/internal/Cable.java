package dev.rookery.wings.internal;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes connections on to a port of this machine until it is cut. */
final class Cable implements AutoCloseable {

    private final ServerSocket plug;
    private final int target;
    private final List<Closeable> open = new CopyOnWriteArrayList<>();

    Cable(int target) throws IOException {
        this.target = target;
        this.plug = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + plug.getLocalPort());
    }

    /** Breaks every connection, without a word to either side. New ones are passed on again. */
    void cut() {
        open.forEach(Cable::closeQuietly);
        open.clear();
    }

    @Override
    public void close() {
        closeQuietly(plug);
        cut();
    }

    private void accept() {
        while (!plug.isClosed()) {
            try {
                var near = plug.accept();
                var far = new Socket(InetAddress.getLoopbackAddress(), target);
                open.addAll(List.of(near, far));
                start(() -> pass(near, far));
                start(() -> pass(far, near));
            } catch (IOException ignored) {
                // Closed, or the other side is away for now.
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ignored) {
            // Cut.
        }
    }

    private static void start(Runnable task) {
        var thread = new Thread(task, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException ignored) {
            // Closed is closed.
        }
    }
}
