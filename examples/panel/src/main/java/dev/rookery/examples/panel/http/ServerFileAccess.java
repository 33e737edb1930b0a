package dev.rookery.examples.panel.http;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.permission.Permission;
import dev.rookery.examples.panel.NodeOffers;
import dev.rookery.panel.PanelService;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of the server that a request is about, and what is noted of what is done with them. Thread-safe. */
final class ServerFileAccess {

    private static final int NOTED_FILES = 50;

    private final PanelService panel;
    private final ServerAccess access;
    private final NodeOffers offers;
    private final Clock clock;

    ServerFileAccess(PanelService panel, ServerAccess access, NodeOffers offers, Clock clock) {
        this.panel = panel;
        this.access = access;
        this.offers = offers;
        this.clock = clock;
    }

    /** Returns the files, on the authority of the request's user. */
    NodeFiles files(Context request) {
        var server = access.require(request);
        return panel.onNode(server.id(), access.caller(request, server)).files();
    }

    /** Returns the files, on the authority of the request's user, for calls that can be ended. */
    NodeFiles files(Context request, CallOptions options) {
        var server = access.require(request);
        return panel.onNode(server.id(), access.caller(request, server), options)
                .files();
    }

    /** Returns which server the request is about. */
    ServerId server(Context request) {
        return access.require(request).id();
    }

    /** Returns the files on the panel's own authority, for what the route's permission stands for. */
    NodeFiles asPanel(Context request) {
        return panel.onNode(access.require(request).id(), Caller.panel()).files();
    }

    /** Throws unless the request's user holds a permission beyond the route's. */
    void require(Context request, Permission permission) {
        access.require(request, permission);
    }

    /** Returns whether the server's node offers something; {@code unknown} while nobody knows. */
    boolean offers(Context request, Capability capability, boolean unknown) {
        return offers.offers(access.require(request), capability).orElse(unknown);
    }

    /** Notes what was done, as {@code server:file.<what>}. */
    void note(Context request, String what, Map<String, Json> metadata) {
        var server = access.require(request);
        var entry = ActivityEntry.builder(server.id(), "server:file." + what, clock.instant())
                .user(Guard.user(request).uuid())
                .address(request.ip())
                .metadata(metadata)
                .build();
        panel.store().activity().add(server.node(), List.of(entry));
    }

    /** Notes what was done with one file. */
    void note(Context request, String what, String file) {
        note(request, what, Map.of("file", new Json.Text(file)));
    }

    /** Notes what was done with files of a directory; of many only the first ones, and how many there were. */
    void note(Context request, String what, String directory, List<? extends Json> files) {
        var metadata = new LinkedHashMap<String, Json>();
        metadata.put("directory", new Json.Text(directory));
        metadata.put(
                "files",
                new Json.Array(files.stream()
                        .limit(NOTED_FILES)
                        .<Json>map(file -> file)
                        .toList()));
        if (files.size() > NOTED_FILES) {
            metadata.put("count", new Json.Num(BigDecimal.valueOf(files.size())));
        }
        note(request, what, metadata);
    }

    /** Returns names as they are noted. */
    static List<Json> names(List<String> names) {
        return names.stream().<Json>map(Json.Text::new).toList();
    }
}
