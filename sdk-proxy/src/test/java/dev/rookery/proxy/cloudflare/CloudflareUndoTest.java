package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.proxy.cloudflare.CloudflareStatus.State;
import dev.rookery.proxy.internal.cloudflare.Answer;
import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written for a revision is taken back, whatever happens on the way. */
class CloudflareUndoTest {

    private static final int ROUNDS = 12;

    @TempDir
    Path folder;

    private final OkHttpClient connections = new OkHttpClient();
    private final MovableClock clock = new MovableClock();
    private FakeCloudflare cloudflare;
    private CloudflareOutbox outbox;
    private final Steps steps = new Steps();

    @BeforeEach
    void start() throws IOException {
        cloudflare = new FakeCloudflare();
        cloudflare.zone("example.net");
        cloudflare.zone("example.org");
        outbox = outbox("outbox");
    }

    @AfterEach
    void stop() {
        outbox.close();
        cloudflare.close();
    }

    @Test
    void rulesAndRecordsAreAgainAsTheyWere() {
        var before = begun();
        var rules = rules();
        changed();
        assertThat(contents()).isNotEqualTo(before);

        var status = outbox.undo("main");

        assertThat(status.state()).isEqualTo(State.UNDONE);
        assertThat(status.report().orElseThrow().outcome()).isEqualTo(CloudflareReport.Outcome.OK);
        assertThat(contents()).isEqualTo(before);
        assertThat(rules()).isEqualTo(rules);
        cloudflare.calls();
        clock.advance(Duration.ofDays(1));
        outbox.runDue();
        assertThat(cloudflare.calls()).as("it is not done again by itself").isEmpty();
    }

    @Test
    void whatWasTakenBackIsDoneAgainOnRequest() {
        begun();
        changed();
        var after = contents();
        outbox.undo("main");

        assertThat(outbox.sync("main", new SyncOptions(true, Set.of())).state()).isEqualTo(State.DONE);
        assertThat(contents()).isEqualTo(after);
    }

    /** A later change may ask for the same, and would fail for it for ever. */
    @Test
    void whatWasTakenBackIsDoneAgainForALaterRevision() {
        begun();
        changed();
        var after = contents();
        outbox.undo("main");

        outbox.want(2, secondWish());
        outbox.runDue();
        assertThat(outbox.states().get(0).state()).as("the same revision").isEqualTo(State.UNDONE);
        outbox.want(3, secondWish());
        outbox.runDue();

        assertThat(outbox.states().get(0).state()).isEqualTo(State.DONE);
        assertThat(contents()).isEqualTo(after);
    }

    @Test
    void recordsAreTakenBackAlsoWhereNoRuleWasWritten() {
        var before = begun();
        outbox.want(2, firstWish().direct("203.0.113.9", "new.example.net").document());
        assertThat(outbox.sync("main", SyncOptions.USUAL).state()).isEqualTo(State.DONE);
        assertThat(contents()).containsKey("new.example.net");

        assertThat(outbox.undo("main").state()).isEqualTo(State.UNDONE);
        assertThat(contents()).isEqualTo(before);
    }

    /** What was there before the first of several writes counts, whichever try wrote the rules. */
    @Test
    void rulesOfALaterTryAreTakenBackToo() {
        begun();
        outbox.want(2, firstWish().direct("203.0.113.9", "new.example.net").document());
        outbox.sync("main", SyncOptions.USUAL);
        var theirs = new Tree()
                .putAll("ingress", List.of(Tree.of("service", "http://theirs:80")))
                .json();
        cloudflare.configure(outbox.plan("main").tunnel().orElseThrow().id(), theirs);
        outbox.sync("main", SyncOptions.USUAL);
        assertThat(rules()).hasSizeGreaterThan(1);

        assertThat(outbox.undo("main").state()).isEqualTo(State.UNDONE);
        assertThat(rules()).containsExactly(" -> http://theirs:80");
    }

    @Test
    void aTunnelThatWasMadeGoesAgain() {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        outbox.runDue();

        assertThat(outbox.undo("main").state()).isEqualTo(State.UNDONE);
        assertThat(cloudflare.records()).isEmpty();
        assertThat(cloudflare.tunnelNamed("rookery-main")).isEmpty();
    }

    @Test
    void whatSomebodyElseChangedSinceStays() {
        begun();
        changed();
        cloudflare
                .zone("example.net")
                .records()
                .replaceAll((id, record) -> record.name().equals("new.example.net")
                        ? new DnsRecord("A", "new.example.net", "192.0.2.9", false, "by hand")
                        : record);
        cloudflare.configure(
                outbox.plan("main").tunnel().orElseThrow().id(),
                new Tree()
                        .putAll("ingress", List.of(Tree.of("service", "http://theirs:80")))
                        .json());

        var report = outbox.undo("main").report().orElseThrow();

        assertThat(report.outcome()).isEqualTo(CloudflareReport.Outcome.PARTIAL);
        assertThat(report.notes()).singleElement().asString().contains("somebody else");
        assertThat(cloudflare.record("new.example.net").orElseThrow().content()).isEqualTo("192.0.2.9");
        assertThat(cloudflare.record("old.example.net")).isPresent();
        assertThat(rules()).containsExactly(" -> http://theirs:80");
    }

    @Test
    void aRecordThatWasTakenFromSomebodyComesBackAsItWas() {
        cloudflare.foreign("example.net", "A", "a.example.net", "192.0.2.1");
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        outbox.runDue();
        outbox.sync("main", new SyncOptions(false, Set.of("a.example.net")));

        outbox.undo("main");

        assertThat(cloudflare.records().values())
                .containsExactly(new DnsRecord("A", "a.example.net", "192.0.2.1", false, "by hand"));
    }

    @Test
    void whatCannotBeTakenBackNowIsLaterAndByTheNextProgram() {
        var before = begun();
        changed();
        cloudflare.faults(call -> call.startsWith("GET") ? FakeFault.NONE : FakeFault.FAILED);
        assertThat(outbox.undo("main").state()).isEqualTo(State.WAITING);
        cloudflare.calm();

        outbox.close();
        outbox = outbox("outbox");
        clock.advance(Duration.ofMinutes(1));
        outbox.runDue();

        assertThat(outbox.states().get(0).state()).isEqualTo(State.UNDONE);
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void anotherWishIsFulfilledInPlaceOfWhatIsTakenBack() {
        begun();
        changed();
        cloudflare.faults(call -> FakeFault.FAILED);
        outbox.undo("main");
        cloudflare.calm();
        outbox.want(3, wanted().tunnel("third.example.net").document());
        outbox.runDue();

        assertThat(outbox.states().get(0).state()).isEqualTo(State.DONE);
        assertThat(contents().keySet()).contains("third.example.net");
    }

    @Test
    void aSyncOnRequestEndsTheTakingBack() {
        begun();
        changed();
        var after = contents();
        cloudflare.faults(call -> call.startsWith("GET") ? FakeFault.NONE : FakeFault.FAILED);
        outbox.undo("main");
        cloudflare.calm();
        outbox.sync("main", SyncOptions.USUAL);
        clock.advance(Duration.ofHours(1));
        outbox.runDue();

        assertThat(outbox.states().get(0).state()).isEqualTo(State.DONE);
        assertThat(contents()).isEqualTo(after);
    }

    @Test
    void faultsAndEndsInTheMiddleOfItChangeNothingAboutTheEnd() {
        long first = Long.getLong("rookery.seed", System.nanoTime());
        for (int round = 0; round < ROUNDS; round++) {
            long seed = first + round;
            var random = new Random(seed);
            stop();
            try {
                cloudflare = new FakeCloudflare();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            cloudflare.zone("example.net");
            cloudflare.zone("example.org");
            outbox = outbox("seed" + seed);
            cloudflare.foreign("example.net", "A", "theirs.example.net", "192.0.2.1");
            var before = begun();
            var rules = rules();
            changed();
            int share = random.nextInt(40);
            cloudflare.faults(call -> random.nextInt(100) < share
                    ? List.of(FakeFault.FAILED, FakeFault.UNHEARD, FakeFault.FAILED_AFTERWARDS, FakeFault.LOST)
                            .get(random.nextInt(4))
                    : FakeFault.NONE);
            steps.only(random.nextInt(40));
            try {
                outbox.undo("main");
            } catch (Killed e) {
                outbox = outbox("seed" + seed);
            }
            steps.endless();
            cloudflare.calm();
            clock.advance(Duration.ofMinutes(30));
            outbox.runDue();

            var said = "seed " + seed + " (-Drookery.seed=" + seed + ")";
            assertThat(outbox.states().get(0).state()).as(said).isEqualTo(State.UNDONE);
            assertThat(contents()).as(said).isEqualTo(before);
            assertThat(rules()).as(said).isEqualTo(rules);
        }
    }

    /** What there is before: something that stays, something that goes and something that moves. */
    private Map<String, String> begun() {
        outbox.want(1, firstWish().document());
        outbox.sync("main", SyncOptions.USUAL);
        assertThat(outbox.states().get(0).state()).isEqualTo(State.DONE);
        return contents();
    }

    private void changed() {
        outbox.want(2, secondWish());
        assertThat(outbox.sync("main", SyncOptions.USUAL).state()).isEqualTo(State.DONE);
    }

    private static Wanted firstWish() {
        return wanted().tunnel("old.example.net", "stays.example.net").ssh("moves.example.org");
    }

    private static ProxyDocument secondWish() {
        return wanted().tunnel("stays.example.net", "new.example.net")
                .direct("203.0.113.9", "moves.example.org")
                .document();
    }

    private static Wanted wanted() {
        CloudflareBinding binding =
                Wanted.binding("main").deleteGrace(Duration.ZERO).build();
        return new Wanted().with(binding);
    }

    private Map<String, String> contents() {
        return cloudflare.records().values().stream().collect(Collectors.toMap(DnsRecord::name, DnsRecord::content));
    }

    private List<String> rules() {
        Json config = cloudflare.tunnelNamed("rookery-main").orElseThrow().config;
        return Answer.of(config).all("ingress").stream()
                .map(rule -> rule.textOr("hostname", "") + " -> " + rule.textOr("service", ""))
                .toList();
    }

    private CloudflareOutbox outbox(String name) {
        var client = steps.counted(connections);
        return CloudflareOutbox.builder(folder.resolve(name), "test")
                .secrets(secret -> FakeCloudflare.TOKEN)
                .api(token -> cloudflare
                        .api()
                        .client(client)
                        .retryBudget(Duration.ZERO)
                        .build())
                .clock(clock)
                .listener(status -> steps.take())
                .connectorLimit(Duration.ZERO)
                .build();
    }
}
