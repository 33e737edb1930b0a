package dev.rookery.testing;

import dev.rookery.testing.node.ConsoleContract;
import dev.rookery.testing.node.ContractNode;
import dev.rookery.testing.node.FakeNode;
import dev.rookery.testing.node.NodeArchivesContract;
import dev.rookery.testing.node.NodeBackupsContract;
import dev.rookery.testing.node.NodeContract;
import dev.rookery.testing.node.NodeFilesContract;
import dev.rookery.testing.node.NodeMachineContract;
import dev.rookery.testing.node.RemoteDownloadsContract;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** Client and edge lose nothing of the contract on the wire, whatever node stands behind it; no engine needed. */
@Timeout(120)
class FakeNodeOverHttpTest {

    private static final FakePanel PANEL = new FakePanel();

    private static RunningEdge edge;
    private static ContractNode subject;

    @BeforeAll
    static void start() throws IOException {
        edge = RunningEdge.over(FakeNode.create(PANEL));
        var node = HttpNode.builder(edge.url(), edge.credentials())
                .panelUrl("https://panel.example.com")
                .build();
        subject = ContractNode.builder(node).panel(PANEL).prunable().build();
    }

    @AfterAll
    static void stop() {
        subject.close();
        edge.close();
    }

    @Nested
    class Core extends NodeContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Consoles extends ConsoleContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Files extends NodeFilesContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Archives extends NodeArchivesContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Downloads extends RemoteDownloadsContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Backups extends NodeBackupsContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Machine extends NodeMachineContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }
}
