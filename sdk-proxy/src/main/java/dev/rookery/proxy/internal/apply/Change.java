package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.route.ProxyDocument;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What somebody wants.
 *
 * @param author who
 * @param reason why
 * @param etag of the revision it was made from; empty takes the head, whatever it is
 * @param edit makes the new document of the present one; may be called several times
 */
public record Change(String author, String reason, Optional<String> etag, UnaryOperator<ProxyDocument> edit) {}
