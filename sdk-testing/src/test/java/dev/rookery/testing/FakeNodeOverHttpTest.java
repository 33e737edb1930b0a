package dev.rookery.testing;

import dev.rookery.api.dialect.Dialect;
import org.junit.jupiter.api.Timeout;

/** Client and edge lose nothing of the contract on the wire, whatever node stands behind it; no engine needed. */
@Timeout(120)
class FakeNodeOverHttpTest extends ServedFakeNode {

    FakeNodeOverHttpTest() {
        super(Dialect.PELICAN);
    }
}
