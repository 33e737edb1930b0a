package dev.rookery.daemon.internal.http;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The way to the kernel: epoll where it works, NIO elsewhere. The only class here that needs Netty 4.2 in order to load.
 *
 * @param handlers makes the event loops
 * @param channel the listening channel that goes with them
 */
record Transport(IoHandlerFactory handlers, Class<? extends ServerChannel> channel) {

    static Transport best() {
        return Epoll.isAvailable() ? new Transport(EpollIoHandler.newFactory(), EpollServerSocketChannel.class) : nio();
    }

    static Transport nio() {
        return new Transport(NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }

    /** Returns event loops on daemon threads of the given name. */
    EventLoopGroup eventLoops(int threads, String name) {
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), handlers);
    }
}
