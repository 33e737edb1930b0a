package dev.rookery.panel.internal.http;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.egg.EggException;
import dev.rookery.kit.Correlation;
import dev.rookery.panel.PanelRequest;
import dev.rookery.panel.PanelResponse;
import dev.rookery.panel.spi.PanelException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns exceptions into answers. A node takes 4xx as final and tries again after 5xx. Source: panel remote API §1.4. */
public final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** Returns the answer for whatever a route has thrown. */
    public static PanelResponse answer(RuntimeException e, PanelRequest request) {
        if (e instanceof HttpFailure failure) {
            return failure.answer();
        }
        if (e instanceof RookeryException known) {
            int status = status(known);
            LOG.info("{} {}: {} {}", request.method(), request.path(), status, e.getMessage());
            return Answer.error(
                    status, code(known), Optional.ofNullable(e.getMessage()).orElse("no details"));
        }
        LOG.error("{} {} failed", request.method(), request.path(), e);
        return Answer.error(
                500,
                "InternalError",
                "the panel failed; its log has the details under "
                        + Correlation.current().orElse("no id"));
    }

    private static int status(RookeryException e) {
        if (e instanceof PanelException panel) {
            return panel.problem().status();
        }
        if (e instanceof InvalidInputException || e instanceof EggException) {
            return 422;
        }
        if (e instanceof NotFoundException) {
            return 404;
        }
        if (e instanceof ConflictException) {
            return 409;
        }
        if (e instanceof DeniedException) {
            return 403;
        }
        if (e instanceof NotOfferedException) {
            return 404;
        }
        return e instanceof UnavailableException || e instanceof DeadlineException ? 503 : 500;
    }

    private static String code(RookeryException e) {
        return e instanceof PanelException panel ? panel.code() : e.getClass().getSimpleName();
    }
}
