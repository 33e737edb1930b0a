/** Credentials and signed tokens: the wire form of a {@link dev.rookery.api.Caller}. */
@NullMarked
package dev.rookery.api.token;

import org.jspecify.annotations.NullMarked;
