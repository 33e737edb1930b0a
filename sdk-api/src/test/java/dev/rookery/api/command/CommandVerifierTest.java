package dev.rookery.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NodeId;
import dev.rookery.api.dialect.WireJson;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class CommandVerifierTest extends CommandFixture {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CommandSigner signer = signer("panel-2026");
    private final CommandVerifier verifier = verifier().build();

    @Test
    void takesACommandOnce() {
        var text = sign();
        var command = verifier.verify(text);
        assertThat(command.name()).isEqualTo("server.power");
        assertThat(command.audience()).isEqualTo(NODE);
        assertThat(command.payload()).isEqualTo(new Json.Text("x"));
        assertThatThrownBy(() -> verifier.verify(text))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining(command.nonce());
        assertThat(refusal(() -> verifier.verify(text))).isEqualTo(CommandRefusal.REPLAYED);
        assertThat(verifier.verify(sign())).as("the next one").isNotNull();
    }

    @Test
    void everyCommandHasANonceOfItsOwn() {
        var nonces = new HashSet<String>();
        for (int i = 0; i < 100; i++) {
            assertThat(nonces.add(verifier.verify(sign()).nonce())).isTrue();
        }
    }

    @Test
    void isGoodFromTheToleranceBeforeToTheToleranceAfter() {
        var text = sign();
        assertThat(refusal(() -> at(Duration.ofSeconds(-31)).verify(text))).isEqualTo(CommandRefusal.NOT_YET_VALID);
        assertThat(at(Duration.ofSeconds(-30)).verify(text)).isNotNull();
        assertThat(at(MINUTE.plusSeconds(30).minusMillis(1)).verify(text)).isNotNull();
        assertThat(refusal(() -> at(MINUTE.plusSeconds(30)).verify(text))).isEqualTo(CommandRefusal.EXPIRED);
    }

    @Test
    void isRememberedUntilItsAgeRefusesIt() {
        var text = sign();
        verifier.verify(text);
        clock.advance(MINUTE.plusSeconds(30).minusMillis(1));
        assertThat(refusal(() -> verifier.verify(text))).isEqualTo(CommandRefusal.REPLAYED);
        clock.advance(Duration.ofMillis(1));
        assertThat(refusal(() -> verifier.verify(text))).isEqualTo(CommandRefusal.EXPIRED);
    }

    @Test
    void aRefusedCommandIsNotRemembered() {
        var early = signer.sign("x", NODE, Json.Null.INSTANCE, MINUTE);
        var other = CommandVerifier.builder(new NodeId(8), clock).keys(known()).build();
        assertThat(refusal(() -> other.verify(early))).isEqualTo(CommandRefusal.AUDIENCE);
        assertThat(verifier.verify(early)).isNotNull();
    }

    @Test
    void keysAreReplacedWhileItRuns() {
        var pair = CommandSigner.newKeyPair();
        var fresh = CommandSigner.of("panel-2027", pair.getPrivate(), clock);
        var key = new CommandKey("panel-2027", pair.getPublic(), Optional.empty());
        assertThat(refusal(() -> verifier.verify(fresh.sign("x", NODE, Json.Null.INSTANCE, MINUTE))))
                .isEqualTo(CommandRefusal.UNKNOWN_KEY);

        var old = known().get(0);
        verifier.keys(List.of(old.retired(clock.instant().plusSeconds(10)), key));
        assertThat(verifier.verify(sign())).isNotNull();
        assertThat(verifier.verify(fresh.sign("x", NODE, Json.Null.INSTANCE, MINUTE)))
                .isNotNull();

        clock.advance(Duration.ofSeconds(10));
        assertThat(refusal(() -> verifier.verify(sign()))).isEqualTo(CommandRefusal.RETIRED_KEY);
        verifier.keys(List.of(key));
        assertThat(refusal(() -> verifier.verify(sign()))).isEqualTo(CommandRefusal.UNKNOWN_KEY);
        assertThatThrownBy(() -> verifier.keys(List.of(key, key))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aFullWindowRefusesUntilThereIsRoom() {
        var small = verifier().window(ReplayWindow.create(clock, 3)).build();
        var first = sign();
        small.verify(first);
        small.verify(sign());
        small.verify(sign());
        var thrown = catchThrowable(() -> small.verify(sign()));
        assertThat(thrown).isInstanceOf(CommandRefusedException.class);
        assertThat(((CommandRefusedException) thrown).reason()).isEqualTo(CommandRefusal.OVERLOADED);
        assertThat(((CommandRefusedException) thrown).retryable()).isTrue();
        assertThat(refusal(() -> small.verify(first))).isEqualTo(CommandRefusal.REPLAYED);
        clock.advance(MINUTE.plusSeconds(30));
        assertThat(small.verify(sign())).isNotNull();
    }

    @Test
    void aWindowSurvivesARestart() {
        var window = ReplayWindow.create(clock);
        var text = sign();
        verifier().window(window).build().verify(text);
        var written = WireJson.writeText(window.snapshot());

        var restarted = ReplayWindow.create(clock);
        restarted.restore(WireJson.read(written, ReplayWindow.Snapshot.class));
        assertThat(refusal(() -> verifier().window(restarted).build().verify(text)))
                .isEqualTo(CommandRefusal.REPLAYED);
        clock.advance(MINUTE.plusSeconds(30));
        assertThat(restarted.snapshot().entries()).isEmpty();
    }

    @Test
    void withoutAWindowKeptARestartRefusesWhatMayHaveBeenDone() {
        var before = sign();
        clock.advance(Duration.ofSeconds(5));
        var restarted = verifier().startedAt(clock.instant()).build();
        assertThat(refusal(() -> restarted.verify(before))).isEqualTo(CommandRefusal.BEFORE_START);
        clock.advance(Duration.ofSeconds(30));
        assertThat(restarted.verify(sign())).isNotNull();
    }

    @Test
    void oneOf64ThreadsIsTheFirst() throws Exception {
        var text = sign();
        var barrier = new CyclicBarrier(64);
        var threads = Executors.newFixedThreadPool(64);
        try {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 64; i++) {
                tasks.add(() -> {
                    barrier.await();
                    return catchThrowable(() -> verifier.verify(text)) == null;
                });
            }
            int winners = 0;
            for (var result : threads.invokeAll(tasks)) {
                winners += result.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void refusesValuesThatHaveNoForm() {
        var now = Instant.ofEpochSecond(VECTORS.now());
        var nonce = "0".repeat(32);
        assertThatThrownBy(() -> command("k", "n", now, now, nonce)).hasMessageContaining("expiresAt");
        assertThatThrownBy(() -> command("", "n", now, now.plusSeconds(1), nonce))
                .hasMessageContaining("key id");
        assertThatThrownBy(() -> command("k", "é", now, now.plusSeconds(1), nonce))
                .hasMessageContaining("command name");
        assertThatThrownBy(() -> command("k", "n".repeat(65), now, now.plusSeconds(1), nonce))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> command("k", "n", now.plusMillis(1), now.plusSeconds(1), nonce))
                .hasMessageContaining("whole seconds");
        assertThatThrownBy(() -> command("k", "n", now, now.plusSeconds(1), "0".repeat(30)))
                .hasMessageContaining("nonce");
        assertThatThrownBy(() -> command("k", "n", now, now.plusSeconds(1), "A".repeat(32)))
                .hasMessageContaining("nonce");
        var big = new Json.Text("x".repeat(SignedCommand.MAX_PAYLOAD_BYTES - 2));
        var text = signer.sign("n", NODE, big, MINUTE);
        assertThat(verifier.verify(text).payload()).isEqualTo(big);
        assertThatThrownBy(() -> signer.sign("n", NODE, new Json.Text(big.value() + "x"), MINUTE))
                .hasMessageContaining("65537 bytes");
        assertThatThrownBy(() -> signer.sign("n", NODE, new Json.Text("\ud83d"), MINUTE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("surrogate");
    }

    @Test
    void lifetimesAreRoundedUpAndBounded() {
        var command = verifier.verify(signer.sign("n", NODE, Json.Null.INSTANCE, Duration.ofMillis(1)));
        assertThat(command.expiresAt()).isEqualTo(command.issuedAt().plusSeconds(1));
        assertThatThrownBy(() -> signer.sign("n", NODE, Json.Null.INSTANCE, Duration.ZERO))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> verifier().maxLifetime(Duration.ofDays(2))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> verifier().clockTolerance(Duration.ofMinutes(11)))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void keysHaveATextFormAndOthersAreRefusedWithoutBeingShown() throws Exception {
        var pair = CommandSigner.newKeyPair();
        var key = new CommandKey("a", pair.getPublic(), Optional.empty());
        assertThat(CommandKey.parse("a", key.text())).isEqualTo(key);
        assertThat(key.text()).hasSize(43);
        for (var wrong : List.of("", "secret", "s".repeat(44), "ä".repeat(43))) {
            assertThatThrownBy(() -> CommandSigner.parsePrivateKey(wrong))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
            assertThatThrownBy(() -> CommandKey.parse("a", wrong)).isInstanceOf(InvalidInputException.class);
        }
        for (var algorithm : List.of("Ed448", "RSA")) {
            var other = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            assertThatThrownBy(() -> new CommandKey("a", other.getPublic(), Optional.empty()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("Ed25519");
            assertThatThrownBy(() -> CommandSigner.of("a", other.getPrivate(), clock))
                    .isInstanceOf(InvalidInputException.class);
        }
        assertThatThrownBy(() -> signer.sign(VECTORS.valid().get(1).command()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("panel.old_1");
    }

    private String sign() {
        return signer.sign("server.power", NODE, new Json.Text("x"), MINUTE);
    }

    /** A verifier whose clock differs. */
    private CommandVerifier at(Duration difference) {
        return CommandVerifier.builder(NODE, Clock.offset(clock, difference))
                .keys(known())
                .build();
    }

    private static SignedCommand command(String keyId, String name, Instant from, Instant to, String nonce) {
        return new SignedCommand(keyId, name, NODE, from, to, nonce, Json.Null.INSTANCE);
    }
}
