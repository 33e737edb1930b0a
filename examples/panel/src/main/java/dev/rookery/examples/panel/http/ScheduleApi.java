package dev.rookery.examples.panel.http;

import dev.rookery.api.permission.Permission;
import dev.rookery.panel.schedule.Schedules;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The schedules of a server. Who may do what, {@link Schedules} decides: each action needs its own permission. */
final class ScheduleApi {

    private static final String ALL = "/api/servers/{uuid}/schedules";
    private static final String ONE = ALL + "/{schedule}";
    private static final int SHOWN_RUNS = 20;
    private static final int PREVIEWED_TIMES = 5;

    private final Schedules schedules;
    private final ServerAccess access;
    private final Clock clock;

    ScheduleApi(Schedules schedules, ServerAccess access, Clock clock) {
        this.schedules = schedules;
        this.access = access;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.get(ALL, this::list, OnServer.holding(Permission.SCHEDULE_READ));
        routes.post(ALL, this::create, OnServer.holding(Permission.SCHEDULE_CREATE));
        routes.post("/api/servers/{uuid}/schedule-preview", this::preview, OnServer.holding(Permission.SCHEDULE_READ));
        routes.put(ONE, this::update, OnServer.holding(Permission.SCHEDULE_UPDATE));
        routes.delete(ONE, this::delete, OnServer.holding(Permission.SCHEDULE_DELETE));
        routes.put(ONE + "/enabled", this::enable, OnServer.holding(Permission.SCHEDULE_UPDATE));
        routes.post(ONE + "/run", this::run, OnServer.holding(Permission.SCHEDULE_UPDATE));
        routes.get(ONE + "/runs", this::runs, OnServer.holding(Permission.SCHEDULE_READ));
    }

    private void list(Context request) {
        var server = access.require(request);
        var found = schedules.list(server.id(), access.caller(request, server));
        request.json(Map.of("items", found.stream().map(ScheduleView::of).toList()));
    }

    private void create(Context request) {
        var server = access.require(request);
        var spec = Bodies.read(request, ScheduleBody.class).spec();
        var created = schedules.create(server.id(), spec, access.caller(request, server));
        request.status(201).json(ScheduleView.of(created));
    }

    private void preview(Context request) {
        access.require(request);
        var times = Bodies.read(request, ScheduleBody.Times.class);
        var zone = times.zoneId();
        request.json(Map.of("times", times.expression().upcoming(clock.instant(), zone, PREVIEWED_TIMES)));
    }

    private void update(Context request) {
        var server = access.require(request);
        var body = Bodies.read(request, ScheduleBody.class);
        long version = Bodies.required(body.version(), "version");
        var changed = schedules.update(server.id(), id(request), version, body.spec(), access.caller(request, server));
        request.json(ScheduleView.of(changed));
    }

    private void delete(Context request) {
        var server = access.require(request);
        schedules.delete(server.id(), id(request), access.caller(request, server));
        request.status(204);
    }

    private void enable(Context request) {
        var server = access.require(request);
        boolean enabled = Bodies.required(Bodies.read(request, Enabled.class).enabled(), "enabled");
        var changed = schedules.enable(server.id(), id(request), enabled, access.caller(request, server));
        request.json(ScheduleView.of(changed));
    }

    private void run(Context request) {
        var server = access.require(request);
        var run = schedules.runNow(server.id(), id(request), access.caller(request, server));
        request.status(202).json(ScheduleView.Run.of(run));
    }

    private void runs(Context request) {
        var server = access.require(request);
        var found = schedules.runs(server.id(), id(request), SHOWN_RUNS, access.caller(request, server));
        request.json(Map.of("items", found.stream().map(ScheduleView.Run::of).toList()));
    }

    private static UUID id(Context request) {
        var text = request.pathParam("schedule");
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ApiError(404, "schedule_not_found", "There is no schedule " + text + ".");
        }
    }

    record Enabled(@Nullable Boolean enabled) {}
}
