package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rookery.api.ConflictException;
import dev.rookery.proxy.cloudflare.CloudflareReport.Outcome;
import dev.rookery.proxy.cloudflare.CloudflareStatus.State;
import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.route.Exposure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The outbox against the fake: what is wanted is reached, and only the newest counts. */
class CloudflareOutboxTest extends OutboxSite {

    @Test
    void makesTunnelRulesAndRecordsInAllZones() {
        outbox.want(
                1,
                Wanted.main()
                        .tunnel("app.example.net", "*.example.org", "x.sub.example.net")
                        .ssh("ssh.example.org")
                        .direct("203.0.113.9", "box.example.net")
                        .direct("2001:db8::9", "six.example.net")
                        .document());
        outbox.runDue();

        assertThat(status().state()).isEqualTo(State.DONE);
        assertThat(status().report().orElseThrow().outcome()).isEqualTo(Outcome.OK);
        var target = tunnelId() + ".cfargotunnel.com";
        var mark = Wanted.MARK + "main";
        assertThat(cloudflare.records().values())
                .containsExactlyInAnyOrder(
                        new DnsRecord("CNAME", "app.example.net", target, true, mark),
                        new DnsRecord("CNAME", "*.example.org", target, true, mark),
                        new DnsRecord("CNAME", "x.sub.example.net", target, true, mark),
                        new DnsRecord("CNAME", "ssh.example.org", target, true, mark),
                        new DnsRecord("A", "box.example.net", "203.0.113.9", false, mark),
                        new DnsRecord("AAAA", "six.example.net", "2001:db8::9", false, mark));
        assertThat(cloudflare.zone("sub.example.net").records()).hasSize(1);
        assertThat(rules())
                .containsExactly(
                        "app.example.net -> http://caddy:80",
                        "ssh.example.org -> ssh://10.20.0.9:22",
                        "x.sub.example.net -> http://caddy:80",
                        "*.example.org -> http://caddy:80",
                        " -> http_status:404");
    }

    @Test
    void writesNothingTheSecondTime() {
        outbox.want(
                1, Wanted.main().tunnel("app.example.net").ssh("s.example.net").document());
        outbox.runDue();
        cloudflare.calls();

        outbox.sync("main", SyncOptions.USUAL);

        assertThat(cloudflare.writes()).isEmpty();
        assertThat(outbox.plan("main").settled()).isTrue();
        assertThat(outbox.plan("main").lines()).isEmpty();
    }

    @Test
    void aMistakeAboutOneHoldsUpNoOther() {
        outbox.close();
        outbox = CloudflareOutbox.builder(folder, "test")
                .secrets(secret -> {
                    if (secret.toString().contains("broken")) {
                        throw new IllegalStateException("no vault");
                    }
                    return token;
                })
                .api(given -> cloudflare.api().retryBudget(Duration.ZERO).build())
                .clock(clock)
                .build();
        outbox.want(
                1,
                Wanted.main()
                        .with(Wanted.binding("broken").build())
                        .tunnel("a.example.net")
                        .routes(Exposure.TUNNEL, "10.20.0.9", 80, "broken", "b.example.net")
                        .document());

        outbox.runDue();

        assertThat(outbox.states())
                .extracting(CloudflareStatus::binding, CloudflareStatus::state)
                .containsExactlyInAnyOrder(tuple("broken", State.WAITING), tuple("main", State.DONE));
        assertThat(outbox.states())
                .filteredOn(one -> one.binding().equals("broken"))
                .singleElement()
                .satisfies(one -> assertThat(one.error().orElseThrow())
                        .contains("failed unexpectedly")
                        .contains("no vault"));
        assertThat(cloudflare.record("a.example.net")).isPresent();
    }

    @Test
    void writesRulesBeforeRecordsAndRemovesThemAfter() {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        outbox.runDue();
        assertThat(cloudflare.writes())
                .extracting(call -> call.replaceAll("0000\\S+?/", "T/"))
                .containsExactly(
                        "POST accounts/" + FakeCloudflare.ACCOUNT + "/cfd_tunnel",
                        "PUT accounts/" + FakeCloudflare.ACCOUNT + "/cfd_tunnel/T/configurations",
                        "POST zones/zone-example.net/dns_records/batch");

        outbox.want(2, Wanted.main().document());
        outbox.sync("main", new SyncOptions(true, Set.of()));
        assertThat(cloudflare.writes())
                .extracting(call -> call.replaceAll("0000\\S+?/", "T/"))
                .containsExactly(
                        "POST zones/zone-example.net/dns_records/batch",
                        "PUT accounts/" + FakeCloudflare.ACCOUNT + "/cfd_tunnel/T/configurations");
        assertThat(cloudflare.records()).isEmpty();
        assertThat(rules()).containsExactly(" -> http_status:404");
    }

    @Test
    void bindingsOfOneTunnelDoNotOverwriteEachOther() {
        var other = Wanted.binding("other").tunnelName("rookery-main").build();
        outbox.want(
                1,
                Wanted.main()
                        .with(other)
                        .tunnel("a.example.net")
                        .routes(Exposure.TUNNEL, "10.20.0.9", 80, "other", "b.example.org")
                        .document());
        outbox.runDue();
        cloudflare.calls();

        outbox.sync("main", SyncOptions.USUAL);
        outbox.sync("other", SyncOptions.USUAL);

        assertThat(cloudflare.writes()).isEmpty();
        assertThat(rules()).contains("a.example.net -> http://caddy:80", "b.example.org -> http://caddy:80");
    }

    /** What is left of a binding that is gone is removed later, and what its neighbour wants by then is not what it wanted at the end of the other. */
    @Test
    void aBindingThatIsGoneLeavesItsNeighbourAsItIs() {
        var other = Wanted.binding("other").tunnelName("rookery-main");
        outbox.want(
                1,
                Wanted.main()
                        .with(other.build())
                        .tunnel("a.example.net")
                        .routes(Exposure.TUNNEL, "10.20.0.9", 80, "other", "b.example.org")
                        .document());
        outbox.runDue();
        outbox.want(
                2,
                new Wanted()
                        .with(other.build())
                        .routes(Exposure.TUNNEL, "10.20.0.9", 80, "other", "b.example.org")
                        .document());
        outbox.runDue();
        outbox.want(
                3,
                new Wanted()
                        .with(other.proxyUrl("http://moved:80").build())
                        .routes(Exposure.TUNNEL, "10.20.0.9", 80, "other", "b.example.org", "c.example.org")
                        .document());
        outbox.runDue();

        clock.advance(Duration.ofHours(1));
        outbox.runDue();

        assertThat(outbox.states()).extracting(CloudflareStatus::binding).containsExactly("other");
        assertThat(cloudflare.record("a.example.net")).isEmpty();
        assertThat(rules()).contains("b.example.org -> http://moved:80", "c.example.org -> http://moved:80");
    }

    @Test
    void removesWhatABindingHadThatIsGone() {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        outbox.runDue();
        outbox.want(2, new Wanted().document());
        outbox.runDue();
        assertThat(status().state()).isEqualTo(State.DONE);

        clock.advance(Duration.ofHours(1));
        outbox.runDue();

        assertThat(cloudflare.records()).isEmpty();
        assertThat(outbox.states()).isEmpty();
    }

    @Test
    void goesForTheNewestRevisionOnly() {
        outbox.want(5, Wanted.main().tunnel("new.example.net").document());
        outbox.want(4, Wanted.main().tunnel("old.example.net").document());
        outbox.runDue();

        assertThat(cloudflare.records().values()).extracting(DnsRecord::name).containsExactly("new.example.net");
        cloudflare.calls();
        outbox.want(6, Wanted.main().tunnel("new.example.net").document());
        outbox.runDue();
        assertThat(cloudflare.calls()).as("nothing of it is for Cloudflare").isEmpty();
        assertThat(status().doneRevision()).hasValue(6);
    }

    @Test
    void aWishThatComesDuringASyncIsFulfilledAfterIt() {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        var once = new ArrayList<>(List.of(true));
        cloudflare.before(call -> {
            if (call.endsWith("/batch") && !once.isEmpty()) {
                once.clear();
                outbox.want(
                        2,
                        Wanted.main().tunnel("a.example.net", "b.example.net").document());
            }
        });
        outbox.runDue();
        assertThat(status().state()).isEqualTo(State.PENDING);
        outbox.runDue();

        assertThat(cloudflare.record("b.example.net")).isPresent();
        assertThat(status().doneRevision()).hasValue(2);
    }

    @Test
    void plansForADocumentThatIsNotWantedYet() {
        var plan = outbox.plan(Wanted.main().tunnel("a.example.net").document(), "main");

        assertThat(plan.lines())
                .containsExactly(
                        "CREATE the tunnel",
                        "CREATE a.example.net => [CNAME a.example.net -> new.cfargotunnel.com (proxied)]");
        assertThat(cloudflare.writes()).isEmpty();
        assertThat(outbox.states()).isEmpty();
    }

    @Test
    void doesWhatAPlanListsAndNothingElse() {
        outbox.want(1, Wanted.main().tunnel("a.example.net", "b.example.net").document());
        outbox.runDue();
        cloudflare.zone("example.net").records().clear();
        var plan = outbox.plan("main");
        cloudflare.foreign("example.net", "A", "a.example.net", "192.0.2.1");

        var status = outbox.apply(plan);

        assertThat(cloudflare.record("a.example.net").orElseThrow().content()).isEqualTo("192.0.2.1");
        assertThat(cloudflare.record("b.example.net")).isPresent();
        assertThat(status.report().orElseThrow().outcome()).isEqualTo(Outcome.PARTIAL);
        cloudflare.configure(
                tunnelId(),
                new Tree()
                        .putAll("ingress", List.of(Tree.of("service", "http_status:503")))
                        .json());
        assertThatThrownBy(() -> outbox.apply(plan)).isInstanceOf(ConflictException.class);
    }
}
