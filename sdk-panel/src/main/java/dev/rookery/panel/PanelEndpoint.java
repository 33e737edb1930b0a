package dev.rookery.panel;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.panel.Panel;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.kit.Correlation;
import dev.rookery.panel.internal.http.Answer;
import dev.rookery.panel.internal.http.EnrolmentRoute;
import dev.rookery.panel.internal.http.Failures;
import dev.rookery.panel.internal.http.RemoteRoutes;
import dev.rookery.panel.internal.http.StoredNodes;
import dev.rookery.panel.spi.PanelStore;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Function;

/**
 * Serves nodes inside any web framework: give it every request whose path it {@linkplain #serves serves}, and send what it answers. It
 * covers {@code /api/remote/*} and {@code GET /api/application/nodes/{id}/configuration}; a path below those that it does not know
 * is answered with 404, never with a redirect or HTML.
 *
 * <p>Every call is bound to one node before anything else happens: a route only gets the {@link Panel} of the node that the credentials
 * belong to. Works on the calling thread; thread-safe.
 */
public final class PanelEndpoint {

    /** The longest body that is read, in bytes. */
    public static final int MAX_BODY_BYTES = 1024 * 1024;

    private static final String REMOTE = "/api/remote/";
    private static final String NODES = "/api/application/nodes/";

    private final RemoteRoutes remote;
    private final Optional<EnrolmentRoute> enrolment;

    /**
     * Creates the endpoint.
     *
     * @param service answers the nodes
     * @param enrolment gives new nodes their configuration
     */
    public PanelEndpoint(PanelService service, Enrolment enrolment) {
        PanelStore store = requireNonNull(service, "service").store();
        this.remote = new RemoteRoutes(new StoredNodes(store.nodes(), service::forNode));
        this.enrolment = Optional.of(new EnrolmentRoute(requireNonNull(enrolment, "enrolment")));
    }

    private PanelEndpoint(Function<NodeCredentials, Optional<Panel>> panels) {
        this.remote = new RemoteRoutes(panels);
        this.enrolment = Optional.empty();
    }

    /**
     * Returns the endpoint of any panel, without enrolment.
     *
     * @param panels gives the panel of the node that presents these credentials; empty if it is none. Compares secrets with {@link
     *     NodeCredentials#matches}, and takes as long for an unknown id as for a wrong secret
     */
    public static PanelEndpoint of(Function<NodeCredentials, Optional<Panel>> panels) {
        return new PanelEndpoint(requireNonNull(panels, "panels"));
    }

    /** Returns the endpoint of a panel with a single node, without enrolment. */
    public static PanelEndpoint of(Panel panel, NodeCredentials node) {
        requireNonNull(panel, "panel");
        return of(presented ->
                node.matches(presented.token()) && presented.tokenId().equals(node.tokenId())
                        ? Optional.of(panel)
                        : Optional.empty());
    }

    /** Returns whether requests for a path belong here. */
    public static boolean serves(String path) {
        return path.startsWith(REMOTE) || path.startsWith(NODES);
    }

    /** Answers a request. Throws nothing but errors of the JVM: whatever goes wrong becomes an answer. */
    public PanelResponse handle(PanelRequest request) {
        var correlation = Correlation.acceptOrNew(request.header(Correlation.HEADER));
        var scope = Correlation.open(correlation);
        try {
            var answer = answer(request);
            var headers = new HashMap<>(answer.headers());
            headers.put(Correlation.HEADER, correlation);
            return new PanelResponse(answer.status(), headers, answer.body());
        } finally {
            scope.close();
        }
    }

    private PanelResponse answer(PanelRequest request) {
        try {
            if (request.path().startsWith(REMOTE)) {
                return remote.handle(request, request.path().substring(REMOTE.length()));
            }
            if (request.path().startsWith(NODES) && enrolment.isPresent()) {
                return enrolment.get().handle(request, request.path().substring(NODES.length()));
            }
            return Answer.error(404, "NotFound", "there is nothing at this address");
        } catch (RuntimeException e) {
            return Failures.answer(e, request);
        }
    }
}
