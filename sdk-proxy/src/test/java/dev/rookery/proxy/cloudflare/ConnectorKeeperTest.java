package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connector that ends, and one that is replaced: connectors of memory. */
class ConnectorKeeperTest {

    private final MovableClock clock = new MovableClock();
    private final ConnectorKeeper keeper = new ConnectorKeeper(clock);
    private final List<MemoryConnector> started = new ArrayList<>();
    private final ConnectorLauncher launcher = this::start;
    private boolean refuses;

    /** A connector of which the test says how it is. */
    private static final class MemoryConnector implements Connector {
        private final String token;
        private boolean running = true;
        private boolean ready;
        private boolean closed;
        private boolean outOfReach;

        MemoryConnector(String token) {
            this.token = token;
        }

        @Override
        public ConnectorStatus status() {
            return new ConnectorStatus(
                    running,
                    ready,
                    ready ? 4 : 0,
                    OptionalLong.empty(),
                    running ? OptionalInt.empty() : OptionalInt.of(1));
        }

        @Override
        public void close() {
            if (outOfReach) {
                throw new UnavailableException("the engine is away", null);
            }
            running = false;
            closed = true;
        }
    }

    private Connector start(String token) {
        if (refuses) {
            throw new UnavailableException("there is no program", null);
        }
        started.add(new MemoryConnector(token));
        return started.get(started.size() - 1);
    }

    @AfterEach
    void stop() {
        keeper.close();
    }

    @Test
    void runsNothingThatNobodyWants() {
        keeper.look();
        assertThat(keeper.status().running()).isFalse();

        keeper.want(launcher, "one");
        keeper.look();
        keeper.look();
        assertThat(started).hasSize(1);
        keeper.close();
        assertThat(started.get(0).closed).isTrue();
        keeper.look();
        assertThat(started).hasSize(1);
    }

    @Test
    void stopsLaterWhatCannotBeStoppedNow() {
        keeper.want(launcher, "one");
        keeper.look();
        started.get(0).outOfReach = true;

        assertThatThrownBy(keeper::close).isInstanceOf(UnavailableException.class);
        keeper.look();
        assertThat(started).hasSize(1);
        assertThat(keeper.status().running()).isTrue();

        started.get(0).outOfReach = false;
        keeper.close();
        assertThat(started.get(0).closed).isTrue();
        assertThat(keeper.status().running()).isFalse();
    }

    @Test
    void stopsTheOldOneOnlyWhenItsReplacementIsReady() {
        keeper.want(launcher, "one");
        keeper.look();
        started.get(0).ready = true;
        keeper.want(launcher, "two");
        keeper.look();
        keeper.look();

        assertThat(started).extracting(one -> one.token).containsExactly("one", "two");
        assertThat(started.get(0).closed).isFalse();
        assertThat(keeper.status().ready()).isTrue();
        started.get(1).ready = true;
        keeper.look();
        assertThat(started.get(0).closed).isTrue();
        assertThat(started.get(1).closed).isFalse();
        assertThat(keeper.status().ready()).isTrue();
    }

    @Test
    void keepsTheOldOneIfItsReplacementDoesNotGetReadyAndTriesAgain() {
        keeper.want(launcher, "one");
        keeper.look();
        started.get(0).ready = true;
        keeper.want(launcher, "two");
        keeper.look();
        clock.advance(ConnectorKeeper.READY_LIMIT);
        keeper.look();

        assertThat(started.get(1).closed).isTrue();
        assertThat(started.get(0).closed).isFalse();
        assertThat(keeper.said()).hasValueSatisfying(said -> assertThat(said).contains("did not get ready"));
        clock.advance(Duration.ofSeconds(3));
        keeper.look();
        assertThat(started).hasSize(3);
        started.get(2).running = false;
        keeper.look();
        assertThat(keeper.said()).hasValueSatisfying(said -> assertThat(said).contains("ended with 1"));
        assertThat(started.get(0).closed).isFalse();
    }

    @Test
    void takesTheReplacementIfTheOldOneEndsMeanwhile() {
        keeper.want(launcher, "one");
        keeper.look();
        keeper.want(launcher, "two");
        keeper.look();
        started.get(0).running = false;
        keeper.look();

        assertThat(started).hasSize(2);
        assertThat(keeper.status().running()).isTrue();
        assertThat(started.get(1).closed).isFalse();
    }

    @Test
    void forgetsAReplacementThatIsNotWantedAnyMore() {
        keeper.want(launcher, "one");
        keeper.look();
        keeper.want(launcher, "two");
        keeper.look();
        keeper.want(launcher, "one");
        keeper.look();

        assertThat(started.get(1).closed).isTrue();
        assertThat(started.get(0).closed).isFalse();
        assertThat(started).hasSize(2);
    }

    @Test
    void startsAgainWhatEndsAfterPausesThatGrow() {
        keeper.want(launcher, "one");
        keeper.look();
        for (int i = 1; i <= 5; i++) {
            started.get(i - 1).running = false;
            keeper.look();
            assertThat(started).as("not at once").hasSize(i);
            clock.advance(Duration.ofSeconds((long) (1.2 * (1L << i)) + 1));
            keeper.look();
            assertThat(started).hasSize(i + 1);
        }
        started.get(5).running = false;
        keeper.look();
        clock.advance(Duration.ofSeconds(30));
        keeper.look();
        assertThat(started).as("it pauses longer by now").hasSize(6);
    }

    @Test
    void pausesAreShortAgainOnceItWasReady() {
        refuses = true;
        keeper.want(launcher, "one");
        for (int i = 0; i < 6; i++) {
            keeper.look();
            clock.advance(Duration.ofMinutes(3));
        }
        assertThat(keeper.said()).contains("there is no program");
        refuses = false;
        keeper.look();
        started.get(0).ready = true;
        keeper.look();
        assertThat(keeper.said()).isEmpty();
        started.get(0).running = false;
        keeper.look();
        clock.advance(Duration.ofSeconds(3));
        keeper.look();
        assertThat(started).hasSize(2);
    }

    @Test
    void takesOverWhatWasLeftRunningAndStartsNoOther() {
        var left = new MemoryConnector("one");
        keeper.want(leaving(left, true), "one");
        keeper.look();

        assertThat(started).isEmpty();
        assertThat(keeper.status().running()).isTrue();
        left.running = false;
        keeper.look();
        clock.advance(Duration.ofSeconds(3));
        keeper.look();
        assertThat(started).as("it ended like any other").hasSize(1);
    }

    @Test
    void replacesWhatWasLeftRunningOtherwiseWhenTheNewOneIsReady() {
        var left = new MemoryConnector("zero");
        left.ready = true;
        keeper.want(leaving(left, false), "one");
        keeper.look();

        assertThat(started).hasSize(1);
        assertThat(keeper.status().ready()).isTrue();
        assertThat(left.closed).isFalse();
        started.get(0).ready = true;
        keeper.look();
        assertThat(left.closed).isTrue();
        assertThat(started.get(0).closed).isFalse();
    }

    @Test
    void leavesWhatRunsToALaterProgramButNoReplacementThatIsNotReady() {
        keeper.want(launcher, "one");
        keeper.look();
        started.get(0).ready = true;
        keeper.want(launcher, "two");
        keeper.look();
        keeper.leave();

        assertThat(started).extracting(one -> one.closed).containsExactly(false, true);
        keeper.look();
        assertThat(started).hasSize(2);
        assertThat(keeper.status().running()).isFalse();
    }

    private ConnectorLauncher leaving(MemoryConnector left, boolean current) {
        var there = new ArrayList<>(List.of(new LeftConnector(left, current)));
        return new ConnectorLauncher() {
            @Override
            public Connector start(String token) {
                return ConnectorKeeperTest.this.start(token);
            }

            @Override
            public Optional<LeftConnector> adopt(String token) {
                return there.isEmpty() ? Optional.empty() : Optional.of(there.remove(0));
            }
        };
    }
}
