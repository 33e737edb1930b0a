package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CallOptions;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What users of the SDK get to test with. */
class NodeExtensionTest {

    @RegisterExtension
    final NodeExtension node = new NodeExtension();

    private final ServerId id = ServerId.random();

    @Test
    void installsAServerOverHttp() {
        install();
    }

    private void install() {
        node.panel().put(ContractServer.configuration(id, false), ContractServer.install());

        node.client().createServer(new CreateServer(id, false));

        Eventually.holds(
                "a report",
                Duration.ofSeconds(10),
                () -> node.panel().installs(id).size() == 1);
    }

    @Test
    void doesWhatTheScriptSaysOnceOverHttp() {
        install();
        node.fake().script().on(NodeFiles.class, "list").fails(new ConflictException("not now"));
        node.fake().script().on(Node.class, "servers").answers(List.of());
        var files = node.client().server(id).files();

        assertThatThrownBy(() -> files.list("/"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("not now");
        assertThat(files.list("/")).isNotEmpty();
        assertThat(node.client().servers()).isEmpty();
        assertThat(node.client().servers()).hasSize(1);
        assertThat(node.fake().script().calls(NodeFiles.class, "list")).isEqualTo(2);
    }

    @Test
    void keepsTheDeadlineOfADelayedCall() {
        node.fake().script().on(Node.class, "system").delays(Duration.ofMinutes(5));
        var hurried = node.fake().with(CallOptions.deadline(Duration.ofMillis(50)));

        assertThatThrownBy(hurried::system).isInstanceOf(DeadlineException.class);
    }

    @Test
    void knowsNoStepForAMethodThatDoesNotExist() {
        assertThatThrownBy(() -> node.fake().script().on(NodeFiles.class, "lst"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("lst");
    }

    @Test
    void offersWhatItIsToldTo() {
        node.fake().offers(Set.of(Capability.COMMANDS));

        assertThat(node.fake().capabilities()).containsExactly(Capability.COMMANDS);
        assertThatThrownBy(() -> node.fake().machine().utilization()).isInstanceOf(NotOfferedException.class);
    }
}
