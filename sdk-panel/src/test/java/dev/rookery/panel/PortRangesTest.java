package dev.rookery.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.panel.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortRangesTest {

    @Test
    void readsPortsAndRanges() {
        assertThat(PortRanges.parse(" 203.0.113.10 ", "25565, 30000-30002,25565"))
                .extracting(Allocation::toString)
                .containsExactly(
                        "203.0.113.10:25565", "203.0.113.10:30000", "203.0.113.10:30001", "203.0.113.10:30002");
        assertThat(PortRanges.parse("2001:db8::1", "7000")).containsExactly(new Allocation("2001:db8::1", 7000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "10-5", "x", "1,,2", "1-", "-1", "1-2-3"})
    void namesAPortThatIsNone(String ports) {
        assertThatThrownBy(() -> PortRanges.parse("127.0.0.1", ports))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("ports: ")
                .hasMessageContaining("expected: a port or range such as 25565");
    }

    @ParameterizedTest
    @CsvSource({"localhost", "300.1.1.1", "1.2.3", "127.0.0.1.", "''"})
    void namesAnAddressThatIsNone(String ip) {
        assertThatThrownBy(() -> PortRanges.parse(ip, "1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("ip: '" + ip + "'");
    }

    @Test
    void boundsTheNumberOfPorts() {
        assertThat(PortRanges.parse("127.0.0.1", "1-1000")).hasSize(PortRanges.MAX);
        assertThatThrownBy(() -> PortRanges.parse("127.0.0.1", "1-1001")).hasMessageContaining("at most 1000");
    }
}
