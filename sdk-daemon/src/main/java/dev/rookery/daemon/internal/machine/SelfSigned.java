package dev.rookery.daemon.internal.machine;

import dev.rookery.kit.DurableFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key and a certificate that the node makes for itself, once, for panels that know it by the certificate's fingerprint.
 *
 * @param certificate the file with the certificate
 * @param key the file with its key, which only its owner may read
 * @param sha256 the certificate's fingerprint, 64 lower-case hexadecimal digits
 */
public record SelfSigned(Path certificate, Path key, String sha256) {

    private static final Duration LIFETIME = Duration.ofDays(3650);
    /** The panel's clock may be behind. */
    private static final Duration BEFORE = Duration.ofDays(1);

    private static final int SERIAL_BITS = 127;
    private static final int LINE = 64;

    /**
     * Returns what lies in the directory, made first if it is not there or has expired.
     *
     * @param directory is created, for its owner alone
     * @param addresses that the certificate names beside {@code localhost}
     * @throws IOException if it cannot be made or read
     */
    public static SelfSigned in(Path directory, Collection<String> addresses, Clock clock) throws IOException {
        var certificate = directory.resolve("node.crt");
        var key = directory.resolve("node.key");
        try {
            if (!Files.exists(certificate) || !Files.exists(key) || expired(certificate, clock)) {
                make(directory, certificate, key, addresses, clock);
            }
            return new SelfSigned(certificate, key, fingerprint(read(certificate)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("a certificate cannot be made in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static boolean expired(Path certificate, Clock clock) throws IOException, GeneralSecurityException {
        return clock.instant().isAfter(read(certificate).getNotAfter().toInstant());
    }

    private static X509Certificate read(Path certificate) throws IOException, GeneralSecurityException {
        var bytes = new ByteArrayInputStream(Files.readAllBytes(certificate));
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
    }

    private static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    private static void make(Path directory, Path certificate, Path key, Collection<String> addresses, Clock clock)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        if (!Files.isDirectory(directory)) {
            // With those above it: the node's root directory is its own as well.
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        // The key first: a certificate without its key would be taken for a whole pair by nobody.
        Files.deleteIfExists(certificate);
        DurableFiles.write(key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()), DurableFiles.PRIVATE);
        var made = certificate(pair, addresses, clock);
        DurableFiles.write(certificate, pem("CERTIFICATE", made.getEncoded()), DurableFiles.PRIVATE);
    }

    private static X509Certificate certificate(KeyPair pair, Collection<String> addresses, Clock clock)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, "Rookery node")
                .build();
        var names = new ArrayList<GeneralName>();
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        names.add(new GeneralName(GeneralName.iPAddress, "::1"));
        addresses.forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address)));
        var now = clock.instant();
        var builder = new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
                        Date.from(now.minus(BEFORE)),
                        Date.from(now.plus(LIFETIME)),
                        name,
                        pair.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static byte[] pem(String type, byte[] der) {
        var text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
