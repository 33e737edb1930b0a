package dev.rookery.daemon.internal.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.daemon.SftpOptions;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BudgetTest {

    @Test
    void givesEachHisPartAndAllTheWhole() {
        var budget = new Budget(5, 3);
        assertThat(budget.take("a", 3)).isTrue();
        assertThat(budget.take("a", 1)).isFalse();
        assertThat(budget.take("b", 2)).isTrue();
        assertThat(budget.take("b", 1)).as("nothing is left").isFalse();
        budget.giveBack("a", 3);
        assertThat(budget.take("b", 1)).isTrue();
        assertThat(budget.take("b", 1)).isFalse();
    }

    @Test
    void givesSomeOfWhatIsLeftAndNeverAllOfIt() {
        var budget = new Budget(800, 200);
        assertThat(budget.takeSome("a", 50)).isEqualTo(50);
        assertThat(budget.takeSome("a", 500)).isEqualTo(75);
        assertThat(budget.takeSome("a", 500)).isEqualTo(37);
        for (int i = 0; i < 100; i++) {
            budget.takeSome("b" + i, 500);
        }
        assertThat(budget.takeSome("c", 500)).isZero();
    }

    @Test
    void whatManyChannelsOfAUserTakeStaysWithinHisPart() {
        var options = SftpOptions.builder().build();
        var budgets = Budgets.of(options);
        var user = UUID.randomUUID();
        var shares = new ArrayList<ChannelShare>();
        for (int i = 0; i < options.maxChannelsPerUser(); i++) {
            shares.add(ChannelShare.take(budgets, "connection " + i, user).orElseThrow());
        }
        assertThat(ChannelShare.take(budgets, "one more", user)).isEmpty();
        long windows = shares.stream().mapToLong(ChannelShare::windowBytes).sum();
        long least = (long) ChannelShare.WINDOW_MIN * shares.size();
        assertThat(windows).isBetween(least, least + options.maxBufferBytesPerUser());
        assertThat(shares.get(0).windowBytes()).isEqualTo(ChannelShare.WINDOW_MAX);
        shares.forEach(ChannelShare::release);
        assertThat(ChannelShare.take(budgets, "again", user).orElseThrow().windowBytes())
                .isEqualTo(ChannelShare.WINDOW_MAX);
    }

    @Test
    void aPlaceIsKeptUntilNobodyUsesIt() {
        var budgets = Budgets.of(SftpOptions.builder().maxChannelsPerUser(1).build());
        var user = UUID.randomUUID();
        var share = ChannelShare.take(budgets, "a", user).orElseThrow();
        assertThat(share.use()).isTrue();
        share.release();
        assertThat(ChannelShare.take(budgets, "a", user))
                .as("its thread goes on")
                .isEmpty();
        share.release();
        assertThat(share.use()).as("nobody can come back").isFalse();
        assertThat(ChannelShare.take(budgets, "a", user)).isPresent();
    }
}
