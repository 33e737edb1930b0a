package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.Finding;
import dev.rookery.proxy.cloudflare.CloudflareReport.Outcome;
import dev.rookery.proxy.cloudflare.CloudflareStatus.State;
import dev.rookery.proxy.route.CloudflareBinding.DnsOwnership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records: which are made, which stay for a while, and which are not ours. */
class CloudflareRecordsTest extends OutboxSite {

    @Test
    void touchesNoRecordOfOthers() {
        cloudflare.foreign("example.net", "A", "a.example.net", "192.0.2.1");
        cloudflare.foreign("example.net", "CNAME", "t.example.net", "other.cfargotunnel.com");
        cloudflare.foreign("example.net", "A", "b.example.net", "192.0.2.2");
        cloudflare.foreign("example.net", "TXT", "c.example.net", "v=spf1");
        var before = cloudflare.records();

        outbox.want(
                1,
                Wanted.main()
                        .tunnel("a.example.net", "t.example.net", "c.example.net")
                        .direct("203.0.113.9", "b.example.net")
                        .document());
        outbox.runDue();

        assertThat(cloudflare.records()).containsAllEntriesOf(before).hasSize(5);
        assertThat(status().report().orElseThrow().outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(outbox.plan("main").conflicts())
                .extracting(change -> change.host() + ": " + change.reason())
                .containsExactly(
                        "a.example.net: a record that is not ours has the name",
                        "b.example.net: a record that is not ours has the name",
                        "t.example.net: another tunnel has the name");
    }

    @Test
    void warnsOfNamesThatUniversalSslDoesNotCoverAlsoOnceTheyAreThere() {
        outbox.want(
                1,
                Wanted.main()
                        .tunnel("a.example.net", "a.deep.example.net", "*.example.net", "*.play.example.net")
                        .direct("203.0.113.9", "b.deep.example.net")
                        .document());
        for (int i = 0; i < 2; i++) {
            assertThat(outbox.plan("main").findings()).allSatisfy(finding -> {
                assertThat(finding.code()).isEqualTo("TUNNEL_DEEP_NAME");
                assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            });
            assertThat(outbox.plan("main").findings())
                    .extracting(finding -> finding.message().split("'", -1)[1])
                    .containsExactlyInAnyOrder("a.deep.example.net", "*.play.example.net");
            outbox.runDue();
        }
    }

    @Test
    void takesARecordOverOnRequestOnly() {
        cloudflare.foreign("example.net", "A", "a.example.net", "192.0.2.1");
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        outbox.runDue();

        outbox.sync("main", new SyncOptions(false, Set.of("a.example.net")));

        assertThat(cloudflare.record("a.example.net").orElseThrow().comment()).isEqualTo(Wanted.MARK + "main");
        assertThat(cloudflare.records()).hasSize(1);
    }

    @Test
    void adoptsEqualRecordsIfAllowed() {
        var id = cloudflare.foreign("example.net", "A", "a.example.net", "203.0.113.9");
        outbox.want(1, Wanted.main().direct("203.0.113.9", "a.example.net").document());
        outbox.runDue();
        assertThat(cloudflare.records().get(id).comment()).isEqualTo("by hand");
        assertThat(status().report().orElseThrow().outcome()).isEqualTo(Outcome.OK);

        var adopting = Wanted.binding("main").dns(DnsOwnership.ADOPT_EQUAL).build();
        outbox.want(
                2,
                new Wanted()
                        .with(adopting)
                        .direct("203.0.113.9", "a.example.net")
                        .document());
        outbox.runDue();
        assertThat(cloudflare.records().get(id).comment()).isEqualTo(Wanted.MARK + "main");
    }

    @Test
    void onlyReportsIfToldTo() {
        var reporting = Wanted.binding("main").dns(DnsOwnership.REPORT_ONLY).build();
        outbox.want(1, new Wanted().with(reporting).tunnel("a.example.net").document());
        outbox.runDue();

        assertThat(cloudflare.records()).isEmpty();
        assertThat(status().report().orElseThrow().hosts())
                .singleElement()
                .satisfies(line -> assertThat(line.done()).isFalse());
    }

    @Test
    void keepsRecordsForAWhileThatNobodyWants() {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        outbox.runDue();
        outbox.want(2, Wanted.main().document());

        outbox.runDue();
        assertThat(cloudflare.record("a.example.net")).isPresent();
        assertThat(rules()).contains("a.example.net -> http://caddy:80");
        assertThat(status().nextAt()).isPresent();
        clock.advance(Duration.ofMinutes(59));
        outbox.runDue();
        assertThat(cloudflare.record("a.example.net")).isPresent();
        clock.advance(Duration.ofMinutes(1));
        outbox.runDue();

        assertThat(cloudflare.records()).isEmpty();
        assertThat(rules()).containsExactly(" -> http_status:404");
    }

    @Test
    void forgetsNoZoneWhoseListWasBehind() {
        outbox.want(1, Wanted.main().tunnel("a.example.net", "b.example.org").document());
        outbox.runDue();
        cloudflare.behind(zone -> zone.equals("example.net") ? 1 : 0);
        outbox.want(2, Wanted.main().tunnel("b.example.org").document());
        outbox.sync("main", new SyncOptions(true, Set.of()));
        cloudflare.calm();

        outbox.sync("main", new SyncOptions(true, Set.of()));

        assertThat(cloudflare.records().values()).extracting(DnsRecord::name).containsExactly("b.example.org");
    }

    @Test
    void oneNameWithoutAZoneDoesNotStopTheOthers() {
        outbox.want(1, Wanted.main().tunnel("a.example.net", "a.example.com").document());
        outbox.runDue();

        assertThat(cloudflare.record("a.example.net")).isPresent();
        assertThat(outbox.plan("main").conflicts())
                .singleElement()
                .satisfies(change -> assertThat(change.kind()).isEqualTo(RecordChange.Kind.NO_ZONE));
    }

    @Test
    void findsTheOneRecordThatIsRefusedAmongMany() {
        var hosts = new ArrayList<String>();
        for (int i = 0; i < 450; i++) {
            hosts.add("h" + i + ".example.net");
        }
        outbox.want(1, Wanted.main().tunnel(hosts.toArray(String[]::new)).document());
        // Made by somebody else after the zone was read, and not yet in any list.
        cloudflare.before(call -> {
            if (call.endsWith("/batch") && cloudflare.record("h77.example.net").isEmpty()) {
                cloudflare.foreign("example.net", "A", "h77.example.net", "192.0.2.1");
            }
        });
        outbox.runDue();

        assertThat(cloudflare.records()).hasSize(450);
        assertThat(status().state()).isEqualTo(State.WAITING);
        clock.advance(Duration.ofMinutes(1));
        outbox.runDue();
        assertThat(status().state()).isEqualTo(State.DONE);
        assertThat(cloudflare.record("h77.example.net").orElseThrow().comment()).isEqualTo("by hand");
    }

    @Test
    void movesANameFromTheTunnelToItsAddress() {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        outbox.runDue();
        outbox.want(2, Wanted.main().direct("203.0.113.9", "a.example.net").document());
        outbox.runDue();

        assertThat(cloudflare.records().values())
                .containsExactly(new DnsRecord("A", "a.example.net", "203.0.113.9", false, Wanted.MARK + "main"));
        assertThat(rules()).containsExactly(" -> http_status:404");
    }
}
