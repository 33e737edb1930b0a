package dev.rookery.testing.node;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.build.tiers.SecondLane;
import dev.rookery.testing.node.RealDaemon.Ground;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** The daemon keeps the contract behind its HTTP edge where its servers are child processes. */
@Tag("root")
@Tag("matrix")
@Timeout(180)
@SecondLane
class ProcessesOverHttpTest extends ServedDaemon {

    ProcessesOverHttpTest() {
        super(Dialect.PELICAN, Ground.PROCESSES);
    }
}
