package dev.rookery.daemon.internal.download;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.daemon.RemoteDownloadOptions;
import dev.rookery.kit.net.AddressBlock;
import dev.rookery.kit.net.GuardedSockets;
import dev.rookery.kit.net.PublicAddresses;
import dev.rookery.kit.net.RefusedAddressException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Where files are fetched from. An address is judged where it leads, at the moment of connecting and anew for each redirect, so that neither
 * names nor redirects lead into the node's own network. Nothing is unpacked on the way. Thread-safe.
 */
final class RemoteSource {

    private static final Set<Integer> REDIRECTING = Set.of(301, 302, 303, 307, 308);
    private static final int OK = 200;

    private final RemoteDownloadOptions options;
    private final Predicate<InetAddress> allowed;
    private final OkHttpClient http;

    RemoteSource(RemoteDownloadOptions options) {
        this(options, Dns.SYSTEM);
    }

    RemoteSource(RemoteDownloadOptions options, Dns names) {
        this.options = options;
        this.allowed = allowed(options);
        // Connections are not kept: each one is judged for the name it was made for.
        this.http = new OkHttpClient.Builder()
                .dns(names)
                .socketFactory(new GuardedSockets(allowed))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .connectTimeout(options.connectTimeout())
                .readTimeout(options.stallTimeout())
                .writeTimeout(options.stallTimeout())
                .build();
    }

    private static Predicate<InetAddress> allowed(RemoteDownloadOptions options) {
        var also = blocks(options.allowedNetworks());
        var never = blocks(options.blockedNetworks());
        return address -> also.stream().anyMatch(block -> block.contains(address))
                || (PublicAddresses.contain(address) && never.stream().noneMatch(block -> block.contains(address)));
    }

    private static List<AddressBlock> blocks(List<String> networks) {
        return networks.stream().map(AddressBlock::parse).toList();
    }

    /**
     * Reads an address.
     *
     * @throws InvalidInputException if nothing can be fetched from there, as far as the address itself tells
     */
    static HttpUrl parse(URI address) {
        var scheme = String.valueOf(address.getScheme());
        var url = HttpUrl.parse(address.toString());
        if (url == null || address.getRawAuthority() == null) {
            throw new InvalidInputException(
                    "url: with the scheme '" + scheme + "' (expected: http or https, and the name of a host)");
        }
        return checked(url);
    }

    /**
     * Asks for a file.
     *
     * @param cancel ends the call, and also the reading of what is returned
     * @return to be closed
     * @throws InvalidInputException if the address leads where it must not, or the answer is no file
     * @throws UnavailableException if there is no answer
     */
    Response open(HttpUrl address, CancelSignal cancel) {
        long end = System.nanoTime() + options.timeout().toNanos();
        var url = address;
        for (int redirects = 0; redirects <= options.maxRedirects(); redirects++) {
            var answer = ask(url, Duration.ofNanos(Math.max(1, end - System.nanoTime())), cancel);
            if (answer.code() == OK) {
                return answer;
            }
            try (answer) {
                if (!REDIRECTING.contains(answer.code())) {
                    throw new InvalidInputException("url: '" + url.host() + "' answered with status " + answer.code()
                            + " (expected: " + OK + ")");
                }
                url = next(url, answer);
            }
        }
        throw new InvalidInputException("url: more redirects than " + options.maxRedirects());
    }

    private Response ask(HttpUrl url, Duration left, CancelSignal cancel) {
        var request = new Request.Builder()
                .url(url)
                // Unless somebody says what to accept, answers come packed and are unpacked without a bound.
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "rookery-node")
                .build();
        var call = http.newBuilder().callTimeout(left).build().newCall(request);
        // It stays for as long as the body is read.
        cancel.onCancel(call::cancel);
        try {
            return call.execute();
        } catch (RefusedAddressException e) {
            throw new InvalidInputException(
                    "url: '" + url.host() + "' leads to a network that is not public (expected: a public address)", e);
        } catch (IOException e) {
            throw new UnavailableException("url: nothing came from '" + url.host() + "': " + e.getMessage(), e);
        }
    }

    private static HttpUrl next(HttpUrl from, Response answer) {
        var location = answer.header("Location");
        var to = location == null ? null : from.resolve(location);
        if (to == null) {
            throw new InvalidInputException("url: '" + from.host() + "' redirects to nowhere");
        }
        if (from.isHttps() && !to.isHttps()) {
            throw new InvalidInputException("url: '" + from.host() + "' redirects from https to http");
        }
        return checked(to);
    }

    private static HttpUrl checked(HttpUrl url) {
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw new InvalidInputException("url: holds a user name or a password (expected: none)");
        }
        return url;
    }
}
