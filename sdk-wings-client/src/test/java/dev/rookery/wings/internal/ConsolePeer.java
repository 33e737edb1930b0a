package dev.rookery.wings.internal;

import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import dev.rookery.api.node.Capability;
import dev.rookery.api.token.ConsoleToken;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.api.token.TokenVerifier;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** A node's console sockets, played by the test frame by frame. */
final class ConsolePeer implements AutoCloseable {

    static final String PANEL = "https://panel.example";

    final NodeCredentials credentials = NodeCredentials.random(new SecureRandom());
    final ServerId id = ServerId.random();
    final MockWebServer server = new MockWebServer();

    private final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();
    private final BlockingQueue<MockResponse> answers = new LinkedBlockingQueue<>();
    private volatile boolean numbering;

    ConsolePeer() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                var answer = answers.poll();
                return answer != null ? answer : upgrade(request);
            }
        });
        server.start();
    }

    /** From now on sockets say that lines are numbered. */
    ConsolePeer numbering() {
        numbering = true;
        return this;
    }

    /** Answers the next request instead of opening a socket. */
    void answerNext(int status, String body) {
        answers.add(new MockResponse.Builder().code(status).body(body).build());
    }

    /** Answers the next request as a daemon does that was asked what it is, with one header. */
    void systemAnswers(String header, String value) {
        answers.add(new MockResponse.Builder()
                .code(200)
                .addHeader(header, value)
                .body("{\"version\":\"1.0.0\"}")
                .build());
    }

    /** Returns the next socket that was opened. */
    Session session() throws InterruptedException {
        var session = sessions.poll(30, TimeUnit.SECONDS);
        if (session == null) {
            throw new AssertionError("no console was opened");
        }
        return session;
    }

    /** Returns whether no socket was opened yet that nobody took; proves nothing of one that is on its way. */
    boolean noSession() {
        return sessions.isEmpty();
    }

    /** Returns the next socket, after accepting its token. */
    Session accepted() throws InterruptedException {
        var session = session();
        session.accept();
        return session;
    }

    @Override
    public void close() {
        server.close();
    }

    private MockResponse upgrade(RecordedRequest request) {
        var session = new Session(request);
        var response = new MockResponse.Builder().webSocketUpgrade(session);
        if (numbering) {
            response.addHeader(Capability.HEADER, Capability.NUMBERED_CONSOLE.name());
        }
        return response.build();
    }

    /** One socket. */
    final class Session extends WebSocketListener {

        final RecordedRequest request;
        private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
        final List<String> raw = new CopyOnWriteArrayList<>();
        private volatile WebSocket socket;
        volatile Optional<Frame> resume = Optional.empty();

        Session(RecordedRequest request) {
            this.request = request;
        }

        @Override
        public void onOpen(WebSocket opened, Response response) {
            socket = opened;
            sessions.add(this);
        }

        @Override
        public void onMessage(WebSocket from, String text) {
            raw.add(text);
            frames.add(ConsoleFrames.read(text));
        }

        @Override
        public void onClosing(WebSocket from, int code, String reason) {
            from.close(1000, null);
        }

        void send(String event, String... args) {
            socket.send(ConsoleFrames.write(Frame.of(event, args)));
        }

        void sendRaw(String text) {
            socket.send(text);
        }

        void line(long number) {
            send("console output", "line " + number, Long.toString(number));
        }

        void close(int code, String reason) {
            socket.close(code, reason);
        }

        Frame frame() throws InterruptedException {
            var frame = frames.poll(30, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("no frame came");
            }
            return frame;
        }

        int waiting() {
            return frames.size();
        }

        /** Takes the token, without checking when it ends. */
        ConsoleToken token(Instant now) throws InterruptedException {
            var frame = frame();
            if (!frame.event().equals(ConsoleFrames.AUTH)) {
                throw new AssertionError("expected a token but got " + frame);
            }
            return TokenVerifier.builder(credentials, Clock.fixed(now, ZoneOffset.UTC))
                    .build()
                    .console(frame.text(), id);
        }

        void accept() throws InterruptedException {
            var frame = frame();
            if (frame.event().equals(ConsoleFrames.RESUME)) {
                resume = Optional.of(frame);
                frame = frame();
            }
            if (!frame.event().equals(ConsoleFrames.AUTH)) {
                throw new AssertionError("expected a token but got " + frame);
            }
            send("auth success");
        }
    }
}
