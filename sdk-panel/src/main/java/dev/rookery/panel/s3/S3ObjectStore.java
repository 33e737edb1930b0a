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
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
        var answer = call(
                new Call("POST", key, Map.of("uploads", ""), "", options.deadline()), Map.of("content-type", GZIP));
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
        var answer = call(
                new Call("POST", key, Map.of("uploadId", upload), body, options.completionDeadline()),
                Map.of("content-type", "application/xml"));
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
        requireGone(call("DELETE", key, Map.of("uploadId", upload)), key);
    }

    @Override
    public URI download(String key, Duration validity) {
        return signature.presigned("GET", address(key), Map.of(), validity, clock.instant());
    }

    @Override
    public void delete(String key) {
        requireGone(call("DELETE", key, Map.of()), key);
    }

    private boolean present(String key) {
        int status = call("HEAD", key, Map.of()).status();
        if (status >= 500) {
            throw new UnavailableException("the object store answered " + status);
        }
        return status == 200;
    }

    private record Answer(int status, String body) {}

    private record Call(String method, String key, Map<String, String> query, String body, Duration deadline) {}

    private Answer call(String method, String key, Map<String, String> query) {
        return call(new Call(method, key, query, "", options.deadline()), Map.of());
    }

    private Answer call(Call call, Map<String, String> headers) {
        var address = address(call.key());
        byte[] bytes = call.body().getBytes(StandardCharsets.UTF_8);
        var uri = call.query().isEmpty() ? address : URI.create(address + "?" + Signature.query(call.query()));
        var request = HttpRequest.newBuilder(uri)
                .timeout(call.deadline())
                .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(bytes));
        signature
                .headers(call.method(), address, call.query(), headers, bytes, clock.instant())
                .forEach(request::header);
        return answer(request.build(), call.deadline());
    }

    /** Waits for the whole answer: the client's own limit ends with the head, behind which stores may take their time. */
    private Answer answer(HttpRequest request, Duration deadline) {
        var sent = http.sendAsync(request, head -> new BoundedBody(MOST_ANSWER_BYTES));
        try {
            var answer = sent.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            throw late(deadline, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HttpTimeoutException) {
                throw late(deadline, e);
            }
            var cause = Optional.ofNullable(e.getCause()).orElse(e);
            throw new UnavailableException("the object store cannot be reached: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while the object store was asked", e);
        } finally {
            // Closes the connection of a call that nobody waits for any more; nothing otherwise.
            sent.cancel(true);
        }
    }

    private static DeadlineException late(Duration deadline, Exception cause) {
        return new DeadlineException("the object store did not answer within " + deadline, cause);
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
