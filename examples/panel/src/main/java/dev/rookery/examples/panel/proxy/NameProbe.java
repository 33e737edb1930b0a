package dev.rookery.examples.panel.proxy;

import dev.rookery.kit.Correlation;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.ProxySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;

/** Asks the proxy for a name as a visitor does, by the listener that the name is led through. Thread-safe. */
final class NameProbe implements AutoCloseable {

    private static final String STAGE = "reached";
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final OkHttpClient client = new OkHttpClient.Builder()
            .callTimeout(LIMIT)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .proxy(Proxy.NO_PROXY)
            .protocols(List.of(Protocol.HTTP_1_1))
            .sslSocketFactory(context().getSocketFactory(), new Anybody())
            .hostnameVerifier((host, session) -> true)
            .build();

    /** Returns what a name answers. */
    DomainStage ask(String name, Exposure exposure, ProxySettings settings) {
        boolean encrypted = exposure == Exposure.PUBLIC;
        int port = encrypted
                ? settings.httpsPort()
                : exposure == Exposure.TUNNEL ? settings.tunnelPort().orElse(settings.httpPort()) : settings.httpPort();
        var address = settings.listenAddress().isEmpty() ? "127.0.0.1" : settings.listenAddress();
        var request = new Request.Builder()
                .url((encrypted ? "https://" : "http://") + name + ":" + port + "/")
                .header("Host", name)
                .header("Connection", "close")
                .header("User-Agent", "rookery-panel");
        Correlation.current().ifPresent(id -> request.header(Correlation.HEADER, id));
        var there = client.newBuilder()
                .dns(host -> List.of(InetAddress.getByName(address)))
                .build();
        try (var response = there.newCall(request.build()).execute()) {
            return answered(response.code());
        } catch (SSLException e) {
            return DomainStage.of(STAGE, DomainStage.State.WAITING, "there is no certificate for the name yet");
        } catch (IOException e) {
            return DomainStage.of(STAGE, DomainStage.State.WAITING, "the proxy does not answer at port " + port);
        }
    }

    private static DomainStage answered(int status) {
        return status >= 502 && status <= 504
                ? DomainStage.of(
                        STAGE,
                        DomainStage.State.WAITING,
                        "the server does not answer HTTP at its port (" + status + ")")
                : DomainStage.of(STAGE, DomainStage.State.DONE, "answers with " + status);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private static SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }

    /** Nothing is told to whoever answers, and nothing of the answer is used but its status. */
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
