package dev.rookery.examples.load;

import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.RookeryException.RemoteAnswer;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.wings.HttpNode;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The first questions to a node. What goes wrong with them goes wrong with all others: it is said in one sentence. */
final class FirstContact {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int SERVERS_SHOWN = 5;

    /** The JDK puts classes before its reasons. */
    private static final Pattern JAVA_NAME = Pattern.compile("([a-z0-9]+\\.)+[A-Za-z]+Exception: ");

    private final HttpNode node;
    private final URI url;

    FirstContact(HttpNode node, URI url) {
        this.node = node;
        this.url = url;
    }

    /**
     * Asks what the node is.
     *
     * @param patience how long to try again while nobody answers
     * @throws UnaskableException if it cannot be asked
     */
    SystemInformation system(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return node.system();
            } catch (UnavailableException e) {
                if (e.answer().isPresent() || System.nanoTime() >= end) {
                    throw new UnaskableException(sentence(e), e);
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            } catch (RookeryException e) {
                throw new UnaskableException(sentence(e), e);
            }
        }
    }

    /**
     * Asks for a server.
     *
     * @throws UnaskableException if the node does not have it
     */
    void server(ServerId id) {
        try {
            node.server(id).details();
        } catch (NotFoundException e) {
            throw new UnaskableException(
                    "the node at " + url + " has no server " + id + " (it has " + servers() + ")", e);
        } catch (RookeryException e) {
            throw new UnaskableException(
                    "the node at " + url + " tells nothing of server " + id + ": " + e.getMessage(), e);
        }
    }

    private String servers() {
        var all = node.servers();
        var shown = all.stream()
                .limit(SERVERS_SHOWN)
                .map(details -> details.configuration().uuid().toString())
                .collect(Collectors.joining(", "));
        return all.isEmpty()
                ? "none"
                : shown + (all.size() > SERVERS_SHOWN ? " and " + (all.size() - SERVERS_SHOWN) + " more" : "");
    }

    private String sentence(RookeryException failure) {
        int status = failure.answer().map(RemoteAnswer::status).orElse(0);
        if (status > 0) {
            return answered(failure, status);
        }
        if (failure instanceof DeadlineException) {
            return "the node at " + url + " does not answer: " + failure.getMessage();
        }
        return below(failure);
    }

    private String answered(RookeryException failure, int status) {
        if (failure instanceof DeniedException) {
            return "the node at " + url + " refuses the token (" + status
                    + "; expected: the secret called token in the node's config.yml, without its id)";
        }
        var message = String.valueOf(failure.getMessage());
        if (message.contains("HTTP request to an HTTPS server") || message.contains("sent to HTTPS port")) {
            return url + " speaks HTTPS, not plain HTTP (expected: --url " + with("https") + ")";
        }
        if (failure instanceof UnavailableException) {
            return "the node at " + url + " cannot say what it is: " + message;
        }
        return url + " answers, but not as a node does (expected: the URL of a node, not of its panel): " + message;
    }

    /** What happens below HTTP. */
    private String below(RookeryException failure) {
        if (cause(failure, UnknownHostException.class).isPresent()) {
            return "there is no host " + url.getHost();
        }
        if (cause(failure, CertificateException.class).isPresent()
                || cause(failure, SSLPeerUnverifiedException.class).isPresent()) {
            return "the certificate of " + url + " is not trusted (expected: one of a known authority for "
                    + url.getHost() + ", or --pin with its SHA-256 fingerprint): "
                    + JAVA_NAME.matcher(String.valueOf(failure.getMessage())).replaceAll("");
        }
        var tls = cause(failure, SSLException.class).map(e -> String.valueOf(e.getMessage()));
        if (tls.isPresent()) {
            return tls.get().contains("SSL message")
                    ? url + " speaks plain HTTP, not HTTPS (expected: --url " + with("http") + ")"
                    : "TLS with " + url + " fails: " + tls.get();
        }
        if (cause(failure, NoRouteToHostException.class).isPresent()) {
            return "there is no way to " + url;
        }
        if (cause(failure, ConnectException.class).isPresent()) {
            return "nobody answers at " + url + ": the connection is refused or lost (is the node running?)";
        }
        return url + " breaks off without an answer (is it a node, and does it speak " + url.getScheme() + "?): "
                + failure.getMessage();
    }

    private String with(String scheme) {
        return scheme + url.toString().substring(url.getScheme().length());
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
