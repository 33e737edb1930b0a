package dev.rookery.panel;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.internal.ConfigurationDocument;
import dev.rookery.panel.spi.EnrolmentKey;
import dev.rookery.panel.spi.EnrolmentOutcome;
import dev.rookery.panel.spi.NodeStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings nodes in: makes a key that works once, and gives the node's configuration for it. Keys are stored as digests only.
 * Thread-safe.
 */
public final class Enrolment {

    /** How long a key can be used. */
    public static final Duration LIFETIME = Duration.ofMinutes(60);

    /**
     * The header with which a node says the SHA-256 of the certificate it has made for itself, 64 lower-case hexadecimal digits. Ours;
     * other panels ignore it.
     */
    public static final String CERTIFICATE_HEADER = "X-Rookery-Certificate-Sha256";

    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);
    private static final String PREFIX = "papp_";
    private static final int KEY_LENGTH = 43;
    private static final Pattern KEY = Pattern.compile("papp_\\w{43}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final NodeStore nodes;
    private final URI panelUrl;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * Creates the enrolment.
     *
     * @param nodes where nodes and keys are stored
     * @param panelUrl where nodes reach this panel, without a path
     * @param clock tells the time
     */
    public Enrolment(NodeStore nodes, URI panelUrl, Clock clock) {
        this.nodes = requireNonNull(nodes, "nodes");
        this.panelUrl = requireNonNull(panelUrl, "panelUrl");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * A key as it is shown, once.
     *
     * @param key {@code papp_} and 43 characters, as {@code wings configure --token} expects it
     * @param node the node it enrols
     * @param expiresAt from when on it is refused
     */
    public record IssuedKey(String key, NodeId node, Instant expiresAt) {

        /** Hides the key. */
        @Override
        public String toString() {
            return "IssuedKey[node=" + node + ", expiresAt=" + expiresAt + "]";
        }
    }

    /**
     * Makes a new key. Older ones of the node stay good until used or expired.
     *
     * @throws dev.rookery.panel.spi.PanelException {@code NODE_NOT_FOUND}
     */
    public IssuedKey issue(NodeId node) {
        var key = PREFIX + NodeCredentials.randomText(random, KEY_LENGTH);
        var now = clock.instant();
        nodes.addEnrolmentKey(new EnrolmentKey(sha256(key), node, now, now.plus(LIFETIME)));
        return new IssuedKey(key, node, now.plus(LIFETIME));
    }

    /**
     * Uses a key up and returns the node's configuration, which holds its secret.
     *
     * @param certificate what the node says in {@link #CERTIFICATE_HEADER}: from now on the panel trusts that certificate, and no
     *     other, to be the node's; empty if an authority has signed the node's certificate, or it has none
     * @return JSON as {@code wings configure} reads it
     * @throws InvalidInputException if the key is malformed or unknown
     * @throws DeniedException if it was used before, has expired, or belongs to another node
     * @throws ConflictException if there is a certificate, and it is malformed or the node is not reached over {@code https}; the
     *     key is not used up then
     */
    public String redeem(NodeId node, String key, Optional<String> certificate) {
        if (!KEY.matcher(key).matches()) {
            throw new InvalidInputException("malformed enrolment key (expected: papp_ and 43 letters or digits)");
        }
        certificate.ifPresent(text -> requirePinnable(node, text));
        var outcome = nodes.useEnrolmentKey(sha256(key), node, certificate, clock.instant());
        if (outcome != EnrolmentOutcome.ACCEPTED) {
            LOG.warn("node {}: an enrolment key was refused: {}", node, outcome);
        }
        switch (outcome) {
            case ACCEPTED ->
                LOG.info(
                        "node {}: enrolled{}",
                        node,
                        certificate.map(text -> ", certificate " + text).orElse(""));
            case UNKNOWN ->
                throw new InvalidInputException(
                        "unknown enrolment key (expected: a key that this panel has made for node " + node + ")");
            case OTHER_NODE ->
                throw new DeniedException(
                        "this enrolment key belongs to another node than " + node + "; it was not used up");
            case USED ->
                throw new DeniedException(
                        "this enrolment key was used before; make a new one for node " + node + " in the panel");
            case EXPIRED ->
                throw new DeniedException("this enrolment key has expired; make a new one for node " + node
                        + " in the panel (they last " + LIFETIME.toMinutes() + " minutes)");
        }
        var record = nodes.find(node)
                .orElseThrow(() -> new DeniedException("node " + node + " was removed from the panel meanwhile"));
        return WireJson.writeText(ConfigurationDocument.of(record, panelUrl));
    }

    private void requirePinnable(NodeId node, String certificate) {
        if (!SHA256.matcher(certificate).matches()) {
            throw new ConflictException("certificate (expected: its SHA-256, 64 lower-case hexadecimal digits)");
        }
        boolean plain = nodes.find(node)
                .filter(found -> !"https".equalsIgnoreCase(found.url().getScheme()))
                .isPresent();
        if (plain) {
            throw new ConflictException(
                    "node " + node
                            + " is reached without TLS in this panel (expected: a URL with https, for its certificate to count)");
        }
    }

    private static String sha256(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
