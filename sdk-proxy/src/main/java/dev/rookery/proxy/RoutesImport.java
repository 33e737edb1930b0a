package dev.rookery.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.internal.json.RoutesFile;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.List;

/**
 * What became of another program's {@code routes.json}: {@code {"routes": [{"id", "domains", "upstreams": [{"scheme", "host", "port"}], "enabled"}]}}.
 * Nothing of it is lost: members that have no counterpart are in {@code extensions}, with a warning.
 *
 * <p>There a route to port 22 goes past the proxy. Here it becomes one of {@link dev.rookery.proxy.route.Exposure#DIRECT_DNS} if its upstream has
 * a public address, else of {@link dev.rookery.proxy.route.Exposure#TUNNEL_TCP}, with a warning, for somebody has to confirm it.
 *
 * @param document all of it
 * @param findings what somebody should look at
 */
@Incubating
public record RoutesImport(ProxyDocument document, List<Finding> findings) {

    /** Checks its arguments. */
    public RoutesImport {
        requireNonNull(document, "document");
        findings = List.copyOf(findings);
    }

    /**
     * Reads one.
     *
     * @throws InvalidInputException if it is no JSON of this form; the message names the place, what was given and what is expected
     */
    public static RoutesImport read(byte[] json) {
        if (!(ProxyJson.read(json) instanceof Json.Obj object)) {
            throw new InvalidInputException("at '': no object (expected: one with a list 'routes')");
        }
        var file = new RoutesFile(object);
        return new RoutesImport(file.document(), file.findings());
    }
}
