package dev.rookery.testing.fault;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One connection of a client, with a connection to the target of its own. Takes exchanges one after the other. */
final class FaultyConnection implements Runnable {

    private static final int BUFFER = 16 * 1024;
    private static final int HEAD_MAX = 64 * 1024;
    private static final String PAGE = "<html><body>503 Service Unavailable</body></html>";
    private static final String HTML = "Content-Type: text/html; charset=utf-8\r\n";

    private final FaultProxy proxy;
    private final Socket client;

    FaultyConnection(FaultProxy proxy, Socket client) {
        this.proxy = proxy;
        this.client = client;
    }

    /** Thrown to end a connection after its fault was done. */
    private static final class EndException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    @Override
    public void run() {
        Socket target = null;
        try {
            target = proxy.connect();
            var fromClient = new BufferedInputStream(client.getInputStream(), BUFFER);
            var fromTarget = new BufferedInputStream(target.getInputStream(), BUFFER);
            while (exchange(fromClient, fromTarget, target)) {
                // One after the other, as long as both sides keep the connection.
            }
        } catch (IOException | InterruptedException ignored) {
            // Either side has gone, or the fault wants it so: the connection ends below.
            restoreInterrupt(ignored);
        } finally {
            proxy.forget(client);
            if (target != null) {
                proxy.forget(target);
            }
        }
    }

    private boolean exchange(BufferedInputStream fromClient, BufferedInputStream fromTarget, Socket target)
            throws IOException, InterruptedException {
        var head = head(fromClient);
        if (head.isEmpty()) {
            return false;
        }
        var fault = proxy.faultFor(head.substring(0, head.indexOf("\r\n")));
        if (is(fault, Fault.Kind.SERVER_ERROR)) {
            return serverError(head, fromClient);
        }
        var toTarget = target.getOutputStream();
        toTarget.write(bytes(head));
        toTarget.flush();
        // A client that waits for leave to send its body gets that leave from the target, with the body copied
        // meanwhile.
        var body = proxy.threads().submit(() -> {
            copyBody(head, fromClient, toTarget, true);
            return true;
        });
        var answer = answerHead(fromTarget);
        boolean whole = answer(head, answer, fromTarget, fault);
        if (upgrades(answer)) {
            tunnel(fromClient, fromTarget, target);
            return false;
        }
        if (!whole || closes(answer) || closes(head)) {
            return false;
        }
        return finished(body);
    }

    private static boolean finished(Future<Boolean> body) throws InterruptedException {
        try {
            return body.get();
        } catch (ExecutionException ignored) {
            // The client broke off: nothing more comes here.
            return false;
        }
    }

    /** Answers without the target; the request's body is read first, so that the client gets to read the answer. */
    private boolean serverError(String head, InputStream fromClient) throws IOException {
        if (head.toLowerCase(Locale.ROOT).contains("expect: 100-continue")) {
            write("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n" + HTML + "Content-Length: "
                    + PAGE.length() + "\r\n\r\n" + PAGE);
            return false;
        }
        copyBody(head, fromClient, OutputStream.nullOutputStream(), true);
        write("HTTP/1.1 503 Service Unavailable\r\n" + HTML + "Content-Length: " + PAGE.length() + "\r\n\r\n" + PAGE);
        return !closes(head);
    }

    private String answerHead(BufferedInputStream fromTarget) throws IOException {
        var head = head(fromTarget);
        while (head.startsWith("HTTP/1.1 100")) {
            write(head);
            head = head(fromTarget);
        }
        if (head.isEmpty()) {
            throw new EOFException("the target ended without an answer");
        }
        return head;
    }

    /** Returns whether the connection can go on. */
    private boolean answer(String request, String head, InputStream fromTarget, Optional<Fault> fault)
            throws IOException, InterruptedException {
        var kind = fault.map(Fault::kind);
        var shown = kind.filter(Fault.Kind.WRONG_CONTENT_TYPE::equals).isPresent() ? mistyped(head) : head;
        if (fault.isPresent()) {
            before(fault.get());
        }
        var out = new FaultyAnswer(client, fault, bodyLength(request, head));
        out.head(bytes(shown));
        boolean delimited = copyBody(head, fromTarget, out, !hasNoBody(request, head));
        out.flush();
        return delimited;
    }

    private void before(Fault fault) throws IOException, InterruptedException {
        switch (fault.kind()) {
            case LATENCY -> pause(fault.pause());
            case DROP -> throw new EndException();
            case HANG -> {
                // Until the client gives up.
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
                throw new EndException();
            }
            default -> {
                // Happens to the bytes of the answer.
            }
        }
    }

    static void pause(Duration pause) throws InterruptedException {
        new CountDownLatch(1).await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void tunnel(InputStream fromClient, InputStream fromTarget, Socket target) throws IOException {
        var toTarget = target.getOutputStream();
        var up = proxy.threads().submit(() -> {
            fromClient.transferTo(toTarget);
            target.shutdownOutput();
            return true;
        });
        fromTarget.transferTo(client.getOutputStream());
        up.cancel(true);
    }

    /** Copies a body by its framing; false if only the end of the connection tells its end. */
    private static boolean copyBody(String head, InputStream in, OutputStream out, boolean expected)
            throws IOException {
        if (!expected) {
            return true;
        }
        var length = header(head, "content-length");
        if (header(head, "transfer-encoding")
                .filter(value -> value.contains("chunked"))
                .isPresent()) {
            copyChunks(in, out);
            return true;
        }
        if (length.isPresent()) {
            copy(in, out, Long.parseLong(length.get()));
            return true;
        }
        boolean request = !head.startsWith("HTTP/");
        if (!request) {
            in.transferTo(out);
        }
        out.flush();
        return request;
    }

    private static void copyChunks(InputStream in, OutputStream out) throws IOException {
        while (true) {
            var line = line(in);
            out.write(bytes(line));
            long size = Long.parseLong(line.strip().split(";", 2)[0], 16);
            if (size == 0) {
                break;
            }
            copy(in, out, size + 2);
        }
        for (var line = line(in); ; line = line(in)) {
            out.write(bytes(line));
            if (line.equals("\r\n")) {
                out.flush();
                return;
            }
        }
    }

    private static void copy(InputStream in, OutputStream out, long count) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = count;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new EOFException("a body that ends early");
            }
            out.write(buffer, 0, n);
            out.flush();
            left -= n;
        }
        out.flush();
    }

    /** Reads up to the empty line; empty at the end of the connection. */
    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < HEAD_MAX) {
            var line = line(in);
            if (line.isEmpty()) {
                return "";
            }
            head.append(line);
            if (line.equals("\r\n")) {
                return head.toString();
            }
        }
        throw new IOException("a head of more than " + HEAD_MAX + " bytes");
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            line.write(b);
            if (b == '\n') {
                break;
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static Optional<String> header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip().toLowerCase(Locale.ROOT))
                .findFirst();
    }

    private static String mistyped(String head) {
        var kept = new StringBuilder();
        head.lines()
                .filter(line ->
                        !line.isEmpty() && !line.toLowerCase(Locale.ROOT).startsWith("content-type:"))
                .forEach(line -> kept.append(line).append("\r\n"));
        return kept.append(HTML).append("\r\n").toString();
    }

    private static long bodyLength(String request, String head) {
        return hasNoBody(request, head)
                ? 0
                : header(head, "content-length").map(Long::parseLong).orElse(-1L);
    }

    private static boolean hasNoBody(String request, String head) {
        return request.startsWith("HEAD ") || head.startsWith("HTTP/1.1 204") || head.startsWith("HTTP/1.1 304");
    }

    private static boolean closes(String head) {
        return header(head, "connection")
                .filter(value -> value.contains("close"))
                .isPresent();
    }

    private static boolean upgrades(String head) {
        return head.startsWith("HTTP/1.1 101");
    }

    private static boolean is(Optional<Fault> fault, Fault.Kind kind) {
        return fault.filter(given -> given.kind() == kind).isPresent();
    }

    private void write(String text) throws IOException {
        client.getOutputStream().write(bytes(text));
        client.getOutputStream().flush();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void restoreInterrupt(Exception failure) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }
}
