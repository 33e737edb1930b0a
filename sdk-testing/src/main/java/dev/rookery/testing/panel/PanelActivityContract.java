package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.testing.Offered;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node may rely on in panels that keep what happened. Source: panel remote API §3.11. */
public abstract class PanelActivityContract extends PanelContractFixture {

    /** Creates the contract for one test. */
    protected PanelActivityContract() {}

    @BeforeEach
    void keepsActivity() {
        Offered.assume(subject().keepsActivity(), "this panel keeps no activity");
    }

    @Test
    void keepsWhatHappened() {
        var before = subject().known();

        panel().reportActivity(List.of(crash(server())));

        assertThat(subject().known()).isNotEqualTo(before);
    }

    @Test
    void dropsWhatItCannotUseAndKeepsTheRest() {
        panel().reportActivity(List.of(crash(server())));
        var one = subject().known();
        panel().reportActivity(List.of(
                crash(ServerId.random()),
                ActivityEntry.builder(server(), "other:event", Instant.now()).build()));

        assertThat(subject().known()).isEqualTo(one);
    }

    @Test
    void takesManyAtOnce() {
        panel().reportActivity(Collections.nCopies(1234, crash(server())));
    }
}
