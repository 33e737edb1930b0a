package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ConflictException;
import org.junit.jupiter.api.Test;

/** What a node may rely on in panels that move servers. Source: panel remote API §3.7, §3.8. */
public abstract class PanelTransfersContract extends PanelContractFixture {

    /** Creates the contract for one test. */
    protected PanelTransfersContract() {}

    @Test
    void theDestinationSeesTheServerBeforeItHasArrived() {
        assertThat(panel().configuration(moving()).settings().uuid()).isEqualTo(moving());
    }

    @Test
    void takesASuccessTwice() {
        takesTwice(true);
    }

    @Test
    void takesAFailureTwice() {
        takesTwice(false);
    }

    @Test
    void whatHasArrivedDoesNotFailAfterwards() {
        panel().reportTransfer(moving(), true);

        assertThatThrownBy(() -> panel().reportTransfer(moving(), false)).isInstanceOf(ConflictException.class);
    }

    @Test
    void whatHasFailedDoesNotArriveAfterwards() {
        panel().reportTransfer(moving(), false);

        assertThatThrownBy(() -> panel().reportTransfer(moving(), true)).isInstanceOf(ConflictException.class);
    }

    private void takesTwice(boolean successful) {
        var before = subject().known();
        panel().reportTransfer(moving(), successful);

        assertThat(subject().known()).isNotEqualTo(before);
        panel().reportTransfer(moving(), successful);
    }
}
