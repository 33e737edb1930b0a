package dev.rookery.wings.internal;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.Content;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import okhttp3.HttpUrl;

/** The files of a server behind HTTP. Nothing is held in memory but one chunk. */
final class HttpNodeFiles implements NodeFiles {

    private static final Endpoint READ = Endpoint.get("/api/servers/{uuid}/files/contents");
    private static final Endpoint WRITE = Endpoint.post("/api/servers/{uuid}/files/write");
    private static final int CHUNK = 64 * 1024;

    private final NodeConnection node;
    private final ServerId server;

    HttpNodeFiles(NodeConnection node, ServerId server) {
        this.node = node;
        this.server = server;
    }

    @Override
    public Content read(String path) {
        node.require(Permission.FILE_READ_CONTENT);
        return open(path);
    }

    @Override
    public void write(String path, Content content) {
        requireNonNull(path, "path");
        try (content) {
            requireWrite(path);
            if (content.sizeBytes().isPresent()) {
                send(path, content.stream(), content.sizeBytes().getAsLong());
            } else {
                spool(path, content.stream());
            }
        } catch (IOException e) {
            throw new UnavailableException("the content for '" + path + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private Content open(String path) {
        return node.open(RemoteCall.of(READ, url(READ, path), Duration.ZERO));
    }

    private void send(String path, InputStream stream, long size) {
        node.ask(RemoteCall.of(WRITE, url(WRITE, path), Duration.ZERO).body(Bodies.stream(stream, size)));
    }

    /** Wings refuses a body whose length is not announced, so it is measured first. */
    private void spool(String path, InputStream stream) throws IOException {
        var file = Files.createTempFile(node.spoolDirectory(), "rookery-upload-", ".tmp");
        try (var channel = FileChannel.open(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
                var spooled = Content.of(channel)) {
            copy(stream, channel);
            send(path, spooled.stream(), channel.size());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void copy(InputStream stream, FileChannel target) throws IOException {
        var out = Channels.newOutputStream(target);
        byte[] chunk = new byte[CHUNK];
        for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
            out.write(chunk, 0, count);
            if (node.options().cancel().filter(CancelSignal::cancelled).isPresent()) {
                throw new DeadlineException(WRITE + " was cancelled");
            }
        }
    }

    private void requireWrite(String path) {
        boolean update = node.may(Permission.FILE_UPDATE);
        boolean create = node.may(Permission.FILE_CREATE);
        if (update != create) {
            // Only the node knows which of the two this is.
            node.require(exists(path) ? Permission.FILE_UPDATE : Permission.FILE_CREATE);
        } else {
            node.require(Permission.FILE_UPDATE);
        }
    }

    private boolean exists(String path) {
        try (var content = open(path)) {
            return content.sizeBytes().orElse(0) >= 0;
        } catch (NotFoundException ignored) {
            // The answer to the question, not a failure.
            return false;
        } catch (IOException e) {
            throw new UnavailableException("cannot see whether '" + path + "' exists: " + e.getMessage(), e);
        }
    }

    private HttpUrl url(Endpoint endpoint, String path) {
        return endpoint.url(node.base(), server.toString())
                .addQueryParameter("file", requireNonNull(path, "path"))
                .build();
    }
}
