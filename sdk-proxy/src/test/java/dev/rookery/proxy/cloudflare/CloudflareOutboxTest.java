package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.Json;
import dev.rookery.proxy.cloudflare.CloudflareReport.Outcome;
import dev.rookery.proxy.cloudflare.CloudflareStatus.State;
import dev.rookery.proxy.internal.cloudflare.Answer;
import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.route.CloudflareBinding.DnsOwnership;
import dev.rookery.proxy.route.Exposure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outbox against the fake: what is wanted is reached, and what is not ours stays. */
class CloudflareOutboxTest {

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private final List<CloudflareStatus> told = new ArrayList<>();
    private String token = FakeCloudflare.TOKEN;
    private FakeCloudflare cloudflare;
    private CloudflareOutbox outbox;

    @BeforeEach
    void start() throws IOException {
        cloudflare = new FakeCloudflare();
        cloudflare.zone("example.net");
        cloudflare.zone("sub.example.net");
        cloudflare.zone("example.org");
        outbox = outbox();
    }

    @AfterEach
    void stop() {
        outbox.close();
        cloudflare.close();
    }

    private CloudflareOutbox outbox() {
        return outbox(false);
    }

    private CloudflareOutbox outbox(boolean repairs) {
        return CloudflareOutbox.builder(folder, "test")
                .secrets(secret -> token)
                .api(given -> CloudflareApi.builder(given)
                        .baseUrl(cloudflare.url())
                        .callStep(Duration.ZERO)
                        .retryBudget(Duration.ZERO)
                        .build())
                .clock(clock)
                .connectorLimit(Duration.ZERO)
                .repairDrift(repairs)
                .listener(told::add)
                .build();
    }

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
    void waitsAndTriesAgainWhenCloudflareIsAway() {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        cloudflare.faults(call -> FakeFault.FAILED);
        outbox.runDue();

        assertThat(status().state()).isEqualTo(State.WAITING);
        assertThat(status().error())
                .hasValueSatisfying(error -> assertThat(error).contains("502"));
        outbox.runDue();
        assertThat(status().attempts()).isEqualTo(1);
        cloudflare.calm();
        clock.advance(Duration.ofSeconds(8));
        outbox.runDue();
        assertThat(status().state()).isEqualTo(State.DONE);
        assertThat(status().doneRevision()).hasValue(1);
    }

    @Test
    void pausesUntilThereIsAnotherToken() throws IOException {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        token = "a-wrong-token-canary";
        outbox.runDue();
        assertThat(status().state()).isEqualTo(State.PAUSED);
        cloudflare.calls();
        clock.advance(Duration.ofDays(1));
        outbox.runDue();
        assertThat(cloudflare.calls()).isEmpty();

        token = FakeCloudflare.TOKEN;
        outbox.runDue();

        assertThat(status().state()).isEqualTo(State.DONE);
        assertThat(told.toString()).doesNotContain(FakeCloudflare.TOKEN).doesNotContain("a-wrong-token-canary");
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                assertThat(Files.readString(file))
                        .doesNotContain(FakeCloudflare.TOKEN)
                        .doesNotContain("a-wrong-token-canary");
            }
        }
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
    void movesANameFromTheTunnelToItsAddress() {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        outbox.runDue();
        outbox.want(2, Wanted.main().direct("203.0.113.9", "a.example.net").document());
        outbox.runDue();

        assertThat(cloudflare.records().values())
                .containsExactly(new DnsRecord("A", "a.example.net", "203.0.113.9", false, Wanted.MARK + "main"));
        assertThat(rules()).containsExactly(" -> http_status:404");
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

    private CloudflareStatus status() {
        return outbox.states().get(0);
    }

    private String tunnelId() {
        return outbox.plan("main").tunnel().orElseThrow().id();
    }

    private List<String> rules() {
        Json config = cloudflare.tunnelNamed("rookery-main").orElseThrow().config;
        return Answer.of(config).all("ingress").stream()
                .map(rule -> rule.textOr("hostname", "") + " -> " + rule.textOr("service", ""))
                .toList();
    }
}
