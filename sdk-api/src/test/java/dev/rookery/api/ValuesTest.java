package dev.rookery.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    private static final String UUID_TEXT = "5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c";

    @Test
    void serverIdIsItsCanonicalText() {
        var id = ServerId.parse(UUID_TEXT.toUpperCase(java.util.Locale.ROOT));
        assertThat(id).hasToString(UUID_TEXT).isEqualTo(ServerId.parse(UUID_TEXT));
        assertThat(id.shortId()).isEqualTo("5f2a6c1e");
        assertThat(ServerId.random().value().version()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1-1-1-1-1", "5f2a6c1e3f7b4f0b9a530d6f7f1a2b3c", "../../../etc"})
    void serverIdRefusesEverythingElse(String text) {
        assertThatThrownBy(() -> ServerId.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("expected");
    }

    @Test
    void nodeIdIsPositive() {
        assertThat(new NodeId(1)).hasToString("1");
        assertThatThrownBy(() -> new NodeId(0)).hasMessage("node id: 0 (expected: >= 1)");
    }

    @ParameterizedTest
    @EnumSource(PowerAction.class)
    void powerActionsSurviveTheWire(PowerAction action) {
        assertThat(PowerAction.parse(action.wireName())).isEqualTo(action);
    }

    @Test
    void unknownPowerActionIsRefusedAndUnknownStateKeepsItsText() {
        assertThatThrownBy(() -> PowerAction.parse("explode"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("explode")
                .hasMessageContaining("start, stop, restart or kill");
        assertThat(ServerState.parse("hibernating"))
                .hasToString("hibernating")
                .isEqualTo(ServerState.parse("hibernating"))
                .isNotEqualTo(ServerState.UNKNOWN)
                .returns(ServerState.Kind.UNKNOWN, ServerState::kind);
        assertThat(ServerState.parse("Running")).isSameAs(ServerState.RUNNING);
    }

    @Test
    void callOptionsRefuseWhatCannotBeKept() {
        assertThatThrownBy(() -> CallOptions.deadline(Duration.ZERO)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> CallOptions.defaults().correlationId("a b"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("a b");
        assertThat(CallOptions.validCorrelationId("aZ0._-")).isTrue();
        assertThat(CallOptions.validCorrelationId("")).isFalse();
        assertThat(CallOptions.validCorrelationId("x".repeat(65))).isFalse();
        assertThat(CallOptions.validCorrelationId("ä")).isFalse();
        assertThat(CallOptions.validCorrelationId("a\nb")).isFalse();
    }

    @Test
    void callOptionsKeepWhatIsNotChanged() {
        var signal = CancelSignal.create();
        var options = CallOptions.deadline(Duration.ofSeconds(3)).cancel(signal).correlationId("c");
        assertThat(options.deadline()).contains(Duration.ofSeconds(3));
        assertThat(options.cancel()).contains(signal);
        assertThat(options.correlationId()).contains("c");
    }

    @Test
    void panelMayDoEverythingAndUserWhatItHoldsUntilItExpires() {
        var now = Instant.parse("2026-01-01T00:00:00Z");
        var user = new Caller.User(UUID.randomUUID(), Permissions.of(Permission.START), "10.0.0.1", now.plusSeconds(1));

        assertThat(Caller.panel().may(Permission.ADMIN_ERRORS, now)).isTrue();
        assertThatCode(() -> user.require(Permission.START, now)).doesNotThrowAnyException();
        assertThat(user.may(Permission.STOP, now)).isFalse();
        assertThatThrownBy(() -> user.require(Permission.STOP, now))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("control.stop");
        assertThat(user.may(Permission.START, now.plusSeconds(1))).isFalse();
        assertThatThrownBy(() -> user.require(Permission.START, now.plusSeconds(1)))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("expired");
    }

    @Test
    void consoleBeginsLiveOrAfterANumber() {
        assertThat(ConsoleOptions.live().after()).isEmpty();
        assertThat(ConsoleOptions.after(7).after()).hasValue(7);
        assertThatThrownBy(() -> ConsoleOptions.after(-1)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void onlyUnavailabilityAndDeadlinesAreWorthARepeat() {
        assertThat(new UnavailableException("x").retryable()).isTrue();
        assertThat(new DeadlineException("x").retryable()).isTrue();
        assertThat(new InvalidInputException("x").retryable()).isFalse();
        assertThat(new NotFoundException("x").retryable()).isFalse();
        assertThat(new ConflictException("x").retryable()).isFalse();
        assertThat(new DeniedException("x").retryable()).isFalse();
        assertThat(new ProtocolException("x").retryable()).isFalse();
        assertThat(new NotFoundException("x").answer()).isEmpty();
    }
}
