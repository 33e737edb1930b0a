package dev.rookery.daemon.internal.sftp;

import java.nio.ByteBuffer;

/** Takes what is answered to a client. */
@FunctionalInterface
interface Answers {

    /**
     * Takes bytes.
     *
     * @throws OutboundBytes.SendException if the client cannot be reached any more
     */
    void write(ByteBuffer bytes) throws OutboundBytes.SendException;
}
