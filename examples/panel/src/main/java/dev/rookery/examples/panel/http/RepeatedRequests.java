package dev.rookery.examples.panel.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Requests that bear a key of whoever sends them, so that one that is sent again, since its answer was lost, is not done again: it gets the answer of the first.
 * Answers are kept in memory; after a restart the id of what was made is the same again, and says that it is there. Thread-safe.
 */
final class RepeatedRequests {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");
    private static final Duration KEPT = Duration.ofHours(24);
    private static final long KEPT_CHARACTERS = 16L << 20;
    /** What there is of each besides its text. */
    private static final int OVERHEAD = 1_000;

    private static final List<String> HEADERS = List.of("ETag", "Location", "Cache-Control");

    private final Cache<String, Kept> answers = Caffeine.newBuilder()
            .expireAfterWrite(KEPT)
            .maximumWeight(KEPT_CHARACTERS)
            .weigher((String name, Kept kept) -> name.length() + kept.size() + OVERHEAD)
            .build();

    private record Answer(int status, String body, Map<String, String> headers) {}

    private record Kept(String print, CompletableFuture<Answer> answer) {

        int size() {
            return answer.isDone() && !answer.isCompletedExceptionally()
                    ? answer.join().body().length()
                    : 0;
        }
    }

    /** Returns an id that is the same for the same request sent again; another one each time if it has no key. */
    static UUID idFor(Context request) {
        return name(request)
                .map(name -> UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(UUID::randomUUID);
    }

    /** Does what is asked for, unless it was done already. What fails is done again when it is sent again. */
    void once(Context request, Runnable work) {
        var name = name(request);
        if (name.isEmpty()) {
            work.run();
            return;
        }
        var mine = new Kept(print(request), new CompletableFuture<>());
        var first = answers.asMap().putIfAbsent(name.get(), mine);
        if (first != null) {
            repeat(request, first, mine.print());
            return;
        }
        try {
            work.run();
            mine.answer().complete(answer(request));
            // Weighed with its answer now.
            answers.put(name.get(), mine);
        } finally {
            if (!mine.answer().isDone()) {
                answers.asMap().remove(name.get(), mine);
            }
        }
    }

    private static void repeat(Context request, Kept first, String print) {
        if (!first.print().equals(print)) {
            throw new ApiError(
                    422,
                    "idempotency_key_reused",
                    "Another request had this " + HEADER + " (expected: a new one for each request).");
        }
        if (!first.answer().isDone()) {
            throw new ApiError(
                    409,
                    "idempotency_key_in_use",
                    "The first request with this " + HEADER
                            + " is being worked on (expected: to try again in a moment).");
        }
        var answer = first.answer().join();
        answer.headers().forEach(request::header);
        request.status(answer.status()).contentType("application/json").result(answer.body());
    }

    private static Answer answer(Context request) {
        var headers = new LinkedHashMap<String, String>();
        for (var header : HEADERS) {
            Optional.ofNullable(request.res().getHeader(header)).ifPresent(value -> headers.put(header, value));
        }
        return new Answer(
                request.statusCode(), Optional.ofNullable(request.result()).orElse(""), headers);
    }

    /** One person's key at one address; keys of others are others. */
    private static Optional<String> name(Context request) {
        var key = request.header(HEADER);
        if (key == null) {
            return Optional.empty();
        }
        if (!KEY.matcher(key).matches()) {
            throw ApiError.field(HEADER, HEADER + ": (expected: 1 to 200 printable ASCII characters without blanks).");
        }
        return Optional.of(Guard.user(request).id() + " " + request.path() + " " + key);
    }

    private static String print(Context request) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(String.valueOf(request.queryString()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(request.bodyAsBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without SHA-256", e);
        }
    }
}
