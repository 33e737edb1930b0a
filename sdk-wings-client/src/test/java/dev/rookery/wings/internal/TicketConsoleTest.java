package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.permission.Permissions;
import dev.rookery.api.token.TokenPurpose;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.wings.ConsoleTicket;
import dev.rookery.wings.TicketConsole;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protocol: node API §4.1, §4.5. */
@Timeout(60)
class TicketConsoleTest extends ConsoleFixture {

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void opensWithATicketAndRenewsItBeforeItEnds() throws Exception {
        var opening = opening(this::ticket);
        var session = peer.accepted();
        opened(opening);
        assertThat(session.request.getHeaders().get("Origin")).isEqualTo(ConsolePeer.PANEL);

        time.advance(Duration.ofSeconds(526));

        assertThat(session.token(time.instant()).stamp().expiresAt()).isAfter(time.instant());
        assertThat(asked).hasValue(2);
    }

    @Test
    void asksForANewTicketWhenItConnectsAgain() throws Exception {
        var opening = opening(this::ticket);
        var session = peer.accepted();
        opened(opening);
        session.close(1012, "restart");
        listener.disconnection();

        acceptedAfterAWhile();

        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        assertThat(asked).hasValueGreaterThanOrEqualTo(2);
    }

    @Test
    void asksAgainWhenThePanelIsAway() throws Exception {
        var opening = opening(() -> {
            if (asked.get() == 1) {
                asked.incrementAndGet();
                throw new IllegalStateException("the panel is away");
            }
            return ticket();
        });
        var session = peer.accepted();
        opened(opening);

        session.send("token expiring");
        Awaitility.await().until(() -> asked.get() == 2);
        assertThat(session.waiting()).isZero();
        Awaitility.await().until(() -> {
            time.advance(Duration.ofSeconds(1));
            return session.waiting() > 0;
        });

        session.token(time.instant());
    }

    @Test
    void asksAgainWhenItsSupplierBreaksDown() throws Exception {
        var opening = opening(() -> {
            if (asked.get() == 1) {
                asked.incrementAndGet();
                throw new NoClassDefFoundError("the supplier's own mistake");
            }
            return ticket();
        });
        var session = peer.accepted();
        opened(opening);
        session.close(1012, "restart");
        listener.disconnection();

        acceptedAfterAWhile();

        assertThat(asked).hasValueGreaterThanOrEqualTo(3);
    }

    @Test
    void interruptsASupplierThatHangsAndAsksAgain() throws Exception {
        var hanging = new CountDownLatch(1);
        var opening = opening(() -> {
            if (asked.get() == 1) {
                asked.incrementAndGet();
                hanging.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return ticket();
        });
        var session = peer.accepted();
        opened(opening);
        session.close(1012, "restart");
        listener.disconnection();
        Awaitility.await().until(() -> {
            time.advance(Duration.ofMillis(20));
            return hanging.getCount() == 0;
        });

        acceptedAfterAWhile();
    }

    @Test
    void asksASupplierThatCannotBeInterruptedOnce() {
        var questions = new AtomicInteger();
        var release = new CountDownLatch(1);
        var authority = new TicketAuthority(
                () -> {
                    questions.incrementAndGet();
                    while (release.getCount() > 0) {
                        await(release);
                    }
                    return ticket();
                },
                ConsolePeer.PANEL,
                time,
                time);
        var failures = new LinkedBlockingQueue<RookeryException>();

        authority.pass(pass -> {}, failures::add);
        time.advance(Duration.ofSeconds(30));
        authority.pass(pass -> {}, failures::add);

        assertThat(failures).hasSize(2).first().asString().contains("30 s");
        Awaitility.await().untilAsserted(() -> assertThat(questions).hasValue(1));
        release.countDown();
    }

    /** A panel's token of one minute, and a panel whose clock is far behind. Source: node API §3.2. */
    @ParameterizedTest
    @CsvSource({"600, 525", "120, 60", "60, 30", "20, 15", "3, 15", "0, 60", "-500, 60"})
    void keepsAShortTicketForAWhile(long left, long kept) {
        assertThat(ConsoleLogin.renewalAfter(Duration.ofSeconds(left))).isEqualTo(Duration.ofSeconds(kept));
    }

    @Test
    void endsWhenThePanelGivesNoMoreTickets() throws Exception {
        var opening = opening(() -> {
            if (asked.get() == 1) {
                throw new DeniedException("no longer a subuser");
            }
            return ticket();
        });
        var session = peer.accepted();
        opened(opening);
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);

        session.send("token expiring");

        assertThat(listener.next()).isInstanceOf(ConsoleEvent.AuthorityLost.class);
        assertThat(listener.end()).contains("no longer a subuser");
    }

    @Test
    void saysWhyItCouldNotBeOpened() {
        var consoles = TicketConsole.of(
                () -> {
                    throw new DeniedException("not yours");
                },
                ConsolePeer.PANEL,
                CLIENT);

        assertThatThrownBy(() -> consoles.open(ConsoleOptions.live(), listener))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("not yours");
    }

    @Test
    void showsNoTokenAndTakesNoSocketThatIsNone() {
        var ticket = new ConsoleTicket(URI.create("wss://node.example/api/servers/x/ws"), "very-secret");

        assertThat(ticket).asString().doesNotContain("very-secret");
        assertThatThrownBy(() -> new ConsoleTicket(URI.create("ftp://x/y"), "t"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void readsWhenATokenEndsWhateverItIs() {
        assertThat(TicketAuthority.expiry(ticket().token()))
                .contains(time.instant().plus(TokenPurpose.CONSOLE.lifetime()));
        for (var token : new String[] {"", "a.b", "a.b.c", "..", "a.e30.c", "a.eyJleHAiOiJ4In0.c"}) {
            assertThat(TicketAuthority.expiry(token)).as(token).isEmpty();
        }
    }

    private ConsolePeer.Session acceptedAfterAWhile() throws Exception {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    time.advance(Duration.ofSeconds(1));
                    return !peer.noSession();
                });
        return peer.accepted();
    }

    private ConsoleTicket ticket() {
        asked.incrementAndGet();
        var user = new Caller.User(
                UUID.randomUUID(),
                Permissions.administrator(),
                "127.0.0.1",
                Instant.now().plusSeconds(10_000_000_000L));
        var signer = TokenSigner.builder(peer.credentials)
                .panelUrl(ConsolePeer.PANEL)
                .nodeUrl("https://node.example")
                .clock(time)
                .build();
        return new ConsoleTicket(
                URI.create("ws://127.0.0.1:" + peer.server.getPort() + "/api/servers/" + peer.id + "/ws"),
                signer.console(peer.id, user).text());
    }

    private CompletableFuture<Console> opening(Supplier<ConsoleTicket> tickets) {
        var settings = patient(ConsoleSettings.of(CLIENT, 100)).timer(time).pauses(AT_ONCE);
        var consoles = new TicketConsoles(settings, tickets, ConsolePeer.PANEL, time);
        return CompletableFuture.supplyAsync(
                () -> consoles.open(CallOptions.defaults(), ConsoleOptions.live(), listener));
    }
}
