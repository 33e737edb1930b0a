package dev.rookery.testing.panel;

import dev.rookery.api.panel.Panel;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.PanelEndpoint;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** The fake panel over real HTTP, asked by the client. */
@Timeout(60)
class FakePanelOverHttpTest {

    private final FakePanels panels = new FakePanels();
    private final NodeCredentials first = NodeCredentials.random(new SecureRandom());
    private final NodeCredentials second = NodeCredentials.random(new SecureRandom());
    private final ServedPanel subject = new ServedPanel(panels, PanelEndpoint.of(this::panel), first, second);

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

    private Optional<Panel> panel(NodeCredentials presented) {
        if (first.matches(presented.token()) && first.tokenId().equals(presented.tokenId())) {
            return Optional.of(panels.first);
        }
        return second.matches(presented.token()) && second.tokenId().equals(presented.tokenId())
                ? Optional.of(panels.second)
                : Optional.empty();
    }
}
