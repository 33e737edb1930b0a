package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.cloudflare.CloudflareStatus.State;
import dev.rookery.proxy.internal.cloudflare.Answer;
import dev.rookery.proxy.internal.json.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of a tunnel, ours among those of others, and its connectors. */
class CloudflareRulesTest extends OutboxSite {

    /** A rule of the same name in another tunnel is not ours because ours is in the one before. */
    @Test
    void keepsRulesOfOthersInATunnelThatABindingMovesTo() {
        var theirs = Tree.of("hostname", "wiki.example.net").put("service", "http://theirs:3000");
        var company = cloudflare.tunnel("company", false);
        cloudflare.configure(
                company,
                new Tree()
                        .putAll("ingress", List.of(theirs, Tree.of("service", "http_status:404")))
                        .json());
        var before = cloudflare.tunnel(company).config;
        outbox.want(1, Wanted.main().tunnel("wiki.example.net").document());
        outbox.runDue();
        assertThat(rules()).contains("wiki.example.net -> http://caddy:80");

        var moved = Wanted.binding("main").tunnelName("company").build();
        outbox.want(2, new Wanted().with(moved).tunnel("wiki.example.net").document());
        outbox.runDue();

        assertThat(cloudflare.tunnel(company).config).isEqualTo(before);
        assertThat(outbox.plan("main").conflicts())
                .extracting(RecordChange::host)
                .containsExactly("wiki.example.net");
    }

    @Test
    void keepsRulesOfOthersAsTheyAre() {
        var id = cloudflare.tunnel("rookery-main", false);
        var theirs = new Tree()
                .put("hostname", "*.example.net")
                .put("service", "http://theirs:80")
                .put("originRequest", new Tree().put("noTLSVerify", true))
                .put("id", "7");
        var taken = Tree.of("hostname", "taken.example.net").put("service", "http://theirs:81");
        var all = Tree.of("service", "http://theirs:82");
        var warp = Tree.of("enabled", "yes");
        cloudflare.configure(
                id,
                new Tree()
                        .putAll("ingress", List.of(theirs, taken, all))
                        .put("warp-routing", warp)
                        .json());

        outbox.want(
                1,
                Wanted.main()
                        .tunnel("a.example.net", "taken.example.net", "*.sub.example.net")
                        .document());
        outbox.runDue();

        assertThat(rules())
                .containsExactly(
                        "a.example.net -> http://caddy:80",
                        "*.example.net -> http://theirs:80",
                        "taken.example.net -> http://theirs:81",
                        "*.sub.example.net -> http://caddy:80",
                        " -> http://theirs:82");
        var config = Answer.of(cloudflare.tunnel(id).config);
        assertThat(config.items("ingress").get(1)).isEqualTo(theirs.json());
        assertThat(config.at("warp-routing")).isEqualTo(Answer.of(warp.json()));
        assertThat(cloudflare.record("taken.example.net")).isEmpty();
        assertThat(outbox.plan("main").conflicts())
                .extracting(RecordChange::host)
                .containsExactly("taken.example.net");

        outbox.want(2, Wanted.main().document());
        outbox.sync("main", new SyncOptions(true, Set.of()));
        assertThat(cloudflare.tunnel(id).config)
                .isEqualTo(new Tree()
                        .putAll("ingress", List.of(theirs, taken, all))
                        .put("warp-routing", warp)
                        .json());
    }

    @Test
    void replacesRulesOfATunnelThatIsAllOurs() {
        var id = cloudflare.tunnel("rookery-main", false);
        var theirs = Tree.of("hostname", "x.example.net").put("service", "http://theirs:80");
        cloudflare.configure(
                id,
                new Tree()
                        .putAll("ingress", List.of(theirs, Tree.of("service", "http_status:404")))
                        .json());
        var ours = Wanted.binding("main").exclusive(true).build();
        outbox.want(
                1,
                new Wanted()
                        .with(ours)
                        .tunnel("a.example.net")
                        .ssh("s.example.net")
                        .document());

        assertThat(outbox.plan("main").ingress().orElseThrow().foreign()).contains("x.example.net -> http://theirs:80");
        outbox.runDue();

        assertThat(rules()).containsExactly("s.example.net -> ssh://10.20.0.9:22", " -> http://caddy:80");
        assertThat(cloudflare.record("a.example.net")).isPresent();
    }

    @Test
    void closesAtOnceWhatIsLedPastTheProxyAndNobodyWants() {
        outbox.want(
                1, Wanted.main().tunnel("a.example.net").ssh("s.example.net").document());
        outbox.runDue();
        outbox.want(2, Wanted.main().document());
        outbox.runDue();

        assertThat(cloudflare.record("s.example.net")).as("stays for a while").isPresent();
        assertThat(rules())
                .containsExactly(
                        "a.example.net -> http://caddy:80", "s.example.net -> http_status:404", " -> http_status:404");
        outbox.want(3, Wanted.main().ssh("s.example.net").document());
        outbox.runDue();
        assertThat(rules()).contains("s.example.net -> ssh://10.20.0.9:22");
        outbox.want(4, Wanted.main().document());
        clock.advance(Duration.ofHours(2));
        outbox.sync("main", new SyncOptions(true, Set.of()));
        assertThat(cloudflare.records()).isEmpty();
        assertThat(rules()).containsExactly(" -> http_status:404");
    }

    @Test
    void leavesARuleOpenUntilTheRecordLeadsElsewhere() {
        outbox.want(1, Wanted.main().ssh("s.example.net").document());
        outbox.runDue();
        outbox.want(2, Wanted.main().direct("203.0.113.9", "s.example.net").document());
        var during = new ArrayList<List<String>>();
        cloudflare.before(call -> {
            if (call.endsWith("/batch")) {
                during.add(rules());
            }
        });
        outbox.runDue();

        assertThat(during).containsExactly(List.of("s.example.net -> ssh://10.20.0.9:22", " -> http_status:404"));
        assertThat(cloudflare.record("s.example.net").orElseThrow().type()).isEqualTo("A");
        assertThat(rules()).containsExactly(" -> http_status:404");
    }

    @Test
    void failsForATunnelOfAFile() {
        cloudflare.tunnel("rookery-main", true);
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        outbox.runDue();

        assertThat(status().state()).isEqualTo(State.FAILED);
        assertThat(status().error())
                .hasValueSatisfying(error -> assertThat(error).contains("migrate"));
        assertThat(cloudflare.writes()).isEmpty();
    }

    @Test
    void tellsOfConnectorsThatAreBehind() {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        outbox.runDue();
        cloudflare.before(call -> {
            if (call.endsWith("/connections")) {
                cloudflare.tunnel(tunnelId()).connectors.add(0L);
            }
        });
        outbox.want(2, Wanted.main().tunnel("a.example.net", "b.example.net").document());
        outbox.runDue();

        assertThat(status().report().orElseThrow().notes()).contains("1 connectors do not go by version 2 yet");
        assertThat(cloudflare.record("b.example.net")).isPresent();
    }
}
