package dev.rookery.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Node API §3.5. */
class TokenDenylistTest extends TokenFixture {

    private static final Duration HOUR = Duration.ofHours(1);

    private final TokenDenylist denylist = TokenDenylist.create(clock, HOUR);

    @Test
    void deniesWhatWasMadeUpToTheDenialAndNothingLater() {
        clock.set(NOW.plusMillis(500));
        denylist.denyId("a");
        assertThat(denylist.denies(token("a", NOW.minusSeconds(1)))).isTrue();
        assertThat(denylist.denies(token("a", NOW))).as("same second").isTrue();
        assertThat(denylist.denies(token("a", NOW.plusSeconds(1)))).isFalse();
        assertThat(denylist.denies(token("b", NOW))).isFalse();
    }

    @Test
    void deniesByUserAndByUserOnOneServer() {
        var other = new UploadToken(stamp("x", NOW), ServerId.random(), Optional.of(USER), List.of());
        denylist.denyUser(USER, SERVER);
        assertThat(denylist.denies(token("x", NOW))).isTrue();
        assertThat(denylist.denies(other)).isFalse();
        denylist.denyUser(USER);
        assertThat(denylist.denies(other)).isTrue();
        assertThat(denylist.denies(new TransferToken(stamp("x", NOW), SERVER))).isFalse();
        denylist.denyId("x");
        assertThat(denylist.denies(new TransferToken(stamp("x", NOW), SERVER))).isTrue();
    }

    @Test
    void deniesAll() {
        denylist.denyAll();
        assertThat(denylist.denies(new TransferToken(stamp("x", NOW), SERVER))).isTrue();
        assertThat(denylist.denies(token("x", NOW.plusSeconds(1)))).isFalse();
    }

    @Test
    void forgetsADenialOnlyWhenEveryTokenItConcernsHasExpired() {
        denylist.denyId("a");
        clock.advance(HOUR);
        denylist.denyId("b");
        assertThat(denylist.snapshot().entries())
                .extracting(TokenDenylist.Entry::key)
                .containsExactly("a", "b");
        clock.advance(Duration.ofSeconds(1));
        assertThat(denylist.snapshot().entries())
                .extracting(TokenDenylist.Entry::key)
                .containsExactly("b");
    }

    @Test
    void aFullListDeniesMoreAndNeverLess() {
        var small = TokenDenylist.create(clock, HOUR, 10);
        for (int i = 0; i < 10; i++) {
            small.denyId("id" + i);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(small.denies(token("innocent", NOW))).isFalse();
        small.denyId("one too many");
        assertThat(small.snapshot().entries()).hasSize(10);
        assertThat(small.denies(token("id0", NOW))).isTrue();
        assertThat(small.denies(token("innocent", NOW)))
                .as("as old as the denial that fell out")
                .isTrue();
        assertThat(small.denies(token("innocent", NOW.plusSeconds(1)))).isFalse();
    }

    @Test
    void aClockThatIsSetBackTakesNothingBack() {
        denylist.denyId("a");
        clock.set(NOW.minusSeconds(100));
        denylist.denyId("a");
        assertThat(denylist.denies(token("a", NOW))).isTrue();
    }

    @Test
    void survivesARestart() {
        denylist.denyAll();
        clock.advance(Duration.ofSeconds(10));
        denylist.denyId("a");
        denylist.denyUser(USER, SERVER);
        var written = WireJson.writeText(denylist.snapshot());

        var restarted = TokenDenylist.create(clock, HOUR);
        restarted.denyId("b");
        restarted.restore(WireJson.read(written, TokenDenylist.Snapshot.class));

        assertThat(restarted.denies(token("z", NOW))).isTrue();
        assertThat(restarted.denies(token("z", NOW.plusSeconds(10))))
                .as("the user")
                .isTrue();
        assertThat(restarted.denies(new TransferToken(stamp("a", NOW.plusSeconds(10)), SERVER)))
                .isTrue();
        assertThat(restarted.denies(new TransferToken(stamp("b", NOW.plusSeconds(10)), SERVER)))
                .isTrue();
        assertThat(restarted.denies(new TransferToken(stamp("c", NOW.plusSeconds(10)), SERVER)))
                .isFalse();
        clock.advance(HOUR.plusSeconds(1));
        restarted.restore(denylist.snapshot());
        assertThat(restarted.snapshot().entries()).isEmpty();
    }

    @Test
    void holdsWhatManyThreadsDeny() throws Exception {
        var threads = Executors.newFixedThreadPool(64);
        try {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 64; i++) {
                var id = "id" + i;
                tasks.add(() -> {
                    denylist.denyId(id);
                    denylist.denyUser(UUID.randomUUID(), SERVER);
                    denylist.snapshot();
                    return denylist.denies(token(id, NOW));
                });
            }
            for (var result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isTrue();
            }
            assertThat(denylist.snapshot().entries()).hasSize(128);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void needsRoomAndTime() {
        assertThatThrownBy(() -> TokenDenylist.create(clock, Duration.ZERO)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> TokenDenylist.create(clock, HOUR, 0)).isInstanceOf(InvalidInputException.class);
    }

    private static Token token(String id, Instant issuedAt) {
        return new ConsoleToken(stamp(id, issuedAt), SERVER, USER, SOME);
    }

    private static TokenStamp stamp(String id, Instant issuedAt) {
        return new TokenStamp(id, issuedAt, issuedAt.plusSeconds(600), Optional.empty());
    }
}
