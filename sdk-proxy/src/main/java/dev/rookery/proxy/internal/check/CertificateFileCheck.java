package dev.rookery.proxy.internal.check;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.internal.certificate.CertificateFile;
import dev.rookery.proxy.internal.certificate.KeyFile;
import dev.rookery.proxy.internal.certificate.UnusableFileException;
import dev.rookery.proxy.internal.certificate.UnusableFileException.Problem;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.TlsPolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks into the files of certificates that a document names, on the machine where the engine reads them, too. What an engine would refuse is an error,
 * since it refuses everything else with it; what only its own names suffer from is a warning.
 */
public final class CertificateFileCheck {

    private final Instant now;
    private final Findings found = new Findings();
    private final List<NamedRoute> routes;

    private CertificateFileCheck(ProxyDocument document, Instant now) {
        this.now = now;
        this.routes = NamedRoute.of(found, document);
    }

    /** Returns everything that is wrong with them. */
    public static List<Finding> check(ProxyDocument document, Instant now) {
        var check = new CertificateFileCheck(document, now);
        for (int i = 0; i < document.tlsPolicies().size(); i++) {
            check.policy(i, document.tlsPolicies().get(i));
        }
        return check.found.all();
    }

    private void policy(int index, TlsPolicy policy) {
        var place = found.at("tlsPolicies", index);
        policy.clientAuthorityFile().ifPresent(file -> certificate(place.at("clientAuthorityFile"), file, policy));
        if (policy.issuer() instanceof Issuer.Files files) {
            var read = certificate(place.at("issuer").at("certificate"), files.certificate(), policy);
            read.ifPresent(certificate -> names(index, policy, certificate));
            key(place.at("issuer").at("key"), files.key(), read, policy);
        }
    }

    private Optional<CertificateFile> certificate(Findings place, String file, TlsPolicy policy) {
        if (!DocumentCheck.isFile(file)) {
            // Found elsewhere.
            return Optional.empty();
        }
        try {
            var read = CertificateFile.read(Path.of(file));
            if (!read.expires().isAfter(now)) {
                place.warning(
                        "CERT_EXPIRED",
                        "'" + file + "' ended at " + read.expires() + ", clients refuse it (expected: a renewed one)");
            } else if (read.begins().isAfter(now)) {
                place.warning(
                        "CERT_NOT_YET_VALID",
                        "'" + file + "' begins at " + read.begins() + " (expected: one that counts already)");
            }
            return Optional.of(read);
        } catch (UnusableFileException e) {
            unusable(place, e, policy);
            return Optional.empty();
        }
    }

    private void key(Findings place, String file, Optional<CertificateFile> certificate, TlsPolicy policy) {
        if (!DocumentCheck.isFile(file)) {
            return;
        }
        var path = Path.of(file);
        try {
            var key = KeyFile.read(path);
            certificate
                    .filter(owner -> !key.belongs(owner.certificate().getPublicKey()))
                    .ifPresent(owner -> refused(
                            place,
                            "KEY_MISMATCH",
                            "'" + file + "' is not the key of '" + owner.file()
                                    + "' (expected: the key that it was issued for)",
                            policy));
        } catch (UnusableFileException e) {
            unusable(place, e, policy);
        }
        if (KeyFile.exposed(path)) {
            place.warning(
                    "KEY_EXPOSED",
                    "'" + file
                            + "' can be read by everybody on the machine (expected: a key that only its user reads)");
        }
    }

    private void unusable(Findings place, UnusableFileException e, TlsPolicy policy) {
        var said = String.valueOf(e.getMessage());
        if (e.problem() == Problem.UNREADABLE) {
            // The engine may be somebody who can.
            place.warning("CERT_FILE_UNREADABLE", said);
        } else {
            refused(place, e.problem() == Problem.MISSING ? "CERT_FILE_MISSING" : "CERT_FILE_INVALID", said, policy);
        }
    }

    private void refused(Findings place, String code, String message, TlsPolicy policy) {
        if (used(policy)) {
            place.error(code, message);
        } else {
            place.warning(code, message);
        }
    }

    private boolean used(TlsPolicy policy) {
        return !policy.subjects().isEmpty() || routes(policy).findAny().isPresent();
    }

    private Stream<NamedRoute> routes(TlsPolicy policy) {
        return routes.stream().filter(route -> route.policy().equals(Optional.of(policy.name())));
    }

    private void names(int index, TlsPolicy policy, CertificateFile certificate) {
        names(found.at("tlsPolicies", index), "subjects", policy.subjects(), certificate);
        routes(policy).forEach(route -> names(route.place(), route.member(), route.names(), certificate));
    }

    private static void names(Findings place, String member, List<String> domains, CertificateFile certificate) {
        for (int i = 0; i < domains.size(); i++) {
            if (!covers(certificate, domains.get(i))) {
                place.at(member, i)
                        .warning(
                                "CERT_NAME_MISMATCH",
                                "'" + Shown.of(domains.get(i)) + "' is not a name of '" + certificate.file()
                                        + "', clients refuse it (expected: one of "
                                        + Shown.of(String.join(", ", certificate.names())) + ")");
            }
        }
    }

    private static boolean covers(CertificateFile certificate, String domain) {
        try {
            return certificate.covers(Domain.parse(domain));
        } catch (InvalidInputException ignored) {
            // What is no name is found elsewhere.
            return true;
        }
    }
}
