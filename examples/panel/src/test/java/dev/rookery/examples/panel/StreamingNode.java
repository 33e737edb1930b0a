package dev.rookery.examples.panel;

import dev.rookery.api.Content;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.node.NodeServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/** A node whose files are made while they are read, and counted while they are written; everything else is another node's. */
public final class StreamingNode implements NodeFiles {

    private static final int PIECE = 16 * 1024;

    /** How many bytes were made so far. */
    public final AtomicLong made = new AtomicLong();

    /** How many bytes came so far. */
    public final AtomicLong taken = new AtomicLong();

    /** Opens when what is written may be taken beyond the first MiB. */
    public final CountDownLatch more = new CountDownLatch(1);

    /** How large a file is. */
    public volatile long size;

    /** Whether the size is told before. */
    public volatile boolean sizeTold = true;

    /** After how many bytes reading breaks off. */
    public volatile long breaksAfter = Long.MAX_VALUE;

    /** What has been written. */
    public volatile CRC32 written = new CRC32();

    /** Returns a node with these files. */
    public Node over(Node node) {
        return proxy(Node.class, node);
    }

    @Override
    public Content read(String path) {
        return Content.of(new Made(), sizeTold ? OptionalLong.of(size) : OptionalLong.empty());
    }

    @Override
    public void write(String path, Content content) {
        try (content) {
            var from = content.stream();
            byte[] piece = new byte[PIECE];
            var sum = new CRC32();
            for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
                sum.update(piece, 0, read);
                if (taken.addAndGet(read) > 1024 * 1024) {
                    more.await();
                }
            }
            written = sum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the byte at a place. */
    public static byte at(long place) {
        return (byte) (place * 31 + (place >> 12));
    }

    private <T> T proxy(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals("files")) {
                        return this;
                    }
                    try {
                        var result = method.invoke(real, arguments);
                        if (result instanceof Node node) {
                            return proxy(Node.class, node);
                        }
                        return result instanceof NodeServer server ? proxy(NodeServer.class, server) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private final class Made extends InputStream {

        private long place;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (place >= breaksAfter) {
                throw new IOException("the node is gone");
            }
            if (place >= size) {
                return -1;
            }
            int count = (int) Math.min(length, size - place);
            for (int i = 0; i < count; i++) {
                into[offset + i] = at(place + i);
            }
            place += count;
            made.addAndGet(count);
            return count;
        }
    }
}
