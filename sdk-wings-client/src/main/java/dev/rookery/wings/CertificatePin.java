package dev.rookery.wings;

import dev.rookery.api.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The SHA-256 fingerprint that a node's certificate, or its public key, must have. A key outlives the certificates that are issued for
 * it.
 *
 * @param kind what the fingerprint is of
 * @param sha256 64 lower-case hexadecimal digits
 */
public record CertificatePin(Kind kind, String sha256) {

    private static final int BYTES = 32;
    private static final String PREFIX = "sha256/";

    /** What a fingerprint is of. */
    public enum Kind {
        /** The whole certificate. */
        CERTIFICATE,
        /** The public key with its algorithm, {@code SubjectPublicKeyInfo}. */
        PUBLIC_KEY
    }

    /** Reads hexadecimal digits with or without colons, or base64 behind {@code sha256/}. */
    public CertificatePin {
        sha256 = normal(sha256);
    }

    /** Returns the pin of a certificate by its fingerprint, as {@code openssl x509 -fingerprint -sha256} shows it. */
    public static CertificatePin certificate(String sha256) {
        return new CertificatePin(Kind.CERTIFICATE, sha256);
    }

    /** Returns the pin of a public key by its fingerprint, such as {@code sha256/AAAA...=}. */
    public static CertificatePin publicKey(String sha256) {
        return new CertificatePin(Kind.PUBLIC_KEY, sha256);
    }

    /** Returns the pin that a certificate fits. */
    public static CertificatePin of(Kind kind, X509Certificate certificate) {
        try {
            byte[] bytes = kind == Kind.CERTIFICATE
                    ? certificate.getEncoded()
                    : certificate.getPublicKey().getEncoded();
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new CertificatePin(kind, HexFormat.of().formatHex(digest));
        } catch (CertificateEncodingException e) {
            throw new InvalidInputException("certificate: cannot be encoded (expected: X.509)", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns whether a certificate has this fingerprint. */
    public boolean fits(X509Certificate certificate) {
        return MessageDigest.isEqual(bytes(of(kind, certificate).sha256), bytes(sha256));
    }

    /** Returns kind and fingerprint, which are no secret. */
    @Override
    public String toString() {
        return (kind == Kind.CERTIFICATE ? "certificate " : "public key ") + sha256;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String normal(String text) {
        try {
            byte[] digest = text.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(text.substring(PREFIX.length()))
                    : HexFormat.of().parseHex(text.replace(":", "").toLowerCase(Locale.ROOT));
            if (digest.length == BYTES) {
                return HexFormat.of().formatHex(digest);
            }
        } catch (IllegalArgumentException ignored) {
            // Told below, like a digest of another length.
        }
        throw new InvalidInputException(
                "fingerprint: '" + text + "' (expected: SHA-256 as 64 hexadecimal digits, or sha256/ and base64)");
    }
}
