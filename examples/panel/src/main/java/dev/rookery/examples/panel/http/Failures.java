package dev.rookery.examples.panel.http;

import dev.rookery.api.RookeryException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every exception into the error answer of the UI's API. What nobody foresaw is logged and told without detail. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static void register(RoutesConfig routes) {
        routes.exception(ApiError.class, (error, request) -> answer(request, error));
        routes.exception(RookeryException.class, (failure, request) -> {
            LOG.info("{} {}: {}", request.method(), request.path(), failure.getMessage());
            answer(request, ApiError.of(failure));
        });
        routes.exception(
                HttpResponseException.class,
                (failure, request) -> answer(
                        request,
                        new ApiError(
                                failure.getStatus(),
                                failure.getStatus() == 404 ? "not_found" : "http",
                                String.valueOf(failure.getMessage()))));
        routes.exception(Exception.class, (failure, request) -> {
            LOG.error("{} {} failed", request.method(), request.path(), failure);
            answer(
                    request,
                    new ApiError(
                            500,
                            "internal",
                            "Something went wrong inside the panel. Its log has the details under this correlation id."));
        });
    }

    static void answer(Context request, ApiError error) {
        error.retryAfter()
                .ifPresent(wait -> request.header("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
        request.status(error.status());
        var answer = new LinkedHashMap<String, Object>();
        answer.put("code", error.code());
        answer.put("message", String.valueOf(error.getMessage()));
        answer.put("fields", error.fields());
        answer.put("correlationId", Guard.correlation(request));
        answer.putAll(error.details());
        request.json(Map.of("error", answer));
    }
}
