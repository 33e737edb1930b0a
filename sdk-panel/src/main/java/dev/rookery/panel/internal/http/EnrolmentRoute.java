package dev.rookery.panel.internal.http;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.panel.Enrolment;
import dev.rookery.panel.PanelRequest;
import dev.rookery.panel.PanelResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** Gives a node its configuration for a one-time key. Source: panel remote API §8. Thread-safe. */
public final class EnrolmentRoute {

    private static final Pattern PATH = Pattern.compile("([0-9]{1,9})/configuration");

    private final Enrolment enrolment;

    /** Creates the route. */
    public EnrolmentRoute(Enrolment enrolment) {
        this.enrolment = enrolment;
    }

    /** Answers a request for a path below {@code /api/application/nodes/}. */
    public PanelResponse handle(PanelRequest request, String path) {
        var match = PATH.matcher(path);
        if (!match.matches()) {
            return Answer.error(404, "NotFound", "this panel does not offer " + request.path());
        }
        if (!"GET".equals(request.method())) {
            return Answer.error(405, "MethodNotAllowed", request.method() + " is not offered here");
        }
        var key = Bearer.of(request);
        try {
            var document = enrolment.redeem(
                    new NodeId(Integer.parseInt(match.group(1))), key, request.header(Enrolment.CERTIFICATE_HEADER));
            return new PanelResponse(
                    200,
                    Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                    document.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidInputException e) {
            return Answer.error(401, "Unauthorized", String.valueOf(e.getMessage()));
        } catch (DeniedException e) {
            return Answer.error(403, "Forbidden", String.valueOf(e.getMessage()));
        } catch (ConflictException e) {
            return Answer.error(409, "Conflict", String.valueOf(e.getMessage()));
        }
    }
}
