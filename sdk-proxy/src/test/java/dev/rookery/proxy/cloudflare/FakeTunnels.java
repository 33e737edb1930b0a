package dev.rookery.proxy.cloudflare;

import dev.rookery.api.Json;
import dev.rookery.proxy.cloudflare.FakeAnswer.Refusal;
import dev.rookery.proxy.internal.cloudflare.Answer;
import dev.rookery.proxy.internal.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The tunnels of an account. Locked by the fake. */
final class FakeTunnels {

    private static final Pattern SERVICE = Pattern.compile(
            "http_status:[1-9]\\d\\d|hello_world|bastion|socks-proxy|unix(\\+tls)?:/.+|[a-z0-9+.-]+://[^/]+");

    private final Map<String, State> tunnels = new LinkedHashMap<>();

    /** A tunnel. */
    static final class State {
        final String name;
        final boolean local;
        boolean deleted;
        /** Whether its connectors have gone. */
        boolean down;

        long version;
        Json config = Json.Null.INSTANCE;
        /** Which configurations its connectors go by. */
        final List<Long> connectors = new ArrayList<>();

        State(String name, boolean local) {
            this.name = name;
            this.local = local;
        }
    }

    Map<String, State> all() {
        return tunnels;
    }

    String add(String name, boolean local) {
        var id = String.format("%08d-765d-4adf-8112-31c55c1551ef", tunnels.size() + 1);
        tunnels.put(id, new State(name, local));
        return id;
    }

    List<Tree> list(String name, boolean deletedToo) {
        return tunnels.entrySet().stream()
                .filter(entry -> name.isEmpty() || entry.getValue().name.contains(name))
                .filter(entry -> deletedToo || !entry.getValue().deleted)
                .map(entry -> tree(entry.getKey(), entry.getValue()))
                .toList();
    }

    FakeAnswer create(Answer body) {
        var name = body.textOr("name", "");
        if (tunnels.values().stream().anyMatch(tunnel -> !tunnel.deleted && tunnel.name.equals(name))) {
            throw new Refusal(409, 1013, "You already have a tunnel with this name.");
        }
        var id = add(name, !body.textOr("config_src", "local").equals("cloudflare"));
        return FakeAnswer.of(tree(id, get(id)).put("token", "connector-secret-of-" + id));
    }

    FakeAnswer show(String id) {
        return FakeAnswer.of(tree(id, get(id)));
    }

    FakeAnswer delete(String id) {
        if (!get(id).connectors.isEmpty()) {
            throw new Refusal(400, 1022, "The tunnel has active connections.");
        }
        get(id).deleted = true;
        return show(id);
    }

    FakeAnswer connections(String id) {
        var shown = new ArrayList<Tree>();
        for (long version : get(id).connectors) {
            shown.add(Tree.of("id", "connector-" + shown.size())
                    .put("version", "2026.8.2")
                    .put("config_version", version));
        }
        return FakeAnswer.of(Tree.array(shown));
    }

    FakeAnswer config(String id) {
        var tunnel = get(id);
        return FakeAnswer.of(
                new Tree().put("tunnel_id", id).put("version", tunnel.version).put("config", tunnel.config));
    }

    FakeAnswer configure(String id, Json config) {
        requireRules(Answer.of(config).all("ingress"));
        var tunnel = get(id);
        tunnel.config = config;
        tunnel.version++;
        tunnel.connectors.replaceAll(old -> tunnel.version);
        return config(id);
    }

    State get(String id) {
        var tunnel = tunnels.get(id);
        if (tunnel == null) {
            throw new Refusal(404, 1003, "Tunnel not found");
        }
        return tunnel;
    }

    private static void requireRules(List<Answer> rules) {
        for (int i = 0; i < rules.size(); i++) {
            boolean last = i == rules.size() - 1;
            var host = rules.get(i).textOr("hostname", "");
            boolean all = host.isEmpty() && rules.get(i).textOr("path", "").isEmpty();
            if (last != all
                    || !SERVICE.matcher(rules.get(i).textOr("service", "")).matches()) {
                throw new Refusal(400, 1056, "Bad Configuration: rule " + i);
            }
        }
        if (rules.isEmpty()) {
            throw new Refusal(400, 1056, "Bad Configuration: no rules");
        }
    }

    private static Tree tree(String id, State tunnel) {
        var tree = Tree.of("id", id)
                .put("name", tunnel.name)
                .put("status", tunnel.down ? "down" : tunnel.connectors.isEmpty() ? "inactive" : "healthy")
                .put("config_src", tunnel.local ? "local" : "cloudflare");
        return tunnel.deleted ? tree.put("deleted_at", "2026-01-01T00:00:00Z") : tree;
    }
}
