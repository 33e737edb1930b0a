package dev.rookery.proxy.internal.nginx;

import dev.rookery.proxy.NginxOptions;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.order.Policies;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.TlsPolicy;
import java.util.Optional;

/** Where the certificates of names are: in files that a policy names, or where certbot keeps them, each name for itself. */
public final class NginxCertificates {

    private static final String OURS = "rookery-";
    /** No name of a route begins like this. */
    private static final String WILDCARD = "_wildcard.";

    private final ProxyDocument document;
    private final NginxOptions options;

    /** Creates what knows a document. */
    public NginxCertificates(ProxyDocument document, NginxOptions options) {
        this.document = document;
        this.options = options;
    }

    /** Returns what certbot has to call the certificate of a name. */
    public static String lineage(Domain domain) {
        return OURS + (domain.wildcard() ? WILDCARD : "") + domain.name();
    }

    /** Returns whether a certificate of certbot is one that was got for a name of a route. */
    static boolean ours(String lineage) {
        return lineage.startsWith(OURS);
    }

    /** Returns the certificate of a name of a route; empty if it is yet to be issued. */
    Optional<Pair> of(HttpRoute route, Domain domain) {
        return of(route.tlsPolicy(), domain);
    }

    Optional<Pair> of(Optional<String> policy, Domain domain) {
        var chosen = policy.flatMap(name -> Policies.named(document, name));
        var authority = chosen.flatMap(TlsPolicy::clientAuthorityFile);
        if (chosen.map(TlsPolicy::issuer).orElse(null) instanceof Issuer.Files files) {
            return Optional.of(new Pair(files.certificate(), files.key(), authority));
        }
        var lineage = lineage(domain);
        var folder = options.certificates() + "/" + lineage;
        return options.issued().contains(lineage)
                ? Optional.of(new Pair(folder + "/fullchain.pem", folder + "/privkey.pem", authority))
                : Optional.empty();
    }

    /**
     * A certificate.
     *
     * @param certificate the file of it and all above it
     * @param key the file of its key
     * @param authority the file of what clients' certificates have to be from; empty if they need none
     */
    record Pair(String certificate, String key, Optional<String> authority) {

        void add(Block server) {
            server.line("ssl_certificate", Word.plain(certificate));
            server.line("ssl_certificate_key", Word.plain(key));
            authority.ifPresent(file ->
                    server.line("ssl_client_certificate", Word.plain(file)).line("ssl_verify_client", "on"));
        }
    }
}
