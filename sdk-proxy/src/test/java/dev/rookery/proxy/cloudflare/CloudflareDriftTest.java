package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.cloudflare.CloudflareStatus.State;
import dev.rookery.proxy.internal.json.Tree;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What others change is found, told, and changed back as far as it is ours. */
class CloudflareDriftTest extends OutboxSite {

    @Test
    void saysWhatOthersHaveChanged() {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        outbox.runDue();
        cloudflare.zone("example.net").records().clear();
        clock.advance(Duration.ofMinutes(15));
        outbox.runDue();

        assertThat(status().drift()).singleElement().asString().startsWith("CREATE a.example.net");
        assertThat(cloudflare.records()).isEmpty();
        outbox.sync("main", SyncOptions.USUAL);
        assertThat(cloudflare.record("a.example.net")).isPresent();
        assertThat(status().drift()).isEmpty();
    }

    /** Whoever leads a name elsewhere during an outage must not have that undone because Cloudflare was away for a moment. */
    @Test
    void writesNothingAfterALookThatFailed() {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        outbox.runDue();
        cloudflare.zone("example.net").records().clear();
        cloudflare.faults(call -> FakeFault.FAILED);
        clock.advance(Duration.ofMinutes(15));
        outbox.runDue();
        assertThat(status().state()).isEqualTo(State.DONE);
        assertThat(status().error()).isPresent();
        assertThat(status().nextAt()).isPresent();

        cloudflare.faults(call -> FakeFault.NONE);
        clock.advance(Duration.ofMinutes(15));
        outbox.runDue();

        assertThat(cloudflare.records()).isEmpty();
        assertThat(status().drift()).singleElement().asString().startsWith("CREATE a.example.net");
        assertThat(status().error()).isEmpty();
    }

    @Test
    void changesBackByItselfWhatIsOursAndNothingElse() {
        outbox.close();
        outbox = outbox(true);
        outbox.want(
                1,
                Wanted.main()
                        .tunnel("a.example.net", "b.example.net")
                        .ssh("s.example.net")
                        .document());
        outbox.runDue();
        cloudflare.zone("example.net").records().clear();
        var theirs = cloudflare.foreign("example.net", "A", "b.example.net", "192.0.2.1");
        var other = cloudflare.foreign("example.net", "A", "x.example.net", "192.0.2.2");
        cloudflare.configure(
                tunnelId(),
                new Tree()
                        .putAll("ingress", List.of(Tree.of("service", "http://theirs:80")))
                        .json());
        var before = cloudflare.records();
        clock.advance(Duration.ofMinutes(15));
        outbox.runDue();

        assertThat(cloudflare.records()).containsAllEntriesOf(before).containsKeys(theirs, other);
        assertThat(cloudflare.record("a.example.net")).isPresent();
        assertThat(cloudflare.record("s.example.net")).isPresent();
        assertThat(cloudflare.record("b.example.net").orElseThrow().content()).isEqualTo("192.0.2.1");
        assertThat(rules()).contains("s.example.net -> ssh://10.20.0.9:22").endsWith(" -> http://theirs:80");
        assertThat(status().drift()).isEmpty();
    }

    @Test
    void saysThatATunnelIsDownOrItsConnectorsAreBehind() {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        outbox.runDue();
        var tunnel = cloudflare.tunnelNamed("rookery-main").orElseThrow();
        tunnel.connectors.add(0L);
        clock.advance(Duration.ofMinutes(15));
        outbox.runDue();
        assertThat(status().drift()).containsExactly("1 connectors do not go by version 1");

        tunnel.connectors.clear();
        tunnel.down = true;
        clock.advance(Duration.ofMinutes(15));
        outbox.runDue();
        assertThat(status().drift()).containsExactly("the tunnel is down");
        assertThat(status().state()).isEqualTo(State.DONE);
    }
}
