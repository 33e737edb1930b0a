package dev.rookery.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real engine behind a socket that can stop passing on anything, like an engine that hangs, or be gone, like one that is down. */
final class StallingEngine implements AutoCloseable {

    private static final Path ENGINE = Path.of("/var/run/docker.sock");

    private final ServerSocketChannel server;
    private final List<ByteChannel> open = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private boolean stalled;
    private volatile boolean gone;

    StallingEngine(Path socket) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        daemon(this::accept);
    }

    void stall(boolean hang) {
        synchronized (lock) {
            stalled = hang;
            lock.notifyAll();
        }
    }

    /** Breaks every connection and takes no more, until it is told to be there again. */
    void gone(boolean away) throws IOException {
        gone = away;
        if (away) {
            closeAll();
        }
    }

    @Override
    public void close() throws IOException {
        stall(false);
        server.close();
        closeAll();
    }

    private void closeAll() throws IOException {
        for (var channel : open) {
            channel.close();
        }
    }

    private void accept() {
        try {
            while (server.isOpen()) {
                var client = server.accept();
                if (gone) {
                    client.close();
                    continue;
                }
                var engine = SocketChannel.open(UnixDomainSocketAddress.of(ENGINE));
                open.addAll(List.of(client, engine));
                daemon(() -> pass(client, engine));
                daemon(() -> pass(engine, client));
            }
        } catch (IOException e) {
            if (server.isOpen()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void pass(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (from.read(buffer) >= 0) {
                awaitFlow();
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitFlow() throws InterruptedException {
        synchronized (lock) {
            while (stalled) {
                lock.wait();
            }
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "stalling-engine");
        thread.setDaemon(true);
        thread.start();
    }
}
