package dev.rookery.proxy.internal.certificate;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.internal.Sha256;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is in a file of certificates: that of a name first, then those above it.
 *
 * @param file which one
 * @param certificate the first in it
 */
public record CertificateFile(Path file, X509Certificate certificate) {

    private static final int DNS_NAME = 2;
    private static final Duration MONTH = Duration.ofDays(30);

    /**
     * Reads one.
     *
     * @throws UnusableFileException if it is not there, or no certificate is in it
     */
    public static CertificateFile read(Path file) throws UnusableFileException {
        for (var block : Pem.read(file)) {
            if (block.label().equals("CERTIFICATE")) {
                return new CertificateFile(file, certificate(file, block));
            }
        }
        throw Pem.invalid(file, "a PEM file of the certificate and all above it");
    }

    /** Reads one; empty if nobody can use it, for those whom it does not matter why. */
    public static Optional<CertificateFile> find(Path file) {
        try {
            return Optional.of(read(file));
        } catch (UnusableFileException ignored) {
            return Optional.empty();
        }
    }

    /** Returns the files of certificates that policies of a document name. */
    public static Set<String> named(ProxyDocument document) {
        var files = new TreeSet<String>();
        document.tlsPolicies().forEach(policy -> {
            if (policy.issuer() instanceof Issuer.Files named) {
                files.add(named.certificate());
            }
        });
        return files;
    }

    /** Returns what tells each certificate from earlier ones in the same file; of one that nobody can use, nothing: an engine says what is wrong with it. */
    public static Map<String, String> prints(Collection<String> files) {
        var prints = new TreeMap<String, String>();
        files.forEach(file -> find(Path.of(file)).ifPresent(read -> prints.put(file, read.print())));
        return prints;
    }

    private static X509Certificate certificate(Path file, Pem block) throws UnusableFileException {
        try {
            var made = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.bytes()));
            if (made instanceof X509Certificate certificate) {
                return certificate;
            }
        } catch (CertificateException ignored) {
            // Said below: what is in it is of no use to anybody.
        }
        throw Pem.invalid(file, "a PEM file whose first certificate can be read");
    }

    /** Returns whether clients take it for all names that a domain stands for. */
    public boolean covers(Domain domain) {
        return names().stream().anyMatch(name -> covers(name, domain));
    }

    private static boolean covers(String name, Domain domain) {
        try {
            return Domain.parse(name).covers(domain);
        } catch (InvalidInputException ignored) {
            // Names that nobody has a route for, such as those of machines.
            return false;
        }
    }

    /** Returns the names that it is for. The common name counts no more. */
    public List<String> names() {
        var names = new ArrayList<String>();
        try {
            var all = certificate.getSubjectAlternativeNames();
            for (var name : all == null ? List.<List<?>>of() : all) {
                if (Integer.valueOf(DNS_NAME).equals(name.get(0)) && name.get(1) instanceof String text) {
                    names.add(text);
                }
            }
        } catch (CertificateParsingException ignored) {
            // Whoever cannot read its names sees none.
            names.clear();
        }
        return names;
    }

    /** Returns from when on it counts. */
    public Instant begins() {
        return certificate.getNotBefore().toInstant();
    }

    /** Returns until when it counts. */
    public Instant expires() {
        return certificate.getNotAfter().toInstant();
    }

    /** Returns when another one is due: a month before its end, and of short ones after two thirds of their time, as authorities ask for. */
    public Instant renewAt() {
        var third = Duration.between(begins(), expires()).dividedBy(3);
        return expires().minus(third.compareTo(MONTH) < 0 ? third : MONTH);
    }

    /** Returns what tells it from every other one. */
    public String print() {
        try {
            return Sha256.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }
}
