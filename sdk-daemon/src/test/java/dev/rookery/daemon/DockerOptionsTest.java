package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine's options take. */
class DockerOptionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9", "2001:db8::9", "::ffff:203.0.113.9"})
    void takesFurtherAddressesOfTheMachine(String address) {
        var options = DockerOptions.builder().systemIps(List.of(address)).build();

        assertThat(options.systemIps()).containsExactly(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "node.example.com",
                "203.0.113",
                "203.0.113.256",
                "2001:db8::1::2",
                "10.0.0.0/8",
                "fe80::1%eth0"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(
                        () -> DockerOptions.builder().systemIps(List.of(text)).build())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("docker.system_ips: '" + text + "'");
    }
}
