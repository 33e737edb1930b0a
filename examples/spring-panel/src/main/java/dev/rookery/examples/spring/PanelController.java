package dev.rookery.examples.spring;

import dev.rookery.api.Caller;
import dev.rookery.api.Content;
import dev.rookery.api.NodeId;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.permission.Permissions;
import dev.rookery.panel.ConsoleRelay;
import dev.rookery.panel.Enrolment;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.PortRanges;
import dev.rookery.panel.schedule.CronExpression;
import dev.rookery.panel.schedule.Schedule;
import dev.rookery.panel.schedule.ScheduleSpec;
import dev.rookery.panel.schedule.ScheduleTask;
import dev.rookery.panel.schedule.Schedules;
import dev.rookery.panel.schedule.TaskAction;
import dev.rookery.panel.spi.NewEgg;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.panel.spi.ServerSpec;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What the administrator can do. */
@RestController
@RequestMapping("/panel")
record PanelController(PanelService service, Enrolment enrolment, ConsoleRelay relay, Schedules schedules) {

    private static final UUID ADMINISTRATOR = new UUID(0, 1);
    /** After this a browser comes back by itself; so one that vanished unnoticed is not kept for long. */
    private static final Duration CONNECTION = Duration.ofMinutes(1);

    record NodeView(NodeId id, String name, boolean reachable) {}

    record EggView(long id, String name) {}

    record ScheduleView(UUID id, String name, String cron, ZoneId zone, Optional<Instant> next) {

        static ScheduleView of(Schedule it) {
            var spec = it.spec();
            return new ScheduleView(it.id(), spec.name(), spec.cron().toString(), spec.zone(), it.nextRunAt());
        }
    }

    record Overview(List<NodeView> nodes, List<EggView> eggs, List<PanelServer> servers) {}

    @GetMapping
    Overview overview() {
        var store = service.store();
        var states = service.states();
        var nodes = store.nodes().list().stream()
                .map(it -> new NodeView(it.id(), it.name(), states.node(it.id()).reachable()));
        var eggs = store.eggs().list().stream().map(it -> new EggView(it.id(), it.name()));
        var servers = store.servers().list(ServerQuery.all()).servers();
        return new Overview(nodes.toList(), eggs.toList(), servers);
    }

    @PostMapping("/nodes")
    Enrolment.IssuedKey addNode(
            @RequestParam String name, @RequestParam URI url, @RequestParam String ip, @RequestParam String ports) {
        var addresses = PortRanges.parse(ip, ports);
        var nodes = service.store().nodes();
        var node = nodes.add(NewNode.of(name, url, Instant.now()));
        nodes.addAllocations(node.id(), addresses);
        return enrolment.issue(node.id());
    }

    @PostMapping("/eggs")
    EggView importEgg(InputStream body) throws IOException {
        var egg = service.store().eggs().add(NewEgg.read(body, Instant.now()));
        return new EggView(egg.id(), egg.name());
    }

    @PostMapping("/servers")
    PanelServer createServer(@RequestParam String name, @RequestParam int node, @RequestParam long egg) {
        var spec =
                ServerSpec.builder(service.store().eggs().get(egg)).name(name).build();
        return service.create(new NodeId(node), ADMINISTRATOR, spec);
    }

    @PostMapping("/servers/{id}/power")
    void power(@PathVariable UUID id, @RequestParam String action, HttpServletRequest request) {
        service.power(new ServerId(id), PowerAction.parse(action), caller(request));
    }

    @PostMapping("/servers/{id}/command")
    void command(@PathVariable UUID id, @RequestParam String line, HttpServletRequest request) {
        service.onNode(new ServerId(id), caller(request), Duration.ofSeconds(10))
                .sendCommands(List.of(line));
    }

    @GetMapping("/servers/{id}/files")
    List<FileEntry> list(@PathVariable UUID id, @RequestParam String directory, HttpServletRequest request) {
        return files(id, request).list(directory);
    }

    @GetMapping("/servers/{id}/file")
    void download(@PathVariable UUID id, @RequestParam String path, HttpServletRequest from, HttpServletResponse to)
            throws IOException {
        try (var content = files(id, from).read(path)) {
            to.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
            content.sizeBytes().ifPresent(to::setContentLengthLong);
            content.stream().transferTo(to.getOutputStream());
        }
    }

    @PutMapping("/servers/{id}/file")
    void upload(@PathVariable UUID id, @RequestParam String path, HttpServletRequest from) throws IOException {
        files(id, from).write(path, Content.of(from.getInputStream(), from.getContentLengthLong()));
    }

    private NodeFiles files(UUID id, HttpServletRequest request) {
        return service.onNode(new ServerId(id), caller(request)).files();
    }

    @GetMapping("/servers/{id}/schedules")
    List<ScheduleView> schedules(@PathVariable UUID id, HttpServletRequest request) {
        return schedules.list(new ServerId(id), caller(request)).stream()
                .map(ScheduleView::of)
                .toList();
    }

    @PostMapping("/servers/{id}/schedules")
    ScheduleView schedule(
            @PathVariable UUID id,
            @RequestParam String cron,
            @RequestParam ZoneId zone,
            @RequestParam String action,
            @RequestParam String payload,
            HttpServletRequest request) {
        var spec = ScheduleSpec.builder()
                .name(action + ": " + payload)
                .cron(CronExpression.parse(cron))
                .zone(zone)
                .tasks(List.of(ScheduleTask.of(TaskAction.of(action, payload))))
                .build();
        return ScheduleView.of(schedules.create(new ServerId(id), spec, caller(request)));
    }

    @DeleteMapping("/servers/{id}/schedules/{schedule}")
    void unschedule(@PathVariable UUID id, @PathVariable UUID schedule, HttpServletRequest request) {
        schedules.delete(new ServerId(id), schedule, caller(request));
    }

    @DeleteMapping("/servers/{id}")
    void delete(@PathVariable UUID id) {
        service.delete(new ServerId(id));
    }

    @GetMapping("/servers/{id}/console")
    SseEmitter console(
            @PathVariable UUID id, @RequestHeader("Last-Event-ID") @Nullable Long last, HttpServletRequest request) {
        var server = new ServerId(id);
        var after = last == null ? OptionalLong.empty() : OptionalLong.of(last);
        var ticket = relay.issue(caller(request), server);
        var emitter = new SseEmitter(CONNECTION.toMillis());
        var attachment = relay.attach(ticket.text(), server, after, new EventStream(emitter));
        emitter.onTimeout(emitter::complete);
        emitter.onCompletion(attachment::close);
        return emitter;
    }

    @ExceptionHandler
    ProblemDetail answer(RookeryException e) {
        int status = e instanceof PanelException refused ? refused.problem().status() : e.retryable() ? 503 : 422;
        return ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), String.valueOf(e.getMessage()));
    }

    private static Caller.User caller(HttpServletRequest request) {
        var end = Instant.now().plus(Duration.ofHours(8));
        return new Caller.User(ADMINISTRATOR, Permissions.administrator(), request.getRemoteAddr(), end);
    }
}
