package dev.rookery.proxy.engine;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine that nobody has at the moment, and that the system gives to nobody by itself: other tests run meanwhile. */
public final class FreePorts {

    /** Linux gives ports from 32768 on to connections and to listeners that do not mind. */
    private static final int FIRST = 20_000;

    private static final int COUNT = 12_000;

    private FreePorts() {}

    public static int[] of(int count) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        try {
            var ports = new int[count];
            for (int i = 0; i < count; i++) {
                var socket = free();
                sockets.add(socket);
                ports[i] = socket.getLocalPort();
            }
            return ports;
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    private static ServerSocket free() throws IOException {
        for (int tries = 0; tries < COUNT; tries++) {
            try {
                int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (BindException taken) {
                // Another one, then.
            }
        }
        throw new IOException("no port of " + FIRST + " to " + (FIRST + COUNT - 1) + " is free");
    }
}
