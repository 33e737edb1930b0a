package dev.rookery.panel.s3;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.panel.spi.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/**
 * An object store that speaks S3: Amazon's, MinIO, Ceph, R2, and others. Works with the JDK alone. Uploads whose beginning was lost, and
 * so are never ended, cost money: give the bucket a rule that ends uploads after a few days. Thread-safe.
 *
 * <pre>{@code
 * var objects = new S3ObjectStore(S3Options.builder()
 *         .endpoint(URI.create("https://s3.example.org"))
 *         .bucket("backups")
 *         .accessKey(key)
 *         .secretKey(secret)
 *         .build());
 * }</pre>
 */
public final class S3ObjectStore implements ObjectStore {

    private static final String GZIP = "application/x-gzip";
    private static final int MOST_ANSWER_BYTES = 1024 * 1024;

    private final S3Options options;
    private final Signature signature;
    private final HttpClient http;
    private final Clock clock;

    /** Creates a store with an HTTP client of its own. */
    public S3ObjectStore(S3Options options) {
        this(options, HttpClient.newBuilder().connectTimeout(options.deadline()).build(), Clock.systemUTC());
    }

    /**
     * Creates a store.
     *
     * @param options where and who
     * @param http makes the calls; stays the caller's
     * @param clock the time; stores refuse what is more than a quarter of an hour off
     */
    public S3ObjectStore(S3Options options, HttpClient http, Clock clock) {
        this.options = requireNonNull(options, "options");
        this.http = requireNonNull(http, "http");
        this.clock = requireNonNull(clock, "clock");
        this.signature = new Signature(options);
    }

    @Override
    public String begin(String key) {
        // Nodes look at the type when they restore.
        var answer = call("POST", key, Map.of("uploads", ""), Map.of("content-type", GZIP), "");
        require(answer, key);
        return element(answer.body(), "UploadId")
                .orElseThrow(() -> new ProtocolException("the object store named no upload"));
    }

    @Override
    public List<URI> sign(String key, String upload, int count, Duration validity) {
        var now = clock.instant();
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> signature.presigned(
                        "PUT",
                        address(key),
                        Map.of("partNumber", Integer.toString(number), "uploadId", upload),
                        validity,
                        now))
                .toList();
    }

    @Override
    public void complete(String key, String upload, List<BackupPart> parts) {
        var body = parts.stream()
                .map(part -> "<Part><PartNumber>" + part.partNumber() + "</PartNumber><ETag>" + escaped(part.etag())
                        + "</ETag></Part>")
                .collect(Collectors.joining("", "<CompleteMultipartUpload>", "</CompleteMultipartUpload>"));
        var answer = call("POST", key, Map.of("uploadId", upload), Map.of("content-type", "application/xml"), body);
        // The store may find out only after it has answered 200 that it failed.
        boolean failed =
                answer.status() != 200 || element(answer.body(), "Code").isPresent();
        if (!failed) {
            return;
        }
        // A key is used once: what is there was put together before, by a call whose answer was lost.
        if (present(key)) {
            return;
        }
        if (answer.status() == 200) {
            throw new UnavailableException("the object store could not put the parts together: "
                    + element(answer.body(), "Code").orElse(""));
        }
        require(answer, key);
    }

    @Override
    public void abort(String key, String upload) {
        requireGone(call("DELETE", key, Map.of("uploadId", upload), Map.of(), ""), key);
    }

    @Override
    public URI download(String key, Duration validity) {
        return signature.presigned("GET", address(key), Map.of(), validity, clock.instant());
    }

    @Override
    public void delete(String key) {
        requireGone(call("DELETE", key, Map.of(), Map.of(), ""), key);
    }

    private boolean present(String key) {
        int status = call("HEAD", key, Map.of(), Map.of(), "").status();
        if (status >= 500) {
            throw new UnavailableException("the object store answered " + status);
        }
        return status == 200;
    }

    private record Answer(int status, String body) {}

    private Answer call(
            String method, String key, Map<String, String> query, Map<String, String> headers, String body) {
        var address = address(key);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var uri = query.isEmpty() ? address : URI.create(address + "?" + Signature.query(query));
        var request = HttpRequest.newBuilder(uri)
                .timeout(options.deadline())
                .method(method, HttpRequest.BodyPublishers.ofByteArray(bytes));
        signature
                .headers(method, address, query, headers, bytes, clock.instant())
                .forEach(request::header);
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var content = answer.body()) {
                var text = new String(content.readNBytes(MOST_ANSWER_BYTES), StandardCharsets.UTF_8);
                return new Answer(answer.statusCode(), text);
            }
        } catch (HttpTimeoutException e) {
            throw new DeadlineException("the object store did not answer within " + options.deadline(), e);
        } catch (IOException e) {
            throw new UnavailableException("the object store cannot be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while the object store was asked", e);
        }
    }

    private URI address(String key) {
        var path = List.of(key.split("/", -1)).stream().map(Signature::encode).collect(Collectors.joining("/"));
        var base = options.endpoint().toString().replaceAll("/+$", "");
        if (options.pathStyle()) {
            return URI.create(base + "/" + options.bucket() + "/" + path);
        }
        return URI.create(base.replaceFirst("://", "://" + options.bucket() + ".") + "/" + path);
    }

    private static void requireGone(Answer answer, String key) {
        if (answer.status() != 404) {
            require(answer, key);
        }
    }

    private static void require(Answer answer, String key) {
        int status = answer.status();
        if (status / 100 == 2) {
            return;
        }
        var what = "the object store answered " + status
                + element(answer.body(), "Code").map(code -> " " + code).orElse("") + " for " + key;
        throw switch (status) {
            case 400 -> new InvalidInputException(what);
            case 401, 403 -> new DeniedException(what);
            case 404 -> new NotFoundException(what);
            default -> status >= 500 || status == 429 ? new UnavailableException(what) : new ProtocolException(what);
        };
    }

    private static Optional<String> element(String xml, String name) {
        if (xml.isBlank()) {
            return Optional.empty();
        }
        var found = parsed(xml).getElementsByTagName(name);
        return found.getLength() == 0
                ? Optional.empty()
                : Optional.ofNullable(found.item(0).getTextContent()).map(String::strip);
    }

    private static Document parsed(String xml) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new ProtocolException("the object store answered what is no XML", e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
