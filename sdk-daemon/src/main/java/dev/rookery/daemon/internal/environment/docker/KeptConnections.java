package dev.rookery.daemon.internal.environment.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a few connections to the engine for the next call, and has the others closed after theirs. Neither the transport nor the engine ever
 * closes one that is idle: after a hundred servers were started at once, two hundred would stay open. Thread-safe.
 */
final class KeptConnections implements DockerHttpClient {

    private final DockerHttpClient transport;
    private final Semaphore kept;

    /**
     * Creates it.
     *
     * @param transport is closed with it
     * @param kept how many connections may be kept
     */
    KeptConnections(DockerHttpClient transport, int kept) {
        this.transport = transport;
        this.kept = new Semaphore(kept);
    }

    @Override
    public Response execute(Request request) {
        if (request.hijackedInput() != null) {
            // Such a connection is never used again.
            return transport.execute(request);
        }
        if (!kept.tryAcquire()) {
            return transport.execute(Request.builder()
                    .from(request)
                    .putHeader("Connection", "close")
                    .build());
        }
        boolean answered = false;
        try {
            var response = new Keeping(transport.execute(request), kept);
            answered = true;
            return response;
        } finally {
            if (!answered) {
                kept.release();
            }
        }
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }

    /** Holds a place until its connection is free again. */
    private static final class Keeping implements Response {

        private final Response response;
        private final Semaphore kept;
        private final AtomicBoolean closed = new AtomicBoolean();

        Keeping(Response response, Semaphore kept) {
            this.response = response;
            this.kept = kept;
        }

        @Override
        public int getStatusCode() {
            return response.getStatusCode();
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return response.getHeaders();
        }

        @Override
        public InputStream getBody() {
            return response.getBody();
        }

        @Override
        public void close() {
            try {
                response.close();
            } finally {
                if (closed.compareAndSet(false, true)) {
                    kept.release();
                }
            }
        }
    }
}
