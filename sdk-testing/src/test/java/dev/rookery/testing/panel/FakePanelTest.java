package dev.rookery.testing.panel;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** The fake panel keeps the contract that real ones keep. */
@Timeout(60)
class FakePanelTest {

    private final ContractPanel subject = new FakePanels();

    @Nested
    class Core extends PanelContract {
        @Override
        protected ContractPanel subject() {
            return subject;
        }
    }

    @Nested
    class Isolation extends PanelIsolationContract {
        @Override
        protected ContractPanel subject() {
            return subject;
        }
    }

    @Nested
    class Backups extends PanelBackupsContract {
        @Override
        protected ContractPanel subject() {
            return subject;
        }
    }

    @Nested
    class Transfers extends PanelTransfersContract {
        @Override
        protected ContractPanel subject() {
            return subject;
        }
    }

    @Nested
    class Sftp extends PanelSftpContract {
        @Override
        protected ContractPanel subject() {
            return subject;
        }
    }

    @Nested
    class Activity extends PanelActivityContract {
        @Override
        protected ContractPanel subject() {
            return subject;
        }
    }
}
