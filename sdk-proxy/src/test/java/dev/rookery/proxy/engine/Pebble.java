package dev.rookery.proxy.engine;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** A small authority of this machine, and a DNS server for it that leads every name here. */
final class Pebble implements AutoCloseable {

    private static final int HEADER = 12;
    private static final int A = 1;

    private final int port;
    private final Process process;
    private final DatagramSocket names;

    /**
     * Starts it.
     *
     * @param certificate that its own address has
     * @param key of that
     * @param httpPort where it looks for proofs
     * @param seconds how long its certificates count
     */
    Pebble(Path folder, Path certificate, Path key, int httpPort, int seconds) throws IOException {
        var ports = FreePorts.of(2);
        port = ports[0];
        names = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        var thread = new Thread(this::lead, "names-of-pebble");
        thread.setDaemon(true);
        thread.start();
        var config = Files.writeString(
                folder.resolve("pebble.json"), """
                {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                  "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": 1, "ocspResponderURL": "",
                  "profiles": {"default": {"description": "short", "validityPeriod": %d}}}}
                """.formatted(port, ports[1], certificate, key, httpPort, seconds));
        var builder = new ProcessBuilder(
                        System.getenv("ROOKERY_PEBBLE"),
                        "-config",
                        config.toString(),
                        "-dnsserver",
                        "127.0.0.1:" + names.getLocalPort())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pebble.log").toFile());
        builder.environment().putAll(Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_WFE_NONCEREJECT", "0"));
        process = builder.start();
    }

    String directory() {
        return "https://localhost:" + port + "/dir";
    }

    boolean answers() {
        try (var socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private void lead() {
        var packet = new DatagramPacket(new byte[512], 512);
        try {
            while (true) {
                packet.setLength(512);
                names.receive(packet);
                packet.setData(answer(Arrays.copyOf(packet.getData(), packet.getLength())));
                names.send(packet);
                packet.setData(new byte[512]);
            }
        } catch (IOException ended) {
            // The socket is closed with this.
        }
    }

    private static byte[] answer(byte[] question) {
        int end = HEADER;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        int type = question[end + 2];
        var answer = ByteBuffer.allocate(end + 5 + 16);
        answer.put(question, 0, 2).putShort((short) 0x8180).putShort((short) 1);
        answer.putShort((short) (type == A ? 1 : 0)).putInt(0);
        answer.put(question, HEADER, end + 5 - HEADER);
        if (type == A) {
            answer.putShort((short) 0xc00c)
                    .putShort((short) A)
                    .putShort((short) 1)
                    .putInt(1);
            answer.putShort((short) 4).put(new byte[] {127, 0, 0, 1});
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    @Override
    public void close() {
        process.destroy();
        names.close();
    }
}
