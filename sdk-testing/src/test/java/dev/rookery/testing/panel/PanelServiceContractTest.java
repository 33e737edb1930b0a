package dev.rookery.testing.panel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** The panel library in process. It orders no backups and moves no servers yet. */
@Timeout(60)
class PanelServiceContractTest {

    private final ServicePanel subject = new ServicePanel();

    @AfterEach
    void stop() {
        subject.close();
    }

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
    class Sftp extends PanelSftpContract {
        @Override
        protected ContractPanel subject() {
            return subject;
        }
    }
}
