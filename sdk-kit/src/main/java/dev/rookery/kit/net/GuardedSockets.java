package dev.rookery.kit.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/**
 * Makes sockets that look at the address at the very moment they connect to it. Whatever was resolved before, by whom and how often,
 * nothing else is ever reached. Proxies are not used. Thread-safe.
 */
public final class GuardedSockets extends SocketFactory {

    private final Predicate<InetAddress> allowed;

    /**
     * Creates the factory.
     *
     * @param allowed says which addresses may be reached; called on the thread that connects
     */
    public GuardedSockets(Predicate<InetAddress> allowed) {
        this.allowed = allowed;
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unused();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        throw unused();
    }

    private static IOException unused() {
        return new SocketException("only sockets that are not connected yet are made here");
    }

    private final class GuardedSocket extends Socket {

        GuardedSocket() {
            // A proxy of the system's settings would resolve names by itself.
            super(Proxy.NO_PROXY);
        }

        @Override
        public void connect(SocketAddress address) throws IOException {
            connect(address, 0);
        }

        @Override
        public void connect(SocketAddress address, int timeout) throws IOException {
            if (!(address instanceof InetSocketAddress inet)
                    || inet.isUnresolved()
                    || !allowed.test(inet.getAddress())) {
                throw new RefusedAddressException("the address leads to a network that is not public");
            }
            super.connect(address, timeout);
        }
    }
}
