package dev.rookery.examples.panel.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.egg.rule.VariableRules;
import dev.rookery.api.panel.Build;
import dev.rookery.api.permission.Permissions;
import dev.rookery.examples.panel.Eggs;
import dev.rookery.examples.panel.account.User;
import dev.rookery.examples.panel.sql.AccountStore;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.ServerSpec;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The creation of servers, by administrators. */
final class NewServerApi {

    private static final int NAME_MAX = 191;
    private static final int TEXT_MAX = 4096;

    private final PanelService panel;
    private final AccountStore accounts;

    NewServerApi(PanelService panel, AccountStore accounts) {
        this.panel = panel;
        this.accounts = accounts;
    }

    void register(RoutesConfig routes) {
        routes.post("/api/admin/servers", this::create, Access.ADMIN);
    }

    private void create(Context request) {
        var body = Bodies.read(request, NewServerBody.class);
        checkVariables(body);
        var server = panel.create(
                new NodeId(Bodies.required(body.nodeId(), "nodeId")),
                owner(body.owner(), Guard.user(request)),
                spec(body),
                List.of(Bodies.required(body.allocationId(), "allocationId")));
        request.status(201);
        request.json(ServerView.of(panel, server, Permissions.administrator()));
    }

    private void checkVariables(NewServerBody body) {
        var egg = panel.store().eggs().find(Bodies.required(body.eggId(), "eggId"));
        if (egg.isEmpty()) {
            return; // The store says so, with everything else that is wrong.
        }
        var values = body.variables() == null ? Map.<String, String>of() : body.variables();
        var problems = new LinkedHashMap<String, String>();
        for (var variable : Eggs.read(egg.get()).egg().variables()) {
            var value = values.getOrDefault(variable.envVariable(), variable.defaultValue());
            VariableRules.of(variable).check(value).stream()
                    .findFirst()
                    .ifPresent(failure -> problems.put("variables." + variable.envVariable(), failure.expected()));
        }
        if (!problems.isEmpty()) {
            throw ApiError.fields(problems);
        }
    }

    private UUID owner(@Nullable String name, User creator) {
        if (name == null || name.isBlank()) {
            return creator.uuid();
        }
        return accounts.byUsername(name.strip())
                .map(stored -> stored.user().uuid())
                .orElseThrow(() -> ApiError.field("owner", "owner: there is no user '" + name.strip() + "'."));
    }

    private static ServerSpec spec(NewServerBody body) {
        return ServerSpec.builder()
                .name(Bodies.required(body.name(), "name", NAME_MAX))
                .description(
                        body.description() == null ? "" : body.description().strip())
                .eggId(Bodies.required(body.eggId(), "eggId"))
                .image(Bodies.required(body.image(), "image", TEXT_MAX))
                .startup(body.startup() == null ? "" : body.startup())
                .variables(body.variables() == null ? Map.of() : body.variables())
                .build(build(Bodies.required(body.limits(), "limits")))
                .startOnCompletion(Boolean.TRUE.equals(body.startOnCompletion()))
                .build();
    }

    private static Build build(Limits limits) {
        try {
            return Build.builder()
                    .memoryMebibytes(limits.memoryMebibytes())
                    .swapMebibytes(limits.swapMebibytes())
                    .diskMebibytes(limits.diskMebibytes())
                    .cpuPercent(limits.cpuPercent())
                    .build();
        } catch (InvalidInputException e) {
            throw ApiError.field("limits", String.valueOf(e.getMessage()));
        }
    }

    record NewServerBody(
            @Nullable String name,
            @Nullable String description,
            @Nullable String owner,
            @Nullable Integer nodeId,
            @Nullable Long eggId,
            @Nullable Long allocationId,
            @Nullable String image,
            @Nullable String startup,
            @Nullable Limits limits,
            @Nullable Map<String, String> variables,
            @Nullable Boolean startOnCompletion) {}

    record Limits(long memoryMebibytes, long swapMebibytes, long diskMebibytes, long cpuPercent) {}
}
