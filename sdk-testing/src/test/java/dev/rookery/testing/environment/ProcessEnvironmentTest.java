package dev.rookery.testing.environment;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.daemon.internal.environment.process.ProcessEnvironment;
import java.util.UUID;
import org.junit.jupiter.api.Tag;

/** Child processes of this machine. */
@Tag("root")
class ProcessEnvironmentTest extends OwnEnvironmentContract {

    private boolean again;

    /** Not prepared at first: a process may come before that. */
    @Override
    protected ServerEnvironment open() {
        var environment = new ProcessEnvironment(context(UUID.randomUUID()), "off");
        if (again) {
            environment.prepare(CancelSignal.create());
        }
        again = true;
        return environment;
    }

    @Override
    protected String image() {
        return "none";
    }
}
