package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rookery.api.Json;
import dev.rookery.proxy.cloudflare.CloudflareException.Kind;
import dev.rookery.proxy.internal.json.Tree;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client against the fake, over HTTP. */
class CloudflareApiTest {

    private FakeCloudflare cloudflare;
    private CloudflareApi api;

    @BeforeEach
    void start() throws IOException {
        cloudflare = new FakeCloudflare();
        cloudflare.zone("example.net");
        api = cloudflare.api().firstPause(Duration.ofMillis(1)).build();
    }

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    @Test
    void readsAllPages() {
        for (int i = 0; i < 250; i++) {
            cloudflare.foreign("example.net", "A", "h" + i + ".example.net", "192.0.2.1");
        }

        assertThat(api.records("zone-example.net").list()).hasSize(250);
        assertThat(cloudflare.calls()).hasSize(3);
    }

    @Test
    void readsListAgainThatChangedBetweenPages() {
        for (int i = 0; i < 150; i++) {
            cloudflare.foreign("example.net", "A", "h" + i + ".example.net", "192.0.2.1");
        }
        var once = new ArrayDeque<>(List.of(1, 2));
        cloudflare.before(call -> {
            if (!once.isEmpty() && once.pop() == 2) {
                cloudflare.foreign("example.net", "A", "late.example.net", "192.0.2.1");
            }
        });

        assertThat(api.records("zone-example.net").list())
                .extracting(stored -> stored.record().name())
                .hasSize(151)
                .contains("late.example.net", "h149.example.net");
    }

    @Test
    void makesReplacesAndRemovesRecords() {
        var records = api.records("zone-example.net");
        var made = records.create(new DnsRecord("A", "a.example.net", "192.0.2.7", false, "rookery"));
        records.replace(made.id(), new DnsRecord("CNAME", "a.example.net", "b.example.net", true, "rookery"));

        assertThat(records.list())
                .containsExactly(new DnsRecord.Stored(
                        made.id(), new DnsRecord("CNAME", "a.example.net", "b.example.net", true, "rookery")));
        records.delete(made.id());
        records.delete(made.id());
        assertThat(records.list()).isEmpty();
    }

    @Test
    void changesTogetherOrNotAtAll() {
        cloudflare.foreign("example.net", "A", "taken.example.net", "192.0.2.1");
        var free = new DnsRecord("CNAME", "free.example.net", "x.example.net", true, "");
        var taken = new DnsRecord("CNAME", "taken.example.net", "x.example.net", true, "");

        var e = refused(() ->
                api.records("zone-example.net").batch(new RecordBatch(List.of(), List.of(), List.of(free, taken))));

        assertThat(e.kind()).isEqualTo(Kind.EXISTS);
        assertThat(e.has(81053)).isTrue();
        assertThat(cloudflare.records()).hasSize(1);
    }

    @Test
    void makesTunnelsThatCloudflareConfigures() {
        var tunnels = api.tunnels(FakeCloudflare.ACCOUNT);
        var made = tunnels.create("panel-1");
        cloudflare.tunnel("panel-10", false);

        assertThat(made.remotelyManaged()).isTrue();
        assertThat(tunnels.find("panel-1")).contains(made);
        assertThat(tunnels.get(made.id())).isEqualTo(made);
        assertThat(refused(() -> tunnels.create("panel-1")).kind()).isEqualTo(Kind.EXISTS);
        assertThat(tunnels.config(made.id())).isEqualTo(TunnelConfig.NONE);
        var config = new Tree()
                .putAll("ingress", List.of(Tree.of("service", "http_status:404")))
                .json();
        assertThat(tunnels.replaceConfig(made.id(), config)).isEqualTo(new TunnelConfig(1, config));
        assertThat(tunnels.connectorToken(made.id())).isEqualTo("connector-secret-of-" + made.id());
        tunnels.delete(made.id());
        assertThat(tunnels.find("panel-1")).isEmpty();
    }

    @Test
    void tellsTunnelsOfFiles() {
        var id = cloudflare.tunnel("by-file", true);

        assertThat(api.tunnels(FakeCloudflare.ACCOUNT).get(id).remotelyManaged())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = FakeFault.class,
            names = {"LIMITED", "FAILED", "UNHEARD", "FAILED_AFTERWARDS", "LOST"})
    void asksAgain(FakeFault fault) {
        fail(fault, fault);

        assertThat(api.zones(FakeCloudflare.ACCOUNT)).extracting(Zone::name).containsExactly("example.net");
        assertThat(cloudflare.calls()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = FakeFault.class,
            names = {"FAILED", "UNHEARD", "FAILED_AFTERWARDS", "LOST"})
    void doesNotRepeatWhatMayHaveBeenDone(FakeFault fault) {
        fail(fault, fault);

        var e = refused(() -> api.tunnels(FakeCloudflare.ACCOUNT).create("panel-1"));

        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(e.retryable()).isTrue();
        assertThat(cloudflare.calls()).hasSize(1);
    }

    @Test
    void repeatsWhatWasRefusedForBeingTooMuch() {
        fail(FakeFault.LIMITED);

        assertThat(api.tunnels(FakeCloudflare.ACCOUNT).create("panel-1").name()).isEqualTo("panel-1");
    }

    @Test
    void givesUpWithinItsBudget() {
        cloudflare.faults(call -> FakeFault.FAILED);
        var hasty = cloudflare.api().retryBudget(Duration.ZERO).build();

        assertThat(refused(() -> hasty.zones(FakeCloudflare.ACCOUNT)).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(cloudflare.calls()).hasSize(1);
    }

    @Test
    void namesThePermissionThatIsMissing() {
        cloudflare.deny("dns_records");

        var e = refused(() -> api.records("zone-example.net").list());

        assertThat(e.kind()).isEqualTo(Kind.SCOPE);
        assertThat(e.retryable()).isFalse();
        assertThat(e).hasMessageContaining("9109").hasMessageContaining("Zone › DNS › Edit");
        cloudflare.deny("cfd_tunnel");
        assertThat(refused(() -> api.tunnels(FakeCloudflare.ACCOUNT).list()))
                .hasMessageContaining("Account › Cloudflare Tunnel › Edit");
    }

    @Test
    void keepsTheTokenOutOfMessages() {
        cloudflare.token("another");

        var e = refused(() -> api.zones(FakeCloudflare.ACCOUNT));

        assertThat(e.kind()).isEqualTo(Kind.TOKEN);
        assertThat(e.toString() + e.problems()).contains("[redacted]").doesNotContain(FakeCloudflare.TOKEN);
    }

    @Test
    void verifiesTheToken() {
        assertThat(api.verifyToken(FakeCloudflare.ACCOUNT).active()).isTrue();
        cloudflare.token("another");
        assertThat(refused(() -> api.verifyToken(FakeCloudflare.ACCOUNT)).kind())
                .isEqualTo(Kind.TOKEN);
    }

    @Test
    void idsOfStrangersStayOneSegment() {
        var e = refused(() -> api.tunnels(FakeCloudflare.ACCOUNT).get("../../zones"));

        assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(cloudflare.calls()).noneMatch(call -> call.endsWith("/zones"));
    }

    @Test
    void refusesAnswersWithoutEnd() {
        var config = new Tree()
                .put("note", "x".repeat(17 * 1024 * 1024))
                .putAll("ingress", List.of(Tree.of("service", "http_status:404")))
                .json();
        var id = cloudflare.tunnel("large", false);
        cloudflare.configure(id, config);
        var hasty = cloudflare.api().retryBudget(Duration.ZERO).build();

        assertThat(refused(() -> hasty.tunnels(FakeCloudflare.ACCOUNT).config(id)))
                .hasMessageContaining("more than");
    }

    @Test
    void keepsMembersOfConfigurationsThatNobodyKnows() {
        var id = cloudflare.tunnel("t", false);
        var config = new Tree()
                .put("warp-routing", new Tree().put("enabled", Json.Null.INSTANCE))
                .putAll("ingress", List.of(Tree.of("service", "http_status:404")))
                .json();
        cloudflare.configure(id, config);

        assertThat(api.tunnels(FakeCloudflare.ACCOUNT).config(id).config()).isEqualTo(config);
    }

    private void fail(FakeFault... faults) {
        Deque<FakeFault> left = new ArrayDeque<>(List.of(faults));
        cloudflare.faults(call -> left.isEmpty() ? FakeFault.NONE : left.pop());
    }

    private static CloudflareException refused(ThrowingCallable call) {
        var e = catchThrowableOfType(CloudflareException.class, call);
        assertThat(e).isNotNull();
        return e;
    }
}
