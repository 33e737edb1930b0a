/**
 * Commands that a panel signs and a node obeys without trusting the connection they came over: Ed25519, one node, one use, a short time.
 * Start with {@link dev.rookery.api.command.CommandSigner} and {@link dev.rookery.api.command.CommandVerifier}; the bytes are described in
 * {@code docs/protocol/signed-commands.md}.
 */
@NullMarked
package dev.rookery.api.command;

import org.jspecify.annotations.NullMarked;
