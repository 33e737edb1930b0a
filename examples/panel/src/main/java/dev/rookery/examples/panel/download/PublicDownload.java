package dev.rookery.examples.panel.download;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.kit.net.GuardedSockets;
import dev.rookery.kit.net.PublicAddresses;
import dev.rookery.kit.net.RefusedAddressException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.time.Duration;
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
 * Loads small files from the public Internet by addresses that people give. An address is judged where it leads, at the moment of
 * connecting and anew for each redirect, so that neither names nor redirects lead into the panel's own network. Thread-safe.
 */
public final class PublicDownload {

    private static final Duration IN_ALL = Duration.ofSeconds(20);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int REDIRECTS = 4;
    private static final Set<Integer> REDIRECTING = Set.of(301, 302, 303, 307, 308);

    private final OkHttpClient http;
    private final long maxBytes;

    /**
     * Creates the loader.
     *
     * @param maxBytes how large a file may be, unpacked
     */
    public PublicDownload(long maxBytes) {
        this(maxBytes, PublicAddresses::contain, Dns.SYSTEM);
    }

    PublicDownload(long maxBytes, Predicate<InetAddress> allowed, Dns dns) {
        this.maxBytes = maxBytes;
        // Connections are not kept: each one is judged for the name it was made for. A proxy would resolve names by
        // itself.
        this.http = new OkHttpClient.Builder()
                .dns(dns)
                .socketFactory(new GuardedSockets(allowed))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .connectTimeout(CONNECT)
                .callTimeout(IN_ALL)
                .build();
    }

    /**
     * Loads a file.
     *
     * @throws InvalidInputException if the address cannot be used, or leads where it must not, or to something too large
     * @throws UnavailableException if nothing came from there
     */
    public byte[] load(String address) {
        var url = parse(address);
        for (int redirects = 0; redirects <= REDIRECTS; redirects++) {
            try (var answer = http.newCall(request(url)).execute()) {
                if (!REDIRECTING.contains(answer.code())) {
                    return body(answer);
                }
                url = next(url, answer);
            } catch (RefusedAddressException e) {
                throw new InvalidInputException(
                        "url: '" + url.host() + "' leads to a network that is not public (expected: a public address)",
                        e);
            } catch (IOException e) {
                throw new UnavailableException("url: nothing came from '" + url.host() + "': " + e.getMessage(), e);
            }
        }
        throw new InvalidInputException("url: more than " + REDIRECTS + " redirects");
    }

    private static Request request(HttpUrl url) {
        return new Request.Builder()
                .url(url)
                .header("Accept", "application/json, application/yaml;q=0.9, */*;q=0.5")
                .header("User-Agent", "rookery-panel")
                .build();
    }

    private static HttpUrl parse(String address) {
        var url = HttpUrl.parse(address.strip());
        if (url == null) {
            throw new InvalidInputException("url: '" + address + "' (expected: such as https://example.org/egg.json)");
        }
        return checked(url);
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

    private byte[] body(Response answer) throws IOException {
        if (!answer.isSuccessful()) {
            throw new UnavailableException(
                    "url: '" + answer.request().url().host() + "' answered with status " + answer.code());
        }
        byte[] bytes = answer.body().byteStream().readNBytes(Math.toIntExact(maxBytes + 1));
        if (bytes.length > maxBytes) {
            throw new InvalidInputException("url: more than " + maxBytes + " bytes (expected: at most that)");
        }
        return bytes;
    }
}
