package dev.rookery.proxy.cloudflare;

import dev.rookery.proxy.internal.cloudflare.IngressCheck;
import dev.rookery.proxy.internal.cloudflare.IngressFile;
import dev.rookery.proxy.internal.cloudflare.Wish;
import dev.rookery.proxy.route.ProxyDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * All rules of a tunnel, the first one that fits counts. One for each tunnel, whatever the number of its zones.
 *
 * @param rules in their order; the last one catches all
 */
public record Ingress(List<IngressRule> rules) {

    /** Copies its argument. */
    public Ingress {
        rules = List.copyOf(rules);
    }

    /**
     * Returns what a document wants of the tunnel of a binding; other bindings of the same tunnel count, too. Rules that somebody else has there are not in it.
     *
     * @throws dev.rookery.api.InvalidInputException if the document has no such binding
     */
    public static Ingress of(ProxyDocument document, String binding) {
        return new Ingress(Wish.of(0, document, binding).rules());
    }

    /**
     * Returns what is wrong with it: all that cloudflared refuses, and what it takes and does not do. Empty if it can be used.
     */
    public List<String> problems() {
        return IngressCheck.problems(rules);
    }

    /**
     * Returns which rule a request comes to, as cloudflared finds it.
     *
     * @param host without a port
     * @param path without parameters
     * @return the index of the rule; the last one's if no other fits
     */
    public int matching(String host, String path) {
        return IngressCheck.matching(rules, host, path);
    }

    /**
     * Returns the {@code config.yml} of a connector whose rules are kept beside it. A change takes a restart of the connector, which ends connections: tunnels
     * whose rules Cloudflare keeps do without.
     *
     * @param tunnelId the tunnel's
     * @param credentialsFile where the connector's secret is; the secret itself is in no configuration
     * @param metrics the address at which the connector tells how it is, such as {@code 127.0.0.1:20241}
     */
    public byte[] configFile(String tunnelId, String credentialsFile, String metrics) {
        return IngressFile.of(rules, tunnelId, credentialsFile, metrics).getBytes(StandardCharsets.UTF_8);
    }
}
