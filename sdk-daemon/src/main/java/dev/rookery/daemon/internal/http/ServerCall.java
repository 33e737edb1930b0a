package dev.rookery.daemon.internal.http;

import dev.rookery.api.node.NodeServer;
import java.io.IOException;

/** Answers a call of a server that the node has. Blocks. */
@FunctionalInterface
interface ServerCall {

    /** Returns the answer. Failures that the call does not know better are thrown. */
    Response answer(NodeServer server, Request request) throws IOException;
}
