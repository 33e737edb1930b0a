package dev.rookery.examples.panel.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** CVE-2026-61609: one bucket for everybody let one attacker lock everybody out. */
class LoginThrottleTest {

    private final LoginThrottle throttle = new LoginThrottle();

    @Test
    void limitsGuessesAtOneAccountFromManyAddresses() {
        long passed = IntStream.range(0, 30)
                .filter(i -> throttle.attempt("10.0.0." + i, "Admin").isEmpty())
                .count();

        assertThat(passed).isEqualTo(10);
        assertThat(throttle.attempt("10.0.1.1", "ADMIN"))
                .as("letter case is no way around")
                .isPresent();
        assertThat(throttle.attempt("10.0.0.1", "somebody"))
                .as("others still log in")
                .isEmpty();
    }

    @Test
    void limitsGuessesFromOneAddressAtManyAccounts() {
        long passed = IntStream.range(0, 50)
                .filter(i -> throttle.attempt("10.0.0.1", "user" + i).isEmpty())
                .count();

        assertThat(passed).isEqualTo(30);
        assertThat(throttle.attempt("10.0.0.2", "user1"))
                .as("other addresses still log in")
                .isEmpty();
    }

    @Test
    void countsNoSuccess() {
        for (int i = 0; i < 200; i++) {
            assertThat(throttle.attempt("10.0.0.1", "admin")).isEmpty();
            throttle.succeeded("10.0.0.1", "admin");
        }
    }
}
