package dev.rookery.testing.node;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.transfer.TransferRequest;
import dev.rookery.testing.panel.FakePanel;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** The fake keeps every group of the contract that it stands in for. */
@Timeout(120)
class FakeNodeTest {

    private static final FakePanel PANEL = new FakePanel();
    private static final FakeNode NODE = FakeNode.create(PANEL);
    private static final ContractNode SUBJECT =
            ContractNode.builder(NODE).panel(PANEL).prunable().build();

    @AfterAll
    static void close() {
        SUBJECT.close();
        NODE.close();
    }

    @Nested
    class Core extends NodeContract {
        @Override
        protected ContractNode subject() {
            return SUBJECT;
        }
    }

    @Nested
    class Consoles extends ConsoleContract {
        @Override
        protected ContractNode subject() {
            return SUBJECT;
        }
    }

    @Nested
    class History extends ConsoleHistoryContract {
        @Override
        protected ContractNode subject() {
            return SUBJECT;
        }
    }

    @Nested
    class Files extends NodeFilesContract {
        @Override
        protected ContractNode subject() {
            return SUBJECT;
        }
    }

    @Nested
    class Uploads extends FileUploadsContract {
        @Override
        protected ContractNode subject() {
            return SUBJECT;
        }
    }

    @Nested
    class Jobs extends FileJobsContract {
        @Override
        protected ContractNode subject() {
            return SUBJECT;
        }
    }

    @Nested
    class Archives extends NodeArchivesContract {
        @Override
        protected ContractNode subject() {
            return SUBJECT;
        }
    }

    @Nested
    class Downloads extends RemoteDownloadsContract {
        @Override
        protected ContractNode subject() {
            return SUBJECT;
        }
    }

    @Nested
    class Backups extends NodeBackupsContract {
        @Override
        protected ContractNode subject() {
            return SUBJECT;
        }
    }

    @Nested
    class Machine extends NodeMachineContract {
        @Override
        protected ContractNode subject() {
            return SUBJECT;
        }
    }

    @Nested
    class Transfers extends NodeTransfersContract {

        private static final FakePanel OTHER_PANEL = new FakePanel();
        private static final FakeNode OTHER = FakeNode.create(OTHER_PANEL);
        private static final URI ADDRESS = URI.create("http://other.example/api/transfers");

        @Override
        protected ContractNode subject() {
            NODE.connect(ADDRESS, OTHER);
            return SUBJECT;
        }

        @Override
        protected ContractNode destination() {
            return ContractNode.ours(OTHER, OTHER_PANEL);
        }

        @Override
        protected TransferRequest request(ServerId server, List<BackupId> backups) {
            return new TransferRequest(ADDRESS, "not looked at", backups);
        }
    }
}
