package dev.rookery.proxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Requests, connections and datagrams through an engine that knows all three. */
abstract class ConnectionTraffic extends AccessTraffic {

    @Test
    void passesConnectionsOn() throws IOException {
        try (var streams = new EchoStreams()) {
            run(base().addL4Routes(L4Route.builder("game")
                            .addListen(new L4Listen(L4Listen.Protocol.TCP, "127.0.0.1", ports[3], 1))
                            .addUpstreams(L4Upstream.of("127.0.0.1", streams.port()))
                            .build())
                    .build());
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), ports[3])) {
                socket.setSoTimeout(20_000);
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).isEqualTo("echo hello");
            }
        }
    }

    @Test
    void passesDatagramsOn() throws IOException {
        try (var upstream = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            upstream.setSoTimeout(20_000);
            client.setSoTimeout(20_000);
            run(base().addL4Routes(L4Route.builder("voice")
                            .addListen(new L4Listen(L4Listen.Protocol.UDP, "127.0.0.1", ports[3], 1))
                            .addUpstreams(L4Upstream.of("127.0.0.1", upstream.getLocalPort()))
                            .build())
                    .build());
            var ping = "ping".getBytes(StandardCharsets.US_ASCII);
            client.send(new DatagramPacket(ping, ping.length, InetAddress.getLoopbackAddress(), ports[3]));
            var got = new DatagramPacket(new byte[100], 100);
            upstream.receive(got);
            upstream.send(new DatagramPacket(ping, ping.length, got.getSocketAddress()));
            client.receive(got);
            assertThat(new String(got.getData(), 0, got.getLength(), StandardCharsets.US_ASCII))
                    .isEqualTo("ping");
        }
    }
}
