package dev.rookery.daemon.internal.server;

import org.junit.jupiter.api.Tag;

/** The same of a current engine. */
@Tag("current-engine")
class CurrentCreateParametersTest extends CreateParametersTest {

    @Override
    protected String socket() {
        return System.getenv("ROOKERY_CURRENT_ENGINE");
    }

    @Override
    protected String networkName() {
        return "rk-create2";
    }

    @Override
    protected String addresses() {
        return "10.214.6";
    }
}
