/**
 * Credentials and signed tokens: the wire form of a {@link dev.rookery.api.Caller}. A panel starts with
 * {@link dev.rookery.api.token.TokenSigner}, a node with {@link dev.rookery.api.token.TokenVerifier}.
 */
@NullMarked
package dev.rookery.api.token;

import org.jspecify.annotations.NullMarked;
