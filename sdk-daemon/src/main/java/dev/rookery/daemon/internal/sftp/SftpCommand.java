package dev.rookery.daemon.internal.sftp;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.RookeryException;
import dev.rookery.daemon.internal.file.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** SFTP on one channel: a thread that answers one request after the other, until the client goes or is sent away. */
final class SftpCommand implements Command, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SftpCommand.class);
    /** So long a client may read nothing of what it asked for. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** After so long without a request, memory for the next ones is given back. */
    private static final Duration REST = Duration.ofSeconds(10);

    private final SftpChannel channel;
    private final SftpAccess access;
    private final Notes notes;
    private final Clock clock;
    private final Executor threads;
    private final ChannelShare share;
    private final ClientLog log;
    private final InboundBytes in;
    private final CancelSignal cancel = CancelSignal.create();
    private @Nullable ExitCallback exit;

    /**
     * Creates it.
     *
     * @param threads give it a thread for itself
     * @param log takes what is said of clients
     */
    SftpCommand(SftpChannel channel, SftpAccess access, Notes notes, Clock clock, Executor threads, ClientLog log) {
        this.channel = channel;
        this.access = access;
        this.notes = notes;
        this.clock = clock;
        this.threads = threads;
        this.share = channel.share();
        this.log = log;
        this.in = new InboundBytes(channel.getLocalWindow()::release, share.windowBytes());
        channel.setDataReceiver(in);
    }

    @Override
    public void start(ChannelSession started, Environment environment) throws IOException {
        // The thread keeps the channel's place, however long it takes to end.
        if (!share.use()) {
            throw new IOException("the channel has ended");
        }
        try {
            threads.execute(this);
        } catch (RejectedExecutionException e) {
            share.release();
            throw new IOException("the node is closing", e);
        }
    }

    @Override
    public void run() {
        int code = 0;
        try (var handles = new Handles(share)) {
            var tree = new FileTree(access, cancel);
            prepare(tree);
            var out = new OutboundBytes(channel, PATIENCE, share.packetsInFlight());
            serve(new Requests(tree, access::require, handles, notes, clock, out), out);
        } catch (PacketReader.BadPacketException e) {
            log.line(
                    LOG,
                    Level.INFO,
                    access.authority().user().toString(),
                    "SFTP channel of {} ends: a packet that is none: {}",
                    access.login().username(),
                    String.valueOf(e.getMessage()));
            code = 1;
        } catch (IOException | RuntimeException e) {
            LOG.debug("an SFTP channel has ended", e);
            code = 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = 1;
        } finally {
            share.release();
            var callback = exit;
            if (callback != null) {
                callback.onExit(code);
            }
        }
    }

    /** Whoever may not come to the files now is told so by the answer to each request. */
    private static void prepare(FileTree tree) throws IOException {
        try {
            tree.prepare();
        } catch (RookeryException e) {
            LOG.debug("the files cannot be come to now", e);
        }
    }

    private void serve(Requests requests, OutboundBytes out) throws IOException, InterruptedException {
        while (next(requests, out)) {
            int length = in.copy(0, Integer.BYTES).getInt();
            if (length < 1 || length > Requests.PACKET_MAX) {
                throw new PacketReader.BadPacketException("of " + Integer.toUnsignedString(length) + " bytes");
            }
            if (!in.has(Integer.BYTES + length)) {
                out.flush();
                if (!in.await(Integer.BYTES + length)) {
                    return;
                }
            }
            in.consume(Integer.BYTES);
            requests.answer(in, length);
            if (!in.has(Integer.BYTES)) {
                out.flush();
            }
        }
    }

    private boolean next(Requests requests, OutboundBytes out) throws InterruptedException {
        if (!in.awaitAny(REST)) {
            requests.rest();
            out.rest();
        }
        return in.await(Integer.BYTES);
    }

    @Override
    public void destroy(ChannelSession destroyed) {
        cancel.cancel();
        in.close();
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        this.exit = callback;
    }

    @Override
    public void setInputStream(InputStream stream) {
        // What the client sends comes by itself.
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        // Answers go by the channel.
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        // Nothing is said there.
    }
}
