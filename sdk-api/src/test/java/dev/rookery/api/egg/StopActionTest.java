package dev.rookery.api.egg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.panel.ProcessConfiguration.Stop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopActionTest {

    /** The table of eggs §4.5. */
    @ParameterizedTest
    @CsvSource({
        "^C, SIGINT",
        "^c, SIGINT",
        "^^C, SIGKILL",
        "^SIGINT, SIGINT",
        "^sigterm, SIGTERM",
        "^TERM, SIGTERM",
        "^SIGABRT, SIGABRT",
        "^HUP, SIGHUP",
        "^SIGKILL, SIGKILL",
        "^X, SIGKILL",
        "^C^C, SIGKILL",
        "^, SIGKILL"
    })
    void caretMeansSignal(String text, String signal) {
        assertThat(StopAction.parse(text)).isEqualTo(new StopAction.Signal(signal));
        assertThat(StopAction.parse(text).toWire()).isEqualTo(new Stop("signal", signal));
    }

    @Test
    void anythingElseIsTyped() {
        assertThat(StopAction.parse("stop 10 now")).isEqualTo(new StopAction.Command("stop 10 now"));
        assertThat(StopAction.parse("stop").toWire()).isEqualTo(new Stop("command", "stop"));
        assertThat(StopAction.parse(" ")).isEqualTo(new StopAction.Native());
    }

    @ParameterizedTest
    @CsvSource({"signal, C, SIGINT", "signal, SIGTERM, SIGTERM", "signal, ^C, SIGKILL", "signal, whatever, SIGKILL"})
    void readsSignalsOfForeignPanels(String type, String value, String signal) {
        assertThat(StopAction.of(new Stop(type, value))).isEqualTo(new StopAction.Signal(signal));
    }

    @Test
    void readsTheOtherTypesOfForeignPanels() {
        assertThat(StopAction.of(new Stop("command", "end"))).isEqualTo(new StopAction.Command("end"));
        assertThat(StopAction.of(new Stop("command", ""))).isEqualTo(new StopAction.Native());
        assertThat(StopAction.of(new Stop("stop", ""))).isEqualTo(new StopAction.Native());
        assertThat(StopAction.of(new Stop(null, null))).isEqualTo(new StopAction.Native());
        assertThat(StopAction.of(new StopAction.Native().toWire())).isEqualTo(new StopAction.Native());
    }

    @Test
    void refusesWhatCannotBeSent() {
        assertThatThrownBy(() -> new StopAction.Signal("SIGFOO"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("SIGFOO")
                .hasMessageContaining("SIGINT");
        assertThatThrownBy(() -> new StopAction.Command(" ")).isInstanceOf(InvalidInputException.class);
    }
}
