package dev.rookery.daemon.internal.http;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificate and key from files, taken anew when the files change: connections that are open keep what they began with. Files that cannot
 * be used, or of which only one was replaced yet, change nothing. Thread-safe; {@link #look()} blocks.
 */
final class TlsFiles {

    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private final HttpEdgeOptions.Tls files;
    private volatile SslContext context;

    // Guarded by this: what was read last, good or not.
    private byte[] certificate;
    private byte[] key;
    /** What was told last of files that cannot be used, so that it is told once. */
    private String problem = "";

    private TlsFiles(HttpEdgeOptions.Tls files) throws IOException {
        this.files = files;
        this.certificate = Files.readAllBytes(files.certificate());
        this.key = Files.readAllBytes(files.key());
        this.context = build(certificate, key);
    }

    /**
     * Reads the files.
     *
     * @throws IOException if they cannot be used
     */
    static TlsFiles open(HttpEdgeOptions.Tls files) throws IOException {
        try {
            return new TlsFiles(files);
        } catch (IOException e) {
            throw new IOException(
                    "TLS cannot be used with certificate " + files.certificate() + " and key " + files.key()
                            + " (expected: a PEM chain and its PKCS#8 key): " + e.getMessage(),
                    e);
        }
    }

    /** Returns what new connections begin with. */
    SslContext context() {
        return context;
    }

    /** Takes the files over if they have changed and can be used. */
    synchronized void look() {
        try {
            var newCertificate = Files.readAllBytes(files.certificate());
            var newKey = Files.readAllBytes(files.key());
            if (Arrays.equals(certificate, newCertificate) && Arrays.equals(key, newKey)) {
                problem = "";
                return;
            }
            certificate = newCertificate;
            key = newKey;
            context = build(newCertificate, newKey);
            problem = "";
            LOG.info("took over the renewed certificate {}", files.certificate());
        } catch (IOException e) {
            if (!problem.equals(e.toString())) {
                problem = e.toString();
                LOG.error(
                        "the changed certificate {} or key {} cannot be used, the one before stays: {}",
                        files.certificate(),
                        files.key(),
                        e.toString());
            }
        }
    }

    private static SslContext build(byte[] certificate, byte[] key) throws IOException {
        try {
            requirePair(certificate, key);
            return SslContextBuilder.forServer(new ByteArrayInputStream(certificate), new ByteArrayInputStream(key))
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A certificate with another one's key would be noticed by the first client only. Other spellings of keys are judged by Netty. */
    private static void requirePair(byte[] certificate, byte[] key) throws IOException, GeneralSecurityException {
        var pem = PKCS8.matcher(new String(key, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            return;
        }
        var first = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(certificate));
        if (first.isEmpty()) {
            throw new IOException("the file with the certificate holds none");
        }
        var publicKey = first.iterator().next().getPublicKey();
        var der = Base64.getMimeDecoder().decode(pem.group(1));
        var privateKey = KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
        if (!pair(publicKey, privateKey)) {
            throw new IOException("the key is not that of the certificate");
        }
    }

    private static boolean pair(PublicKey publicKey, PrivateKey privateKey) throws GeneralSecurityException {
        var algorithm = switch (publicKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> publicKey.getAlgorithm();
        };
        var sample = "pair".getBytes(StandardCharsets.US_ASCII);
        var signer = Signature.getInstance(algorithm);
        signer.initSign(privateKey);
        signer.update(sample);
        var verifier = Signature.getInstance(algorithm);
        verifier.initVerify(publicKey);
        verifier.update(sample);
        return verifier.verify(signer.sign());
    }
}
