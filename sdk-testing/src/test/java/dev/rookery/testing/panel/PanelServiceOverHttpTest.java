package dev.rookery.testing.panel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** The panel library over real HTTP, asked by the client. */
@Timeout(60)
class PanelServiceOverHttpTest {

    private final ServicePanel panel = new ServicePanel();
    private final ServedPanel subject = panel.served();

    @AfterEach
    void stop() {
        subject.close();
        panel.close();
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
