package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rookery.api.Json;
import dev.rookery.proxy.cloudflare.CloudflareStatus.State;
import dev.rookery.proxy.internal.cloudflare.Answer;
import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random documents, faults of every kind, lists that are behind, ends in the middle, and somebody else who writes: whatever happened, one sync in peace
 * reaches exactly what is wanted, and all that others made is as they made it. {@code -Drookery.seed} repeats one.
 */
class CloudflareFaultsTest {

    private static final int ROUNDS = 10;
    private static final int SOAK_ROUNDS = Integer.getInteger("rookery.rounds", 2_000);
    private static final int AT_ONCE = 12;
    private static final List<String> ZONES = List.of("example.net", "example.org");
    private static final List<FakeFault> FAULTS = List.of(
            FakeFault.LIMITED,
            FakeFault.FAILED,
            FakeFault.UNHEARD,
            FakeFault.FAILED_AFTERWARDS,
            FakeFault.LOST,
            FakeFault.TWICE);
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "*");

    @TempDir
    Path folder;

    @Test
    void whateverHappensASyncReachesWhatIsWanted() throws Exception {
        histories(ROUNDS);
    }

    @Test
    @Tag("soak")
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void whateverHappensForLong() throws Exception {
        histories(SOAK_ROUNDS);
        System.out.println(
                "RESULT: " + SOAK_ROUNDS
                        + " random histories of faults at a Cloudflare: all reached what was wanted, nothing foreign was touched");
    }

    /** Several at once, each with a Cloudflare of its own: most of a history is waiting until Cloudflare takes the next call. */
    private void histories(int count) throws Exception {
        var given = Long.getLong("rookery.seed");
        long first = given == null ? System.nanoTime() : given;
        var done = new AtomicInteger();
        var all = LongStream.range(first, first + (given == null ? count : 1))
                .<Callable<Void>>mapToObj(seed -> () -> {
                    history(seed);
                    if (done.incrementAndGet() % 100 == 0) {
                        System.out.println(done + " histories");
                    }
                    return null;
                })
                .toList();
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (var history : threads.invokeAll(all)) {
                history.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void history(long seed) throws IOException {
        try (var cloudflare = new FakeCloudflare()) {
            new Trial(seed, cloudflare, folder.resolve("s" + seed)).run();
        } catch (AssertionError | RuntimeException e) {
            fail("seed " + seed + " (-Drookery.seed=" + seed + "): " + e.getMessage(), e);
        }
    }

    /** One history. */
    private static final class Trial {

        private final OkHttpClient connections = new OkHttpClient();
        private final Random random;
        private final FakeCloudflare cloudflare;
        private final Path folder;
        private final MovableClock clock = new MovableClock();
        private final Map<String, DnsRecord> theirs = new TreeMap<>();
        private final List<Json> theirRules = new ArrayList<>();
        private final Set<String> everWanted = new TreeSet<>();
        private Map<String, String> wanted = new TreeMap<>();
        private CloudflareOutbox outbox;
        private long revision;
        private final Steps steps = new Steps();

        Trial(long seed, FakeCloudflare cloudflare, Path folder) {
            this.random = new Random(seed);
            this.cloudflare = cloudflare;
            this.folder = folder;
            ZONES.forEach(cloudflare::zone);
            cloudflare.zone("someone-elses.example");
            this.outbox = outbox();
        }

        void run() {
            for (int step = 0; step < 5; step++) {
                others();
                trouble();
                want();
                tries();
            }
            peace();
        }

        /** Runs until it is done, or killed and begun again by another program. */
        private void tries() {
            for (int tries = 0; tries < 2; tries++) {
                steps.only(random.nextBoolean() ? random.nextInt(25) : Integer.MAX_VALUE);
                try {
                    outbox.runDue();
                } catch (Killed e) {
                    outbox = outbox();
                }
                steps.endless();
                clock.advance(Duration.ofMinutes(random.nextInt(90)));
            }
        }

        private void peace() {
            cloudflare.calm();
            outbox = outbox();
            clock.advance(Duration.ofHours(2));
            var status = outbox.sync("main", new SyncOptions(true, Set.of()));
            assertThat(status.state()).as("%s", status).isEqualTo(State.DONE);
            records();
            rules();
            cloudflare.calls();
            outbox.sync("main", SyncOptions.USUAL);
            assertThat(cloudflare.writes()).as("the second sync writes nothing").isEmpty();
        }

        private void records() {
            var records = cloudflare.records();
            assertThat(records).as("records of others").containsAllEntriesOf(theirs);
            var ours = new TreeMap<String, String>();
            records.forEach((id, record) -> {
                if (!theirs.containsKey(id)) {
                    assertThat(ours.put(record.name(), record.content()))
                            .as(record.name())
                            .isNull();
                    assertThat(record.comment()).isEqualTo(Wanted.MARK + "main");
                }
            });
            var target = cloudflare.tunnelNamed("rookery-main").isPresent()
                    ? outbox.plan("main").tunnel().orElseThrow().target()
                    : "";
            var expected = new TreeMap<String, String>();
            wanted.forEach((host, kind) -> {
                if (!taken(host)) {
                    expected.put(host, kind.startsWith("direct ") ? kind.substring(7) : target);
                }
            });
            beside(ours);
            assertThat(ours)
                    .as(
                            "records of ours, of others %s, plan %s, wanted %s",
                            theirs, outbox.plan("main").lines(), wanted)
                    .isEqualTo(expected);
        }

        /** A list that was behind can hide an address of others, and Cloudflare takes a second one: that is said, and left to people. */
        private void beside(Map<String, String> ours) {
            var conflicts = outbox.plan("main").conflicts().stream()
                    .filter(change -> change.reason().startsWith("several records"))
                    .map(RecordChange::host)
                    .toList();
            ours.entrySet()
                    .removeIf(one -> conflicts.contains(one.getKey())
                            && taken(one.getKey())
                            && one.getValue().startsWith("203.0.113."));
        }

        private boolean taken(String host) {
            return theirs.values().stream().anyMatch(record -> record.name().equals(host))
                    || (!wanted.getOrDefault(host, "").startsWith("direct ") && ruled(host));
        }

        private boolean ruled(String host) {
            return theirRules.stream()
                    .anyMatch(rule -> Answer.of(rule).textOr("hostname", "").equals(host));
        }

        private void rules() {
            var tunnel = cloudflare.tunnelNamed("rookery-main");
            if (tunnel.isEmpty()) {
                assertThat(wanted.values()).allMatch(kind -> kind.startsWith("direct "));
                return;
            }
            var rules = Answer.of(tunnel.get().config).items("ingress");
            assertThat(rules.stream().filter(theirRules::contains).toList())
                    .as("rules of others, in their order")
                    .isEqualTo(theirRules);
            var ours = new TreeMap<String, String>();
            rules.stream()
                    .filter(rule -> !theirRules.contains(rule))
                    .map(Answer::of)
                    .forEach(rule -> ours.put(rule.textOr("hostname", ""), rule.textOr("service", "")));
            var expected = new TreeMap<String, String>();
            wanted.forEach((host, kind) -> {
                if (!kind.startsWith("direct ") && !ruled(host)) {
                    expected.put(host, kind);
                }
            });
            ours.remove("");
            assertThat(ours).as("rules of ours").isEqualTo(expected);
        }

        private void want() {
            if (revision > 0 && random.nextInt(4) == 0) {
                return;
            }
            wanted = new TreeMap<>();
            var document = Wanted.main();
            for (var zone : ZONES) {
                for (var name : NAMES) {
                    host(document, name + "." + zone, random.nextInt(6));
                }
            }
            everWanted.addAll(wanted.keySet());
            ProxyDocument next = document.document();
            steps.only(random.nextInt(6) == 0 ? random.nextInt(3) : Integer.MAX_VALUE);
            revision++;
            try {
                outbox.want(revision, next);
            } catch (Killed e) {
                // The store of documents knows it, and says it again at the next start.
                steps.endless();
                outbox = outbox();
                outbox.want(revision, next);
            }
            steps.endless();
        }

        private void host(Wanted document, String host, int what) {
            if (what == 0) {
                document.tunnel(host);
                wanted.put(host, "http://caddy:80");
            } else if (what == 1) {
                document.ssh(host);
                wanted.put(host, "ssh://10.20.0.9:22");
            } else if (what == 2) {
                var address = "203.0.113." + random.nextInt(3);
                document.direct(address, host);
                wanted.put(host, "direct " + address);
            }
        }

        /** Somebody else makes, changes and removes what is theirs, where nothing of ours is. */
        private void others() {
            for (int i = random.nextInt(3); i > 0; i--) {
                var zone = ZONES.get(random.nextInt(ZONES.size()));
                var host = NAMES.get(random.nextInt(NAMES.size())) + "." + zone;
                if (random.nextInt(3) == 0 && !theirs.isEmpty()) {
                    change();
                } else if (cloudflare.record(host).isEmpty() && !everWanted.contains(host)) {
                    make(zone, host);
                }
            }
            if (random.nextInt(3) == 0) {
                rule();
            }
        }

        private void make(String zone, String host) {
            var id = random.nextBoolean()
                    ? cloudflare.foreign(zone, "A", host, "192.0.2." + random.nextInt(9))
                    : cloudflare.foreign(zone, "CNAME", host, "other.cfargotunnel.com");
            theirs.put(id, cloudflare.records().get(id));
        }

        private void change() {
            var id = new ArrayList<>(theirs.keySet()).get(random.nextInt(theirs.size()));
            var old = theirs.get(id);
            ZONES.forEach(zone -> cloudflare.zone(zone).records().computeIfPresent(id, (key, record) -> changed(old)));
            theirs.put(id, changed(old));
        }

        private static DnsRecord changed(DnsRecord old) {
            return new DnsRecord(old.type(), old.name(), old.content(), !old.proxied(), old.comment());
        }

        private void rule() {
            var host = "their" + theirRules.size() + (random.nextBoolean() ? ".example.net" : ".example.org");
            var named = cloudflare.tunnelNamed("rookery-main");
            if (named.isEmpty()) {
                return;
            }
            var rule = Tree.of("hostname", host)
                    .put("service", "http://theirs:80")
                    .put("originRequest", new Tree().put("noTLSVerify", true))
                    .json();
            var members = new LinkedHashMap<>(Answer.of(named.get().config).members());
            var rules = new ArrayList<>(Answer.of(named.get().config).items("ingress"));
            if (rules.isEmpty()) {
                rules.add(Tree.of("service", "http_status:404").json());
            }
            rules.add(rules.size() - 1, rule);
            members.put("ingress", new Json.Array(rules));
            named.get().config = new Json.Obj(members);
            named.get().version++;
            theirRules.add(rule);
        }

        private void trouble() {
            int share = random.nextInt(40);
            var troubles = new Random(random.nextLong());
            cloudflare.faults(call ->
                    troubles.nextInt(100) < share ? FAULTS.get(troubles.nextInt(FAULTS.size())) : FakeFault.NONE);
            int lag = random.nextBoolean() ? 0 : random.nextInt(4);
            cloudflare.behind(zone -> lag == 0 ? 0 : troubles.nextInt(lag + 1));
        }

        private CloudflareOutbox outbox() {
            var client = steps.counted(connections);
            return CloudflareOutbox.builder(folder, "test")
                    .secrets(secret -> FakeCloudflare.TOKEN)
                    .api(token -> cloudflare
                            .api()
                            .client(client)
                            .retryBudget(Duration.ZERO)
                            .build())
                    .clock(clock)
                    .listener(status -> steps.take())
                    .build();
        }
    }
}
