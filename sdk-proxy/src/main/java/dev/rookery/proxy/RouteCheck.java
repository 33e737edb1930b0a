package dev.rookery.proxy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.internal.check.DocumentCheck;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.List;

/** Finds what is wrong with a document before anybody uses it. Without state; nothing is read, asked or resolved. */
public final class RouteCheck {

    private RouteCheck() {}

    /**
     * Checks a whole document: each route by itself, all of them against each other, and against what the engine can do. Routes that are not in use
     * are checked by themselves only.
     *
     * @return everything that was found, in the order of the document; a document with an {@linkplain Finding#error() error} cannot be used
     */
    public static List<Finding> check(ProxyDocument document, EngineFeatures engine) {
        return DocumentCheck.check(document, engine);
    }

    /**
     * Checks a whole document that is going to be used.
     *
     * @throws InvalidInputException if it has an error; the message is the first one
     */
    static void requireNoError(ProxyDocument document, EngineFeatures engine) {
        check(document, engine).stream().filter(Finding::error).findFirst().ifPresent(finding -> {
            throw new InvalidInputException("at '" + finding.pointer() + "': " + finding.message());
        });
    }
}
