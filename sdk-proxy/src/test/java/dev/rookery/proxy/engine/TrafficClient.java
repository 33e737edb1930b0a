package dev.rookery.proxy.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Sends requests as they are, byte by byte, and reads all that comes. */
public final class TrafficClient implements AutoCloseable {

    private final InetAddress address;
    private final int port;

    public TrafficClient(int port) {
        this(InetAddress.getLoopbackAddress(), port);
    }

    TrafficClient(InetAddress address, int port) {
        this.address = address;
        this.port = port;
    }

    public Answer plain(String host, String path, String... headers) throws IOException {
        try (var socket = new Socket(address, port)) {
            return ask(socket, host, path, headers);
        }
    }

    public Answer secure(String host, String path) throws IOException {
        try (var tls = encrypted(host)) {
            return ask(tls, host, path);
        } catch (SSLException e) {
            return new Answer(0, List.of(), String.valueOf(e.getMessage()));
        }
    }

    /** Returns the certificate that a name is answered with. */
    X509Certificate certificate(String host) throws IOException {
        try (var tls = encrypted(host)) {
            return (X509Certificate) tls.getSession().getPeerCertificates()[0];
        }
    }

    private SSLSocket encrypted(String host) throws IOException {
        var socket = new Socket(address, port);
        var tls = (SSLSocket) context().getSocketFactory().createSocket(socket, host, port, true);
        var parameters = tls.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        tls.setSSLParameters(parameters);
        return tls;
    }

    private static Answer ask(Socket socket, String host, String path, String... headers) throws IOException {
        socket.setSoTimeout(20_000);
        var head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        var bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (SocketException e) {
            // Ended without an answer.
            bytes.reset();
        }
        return Answer.of(bytes.toByteArray());
    }

    private static SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {}

    /** What came; status 0 if nothing did. */
    public record Answer(int status, List<String> head, String text) {

        static Answer of(byte[] bytes) {
            var all = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = all.indexOf("\r\n\r\n");
            if (end < 0) {
                return new Answer(0, List.of(), all);
            }
            var head = List.of(all.substring(0, end).split("\r\n", -1));
            var body = all.substring(end + 4);
            boolean chunked =
                    head.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).equals("transfer-encoding: chunked"));
            var text = new String(
                    (chunked ? joined(body) : body).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            return new Answer(Integer.parseInt(head.get(0).split(" ", -1)[1]), head, text);
        }

        private static String joined(String body) {
            var text = new StringBuilder();
            int at = 0;
            while (true) {
                int line = body.indexOf("\r\n", at);
                int size = Integer.parseInt(body.substring(at, line), 16);
                if (size == 0) {
                    return text.toString();
                }
                text.append(body, line + 2, line + 2 + size);
                at = line + 2 + size + 2;
            }
        }

        List<String> headers(String name) {
            var values = new ArrayList<String>();
            for (var line : head) {
                int colon = line.indexOf(':');
                if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
                    values.add(line.substring(colon + 1).strip());
                }
            }
            return values;
        }

        String header(String name) {
            return headers(name).stream().findFirst().orElse("");
        }
    }

    /** Engines make their certificates themselves here. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
