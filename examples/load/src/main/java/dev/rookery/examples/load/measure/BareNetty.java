package dev.rookery.examples.load.measure;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The yardstick for answers: Netty's HTTP codec and one handler that gives every request the same answer, with the headers and the body of
 * the node's. A program of its own, so that it has a JVM like the node's.
 */
final class BareNetty {

    private static final String HEAD_END = "\r\n\r\n";

    private BareNetty() {}

    /**
     * Serves until the process is ended; prints the port.
     *
     * @param arguments the file with the answer, as it goes over the wire
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var answer = Answer.parse(Files.readAllBytes(Path.of(arguments[0])));
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> channel = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        var listening = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(threads, handlers))
                .channel(channel)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        connection.pipeline().addLast(new HttpServerCodec(), new AlwaysTheSame(answer));
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        var out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        out.println(((InetSocketAddress) listening.localAddress()).getPort());
        listening.closeFuture().sync();
    }

    /**
     * What is answered.
     *
     * @param headers every header of it
     * @param body its body
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and changed by nobody
    record Answer(HttpHeaders headers, byte[] body) {

        static Answer parse(byte[] wire) {
            var text = new String(wire, StandardCharsets.ISO_8859_1);
            int end = text.indexOf(HEAD_END);
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            text.substring(0, end).lines().skip(1).forEach(line -> {
                int colon = line.indexOf(':');
                response.headers()
                        .set(line.substring(0, colon), line.substring(colon + 1).strip());
            });
            return new Answer(
                    response.headers(), text.substring(end + HEAD_END.length()).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static final class AlwaysTheSame extends SimpleChannelInboundHandler<HttpObject> {

        private final Answer answer;

        AlwaysTheSame(Answer answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
            if (message instanceof LastHttpContent) {
                var response = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(answer.body()));
                response.headers().set(answer.headers());
                ctx.write(response);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }
    }
}
