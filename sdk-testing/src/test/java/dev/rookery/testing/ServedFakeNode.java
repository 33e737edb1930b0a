package dev.rookery.testing;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.api.transfer.TransferRequest;
import dev.rookery.testing.node.ConsoleContract;
import dev.rookery.testing.node.ConsoleHistoryContract;
import dev.rookery.testing.node.ContractNode;
import dev.rookery.testing.node.FakeNode;
import dev.rookery.testing.node.FileJobsContract;
import dev.rookery.testing.node.FileUploadsContract;
import dev.rookery.testing.node.NodeArchivesContract;
import dev.rookery.testing.node.NodeBackupsContract;
import dev.rookery.testing.node.NodeContract;
import dev.rookery.testing.node.NodeFilesContract;
import dev.rookery.testing.node.NodeMachineContract;
import dev.rookery.testing.node.NodeTransfersContract;
import dev.rookery.testing.node.RemoteDownloadsContract;
import dev.rookery.testing.node.SignedUrlsContract;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.wings.HttpNode;
import dev.rookery.wings.SignedUrls;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** Two fake nodes behind the real edge, asked by the real client: nothing of the contract is lost on the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServedFakeNode {

    private final FakePanel panel = new FakePanel();
    private final FakePanel otherPanel = new FakePanel();
    private final Dialect dialect;
    private RunningEdge edge;
    private RunningEdge other;
    private HttpNode client;
    private ContractNode subject;
    private ContractNode destination;

    ServedFakeNode(Dialect dialect) {
        this.dialect = dialect;
    }

    @BeforeAll
    void start() throws IOException {
        edge = RunningEdge.over(FakeNode.create(panel), dialect);
        other = RunningEdge.over(FakeNode.create(otherPanel), dialect);
        client = edge.client();
        subject = contract(client, panel);
        destination = contract(other.client(), otherPanel);
    }

    @AfterAll
    void stop() {
        subject.close();
        destination.close();
        edge.close();
        other.close();
    }

    private ContractNode contract(HttpNode node, FakePanel its) {
        var builder = ContractNode.builder(node).panel(its).prunable();
        // What Pterodactyl's daemon leaves undone, ours leaves undone in its manner.
        return dialect == Dialect.PELICAN ? builder.build() : builder.lenient().build();
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
    class History extends ConsoleHistoryContract {
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
    class Uploads extends FileUploadsContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Jobs extends FileJobsContract {
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

    @Nested
    class Signed extends SignedUrlsContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }

        @Override
        protected SignedUrls urls(ServerId server) {
            return client.signedUrls(server);
        }
    }

    @Nested
    class Transfers extends NodeTransfersContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }

        @Override
        protected ContractNode destination() {
            return destination;
        }

        @Override
        protected TransferRequest request(ServerId server, List<BackupId> backups) {
            var signer = TokenSigner.builder(other.credentials())
                    .dialect(dialect)
                    .panelUrl(RunningEdge.PANEL)
                    .nodeUrl(other.url().toString())
                    .build();
            return new TransferRequest(
                    other.url().resolve("/api/transfers"),
                    signer.transfer(server).text(),
                    backups);
        }
    }
}
