package dev.rookery.proxy;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.internal.json.Schemas;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.ProxyDocument;

/**
 * Documents and routes as JSON. A member that is not known is refused, because it would mean something that does not happen; what is to be kept without
 * being understood stands in {@code extensions}. Times are texts such as {@code 30s}. Without state.
 */
@Incubating
public final class DocumentJson {

    private DocumentJson() {}

    /**
     * Reads a document, of this version or an older one. A document without {@code schema} is a {@linkplain RoutesImport list of routes} of another
     * program.
     *
     * @throws InvalidInputException if it is none, or a newer version wrote it; the message names the place, what was given and what is expected
     */
    public static ProxyDocument read(byte[] json) {
        return Schemas.read(ProxyJson.read(json));
    }

    /** Writes a document for people: with line breaks, and without what is usual to be absent. The same document gives the same bytes. */
    public static byte[] write(ProxyDocument document) {
        return ProxyJson.write(document);
    }

    /**
     * Reads a route.
     *
     * @throws InvalidInputException if it is none; the message names the place, what was given and what is expected
     */
    public static HttpRoute readRoute(byte[] json) {
        return ProxyJson.read(json, HttpRoute.class);
    }

    /** Writes a route. */
    public static byte[] write(HttpRoute route) {
        return ProxyJson.write(route);
    }

    /**
     * Reads a route of connections or datagrams.
     *
     * @throws InvalidInputException if it is none; the message names the place, what was given and what is expected
     */
    public static L4Route readL4Route(byte[] json) {
        return ProxyJson.read(json, L4Route.class);
    }

    /** Writes a route of connections or datagrams. */
    public static byte[] write(L4Route route) {
        return ProxyJson.write(route);
    }
}
