package dev.rookery.daemon.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames that one socket is to be sent, in order. Those that come together go together: one buffer, one flush. Who sends much asks
 * the gate before. Thread-safe.
 */
final class ConsoleOutbox {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleOutbox.class);
    /** Where the handshake puts the encoder; buffers that hold whole frames pass it by. */
    private static final String ENCODER = "wsencoder";

    private final Channel channel;
    private final WriteGate gate;
    private final Object lock = new Object();
    // Guarded by lock.
    private List<byte[]> waiting = new ArrayList<>();
    private boolean due;

    ConsoleOutbox(Channel channel, WriteGate gate) {
        this.channel = channel;
        this.gate = gate;
    }

    /** Sends a frame that is written out, with its header. */
    void send(byte[] frame) {
        gate.queued(frame.length);
        boolean first;
        synchronized (lock) {
            waiting.add(frame);
            first = !due;
            due = true;
        }
        if (first) {
            try {
                channel.eventLoop().execute(this::write);
            } catch (RejectedExecutionException e) {
                LOG.debug("dropped a console's frames while closing", e);
            }
        }
    }

    private void write() {
        List<byte[]> frames;
        synchronized (lock) {
            frames = waiting;
            waiting = new ArrayList<>();
            due = false;
        }
        int bytes = frames.stream().mapToInt(frame -> frame.length).sum();
        ChannelHandlerContext encoder = channel.pipeline().context(ENCODER);
        if (encoder != null && channel.isActive()) {
            var buffer = channel.alloc().buffer(bytes);
            frames.forEach(buffer::writeBytes);
            encoder.writeAndFlush(buffer);
        }
        gate.written(bytes);
    }
}
