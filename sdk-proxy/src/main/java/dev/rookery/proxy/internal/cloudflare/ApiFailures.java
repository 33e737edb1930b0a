package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.Json;
import dev.rookery.api.RookeryException.RemoteAnswer;
import dev.rookery.kit.Redactor;
import dev.rookery.proxy.cloudflare.CloudflareException;
import dev.rookery.proxy.cloudflare.CloudflareException.Kind;
import dev.rookery.proxy.cloudflare.CloudflareException.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Turns what Cloudflare answers into exceptions that say what to do. Codes: proxy.md §4.3. */
final class ApiFailures {

    private static final Set<Integer> THERE_ALREADY = Set.of(1013, 81053, 81054, 81057, 81058);
    private static final Set<Integer> NOT_THERE = Set.of(81044, 7000, 7003);
    /** A token that is malformed, unknown or out of force, whatever the status. */
    private static final Set<Integer> BAD_TOKEN = Set.of(1000, 6003, 6111);

    private static final int UNAUTHORISED = 9109;
    private static final int PROBLEMS_MAX = 10;
    private static final int WORDS_MAX = 300;
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

    private final Redactor redactor;

    ApiFailures(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Returns the exception for an answer that is no success. */
    CloudflareException of(ApiCall call, int status, Headers headers, Json body) {
        var problems = problems(body);
        var kind = kind(status, problems);
        var said = problems.stream()
                .map(problem -> problem.message() + " [" + problem.code() + "]")
                .collect(Collectors.joining("; "));
        var message = "Cloudflare: " + clean(call.toString()) + " answered " + status
                + (said.isEmpty() ? "" : ": " + said) + advice(kind, call);
        var ray = Optional.ofNullable(headers.get("CF-Ray")).map(this::clean);
        return new CloudflareException(
                kind, message, null, new RemoteAnswer(call.toString(), status, ray), problems, retryAfter(headers));
    }

    /** Returns the exception for an answer that cannot be understood, or none at all. */
    CloudflareException unavailable(ApiCall call, String reason, @Nullable Throwable cause) {
        return new CloudflareException(
                Kind.UNAVAILABLE,
                "Cloudflare: " + clean(call.toString()) + " failed: " + clean(reason),
                cause,
                null,
                List.of(),
                Optional.empty());
    }

    /** Returns words of others, fit for a message or a log. */
    String clean(String words) {
        var line = redactor.redact(BREAKS.matcher(words.strip()).replaceAll(" "));
        return line.length() > WORDS_MAX ? line.substring(0, WORDS_MAX) + "..." : line;
    }

    private List<Problem> problems(Json body) {
        var found = new ArrayList<Problem>();
        for (var error : Answer.of(body).all("errors")) {
            collect(found, error);
        }
        return List.copyOf(found);
    }

    private void collect(List<Problem> found, Answer error) {
        if (found.size() < PROBLEMS_MAX) {
            found.add(new Problem((int) error.number("code").orElse(0), clean(error.textOr("message", ""))));
            error.all("error_chain").forEach(inner -> collect(found, inner));
        }
    }

    private static Kind kind(int status, List<Problem> problems) {
        if (status == 429) {
            return Kind.LIMITED;
        }
        if (status >= 500) {
            return Kind.UNAVAILABLE;
        }
        if (status == 401 || any(problems, BAD_TOKEN)) {
            return Kind.TOKEN;
        }
        if (status == 403 || any(problems, Set.of(UNAUTHORISED))) {
            return Kind.SCOPE;
        }
        if (status == 409 || any(problems, THERE_ALREADY)) {
            return Kind.EXISTS;
        }
        return status == 404 || any(problems, NOT_THERE) ? Kind.NOT_FOUND : Kind.INVALID;
    }

    private static boolean any(List<Problem> problems, Set<Integer> codes) {
        return problems.stream().anyMatch(problem -> codes.contains(problem.code()));
    }

    private static String advice(Kind kind, ApiCall call) {
        return switch (kind) {
            case TOKEN ->
                " (the token is not accepted; expected: one that is active, from My Profile › API Tokens or Manage Account › Account API Tokens)";
            case SCOPE ->
                " (the token lacks a permission; expected: '" + call.scope().words()
                        + "' for the account and the zones that are used; add it at My Profile › API Tokens › Edit)";
            default -> "";
        };
    }

    /** Dates are not read: clocks differ. */
    private static Optional<Duration> retryAfter(Headers headers) {
        return Optional.ofNullable(headers.get("Retry-After"))
                .filter(value -> SECONDS.matcher(value).matches())
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
