package dev.rookery.proxy.internal.probe;

import dev.rookery.kit.Correlation;
import dev.rookery.proxy.CaddyConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;

/** Asks a proxy from outside, each time by a connection of its own. Thread-safe. */
public final class Probe implements AutoCloseable {

    private final OkHttpClient client;

    /**
     * Creates what asks one proxy.
     *
     * @param timeout of one request
     */
    public Probe(Duration timeout) {
        this.client = new OkHttpClient.Builder()
                .callTimeout(timeout)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .proxy(Proxy.NO_PROXY)
                .protocols(List.of(Protocol.HTTP_1_1))
                .sslSocketFactory(anybody().getSocketFactory(), new Anybody())
                .hostnameVerifier((host, session) -> true)
                .build();
    }

    /** Returns whether somebody takes connections there. */
    boolean connects(Port port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(port.address(), port.port()), client.callTimeoutMillis());
            return true;
        } catch (IOException ignored) {
            // Nobody is there, or nobody who takes it in time.
            return false;
        }
    }

    /** Returns the revision that answers. */
    public Answer revision(Listening listener, String serverName) {
        return ask(listener, serverName, CaddyConfig.PROBE_HOST, "/");
    }

    /**
     * Asks for a path of a host.
     *
     * @param serverName in the greeting of TLS
     */
    public Answer ask(Listening listener, String serverName, String host, String path) {
        var address = listener.address();
        var url = listener.encrypted()
                ? "https://" + serverName + ":" + listener.port() + path
                : "http://" + NAME + ":" + listener.port() + path;
        var request = new Request.Builder()
                .url(url)
                .header("Host", host)
                .header("Connection", "close")
                .header("User-Agent", "rookery-probe");
        Correlation.current().ifPresent(id -> request.header(Correlation.HEADER, id));
        var there = client.newBuilder()
                .dns(name -> List.of(InetAddress.getByName(address)))
                .build();
        try (var response = there.newCall(request.build()).execute()) {
            return new Answer(response.code(), Optional.ofNullable(response.header(CaddyConfig.REVISION_HEADER)), "");
        } catch (SSLException e) {
            return new Answer(Answer.NO_HANDSHAKE, Optional.empty(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Answer(Answer.NOTHING, Optional.empty(), e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static final String NAME = "proxy";

    private static SSLContext anybody() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /**
     * What was answered.
     *
     * @param status of HTTP; below 100 if there was none
     * @param revision what it says it runs
     * @param said why there was none, for people
     */
    public record Answer(int status, Optional<String> revision, String said) {

        /** The proxy has no certificate for the name, or none yet. */
        public static final int NO_HANDSHAKE = 1;
        /** Nobody answers. */
        public static final int NOTHING = 0;
    }

    /** Certificates are looked at elsewhere: a probe asks only which revision runs, and says nothing. */
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
