package dev.rookery.examples.panel.http;

import dev.rookery.api.Content;
import dev.rookery.api.RookeryException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives browsers files to keep: piece by piece through the panel, or by telling them where to load it. */
final class Attachments {

    private static final Logger LOG = LoggerFactory.getLogger(Attachments.class);
    private static final int PIECE_BYTES = 64 * 1024;

    private final Transfers transfers;

    Attachments(Transfers transfers) {
        this.transfers = transfers;
    }

    /**
     * Answers a request with a file.
     *
     * @param name what the browser is to call it
     * @param direct where else the browser finds it; empty if it has to come through the panel
     * @param content opens it; closed by this call
     */
    void send(Context request, String name, Optional<URI> direct, Supplier<Content> content) {
        request.header("Cache-Control", "no-store");
        if (direct.isPresent()) {
            // Nobody else is to learn the address: it holds a token.
            request.header("Referrer-Policy", "no-referrer");
            request.status(302);
            request.header("Location", direct.get().toString());
            return;
        }
        var slot = transfers.begin(Guard.user(request).uuid());
        try (var opened = content.get()) {
            // Whatever is in the file, a browser must not take it for a page of the panel.
            request.header("Content-Type", "application/octet-stream");
            request.header("Content-Disposition", "attachment; filename*=UTF-8''" + encoded(name));
            request.header("Content-Security-Policy", "sandbox; default-src 'none'");
            opened.sizeBytes().ifPresent(size -> request.header("Content-Length", Long.toString(size)));
            request.disableCompression();
            pass(request, opened.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            slot.close();
        }
    }

    /** Hands on piece by piece. A write waits until the browser has room, and nothing is read from the node meanwhile. */
    private static void pass(Context request, InputStream from) throws IOException {
        var response = request.res();
        try {
            var to = response.getOutputStream();
            byte[] piece = new byte[PIECE_BYTES];
            for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
                to.write(piece, 0, read);
            }
            to.flush();
        } catch (IOException | RookeryException e) {
            if (!response.isCommitted()) {
                response.reset();
                throw e;
            }
            LOG.info("{} broke off: {}", request.path(), e.toString());
            if (response.getHeader("Content-Length") == null) {
                // Cuts the connection: the browser must not take a part of the file for the whole. Where the length was
                // told, it sees.
                response.sendError(-1);
            }
        }
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
