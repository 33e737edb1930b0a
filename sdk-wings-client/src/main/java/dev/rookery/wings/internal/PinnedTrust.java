package dev.rookery.wings.internal;

import dev.rookery.wings.CertificatePin;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.CertificatePinner;
import okhttp3.OkHttpClient;

/** Trusts the peers whose own certificate has one of a few fingerprints; who issued it does not matter. */
public final class PinnedTrust implements X509TrustManager {

    private final List<CertificatePin> pins;

    private PinnedTrust(List<CertificatePin> pins) {
        this.pins = pins;
    }

    /** Returns a client that trusts by pins, on connections of its own. */
    public static OkHttpClient apply(OkHttpClient client, List<CertificatePin> pins) {
        try {
            var trust = new PinnedTrust(pins);
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return client.newBuilder()
                    .sslSocketFactory(context.getSocketFactory(), trust)
                    .certificatePinner(CertificatePinner.DEFAULT)
                    .hostnameVerifier((host, session) ->
                            trust.knows(session) || client.hostnameVerifier().verify(host, session))
                    .build();
        } catch (NoSuchAlgorithmException | KeyManagementException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /** Whose very certificate is known needs no name in it: a node behind a router does not know how it is reached. */
    private boolean knows(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate seen
                    && pins.stream().anyMatch(pin -> pin.kind() == CertificatePin.Kind.CERTIFICATE && pin.fits(seen));
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no client is trusted here");
    }

    /** Looks at the peer's own certificate only: nothing vouches for the others of the chain. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("no certificate (expected: one that is pinned)");
        }
        var seen = chain[0];
        if (pins.stream().noneMatch(pin -> pin.fits(seen))) {
            throw new CertificateException("the certificate is not pinned: seen "
                    + CertificatePin.of(CertificatePin.Kind.CERTIFICATE, seen) + " with "
                    + CertificatePin.of(CertificatePin.Kind.PUBLIC_KEY, seen) + " (expected: "
                    + pins.stream().map(CertificatePin::toString).collect(Collectors.joining(" or ")) + ")");
        }
        seen.checkValidity();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
