package dev.rookery.daemon.internal.environment.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A real registry of images that asks for a password, behind a relay that can break in the middle of a layer. Images are put in over its
 * own API.
 */
final class TestRegistry implements AutoCloseable {

    static final String USER = "tester";
    static final String PASSWORD = "open sesame";
    static final int LAYER_BYTES = 3 << 20;

    private static final String HASH = "$2y$05$KBCwKxOzLha2MUDgW0PjXeP1SdSUh3ADFY6DQIPM73pip56HtqDBO";
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:([0-9]+)");
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private final Process process;
    private final int registryPort;
    private final ServerSocket relay = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Socket> open = new ArrayList<>();
    private volatile long cutAfterBytes = Long.MAX_VALUE;
    private volatile boolean broken;

    TestRegistry(Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("users"), USER + ":" + HASH + "\n");
        var configuration = Files.writeString(
                folder.resolve("registry.yml"), """
                version: 0.1
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:0", secret: "of this test"}
                auth: {htpasswd: {realm: test, path: %s}}
                """.formatted(folder.resolve("images"), folder.resolve("users")));
        var log = folder.resolve("registry.log");
        process = new ProcessBuilder(System.getenv("ROOKERY_REGISTRY"), "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        registryPort = awaitPort(log);
        daemon(this::relay);
    }

    private int awaitPort(Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline && process.isAlive()) {
            var found = LISTENING.matcher(Files.readString(log));
            if (found.find()) {
                return Integer.parseInt(found.group(1));
            }
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
        throw new IOException("the registry does not come up: " + Files.readString(log));
    }

    /** Returns the name that images of this registry begin with. */
    String domain() {
        return "127.0.0.1:" + relay.getLocalPort();
    }

    /** Breaks every connection after so many bytes, and then takes no new one. */
    void breakAfter(long bytes) {
        cutAfterBytes = bytes;
    }

    void mend() {
        cutAfterBytes = Long.MAX_VALUE;
        broken = false;
    }

    /** Puts in an image of two layers with chance contents. */
    void put(String repository, String tag, long seed) throws IOException, InterruptedException {
        var layers = new ArrayList<byte[]>();
        layers.add(tar("first", seed));
        layers.add(tar("second", seed + 1));
        var digests = new ArrayList<String>();
        for (var layer : layers) {
            digests.add(upload(repository, layer));
        }
        var quoted = digests.stream().map(digest -> '"' + digest + '"').toList();
        var configuration =
                ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
                                + String.join(",", quoted) + "]}}")
                        .getBytes(StandardCharsets.UTF_8);
        var listed = digests.stream()
                .map(digest -> "{\"mediaType\":\"application/vnd.docker.image.rootfs.diff.tar.gzip\",\"size\":"
                        + layers.get(digests.indexOf(digest)).length + ",\"digest\":\"" + digest + "\"}")
                .toList();
        var manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST
                + "\",\"config\":{\"mediaType\":\"application/vnd.docker.container.image.v1+json\",\"size\":"
                + configuration.length + ",\"digest\":\"" + upload(repository, configuration) + "\"},\"layers\":["
                + String.join(",", listed) + "]}";
        send(
                request("/v2/" + repository + "/manifests/" + tag)
                        .header("Content-Type", MANIFEST)
                        .PUT(HttpRequest.BodyPublishers.ofString(manifest)),
                201);
    }

    private String upload(String repository, byte[] blob) throws IOException, InterruptedException {
        var digest = "sha256:" + HexFormat.of().formatHex(sha256(blob));
        var begun =
                send(request("/v2/" + repository + "/blobs/uploads/").POST(HttpRequest.BodyPublishers.noBody()), 202);
        var place = begun.headers().firstValue("Location").orElseThrow();
        var path = place.substring(place.indexOf("/v2/")) + (place.indexOf('?') < 0 ? "?" : "&") + "digest=" + digest;
        send(request(path).PUT(HttpRequest.BodyPublishers.ofByteArray(blob)), 201);
        return digest;
    }

    private HttpRequest.Builder request(String path) {
        var login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + registryPort + path))
                .header("Authorization", "Basic " + login);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, int expected)
            throws IOException, InterruptedException {
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != expected) {
            throw new IOException("the registry answers " + response.statusCode() + " " + response.body());
        }
        return response;
    }

    /** An archive with one file. Source: POSIX ustar. */
    private static byte[] tar(String name, long seed) throws IOException {
        var header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(LAYER_BYTES));
        put(header, 136, "00000000000");
        header[156] = '0';
        put(header, 257, "ustar");
        put(header, 263, "00");
        put(header, 148, "        ");
        int sum = 0;
        for (byte value : header) {
            sum += value & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        var content = new byte[LAYER_BYTES];
        new Random(seed).nextBytes(content);
        var archive = new ByteArrayOutputStream();
        archive.write(header);
        archive.write(content);
        archive.write(new byte[1024]);
        return archive.toByteArray();
    }

    private static void put(byte[] header, int offset, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void relay() {
        while (!relay.isClosed()) {
            try {
                var client = relay.accept();
                if (broken) {
                    client.close();
                    continue;
                }
                var registry = new Socket(InetAddress.getLoopbackAddress(), registryPort);
                synchronized (open) {
                    open.addAll(List.of(client, registry));
                }
                daemon(() -> pass(client, registry, false));
                daemon(() -> pass(registry, client, true));
            } catch (IOException e) {
                if (!relay.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void pass(Socket from, Socket to, boolean answers) {
        long passed = 0;
        var buffer = new byte[16 << 10];
        try {
            var in = from.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                passed += count;
                if (answers && passed > cutAfterBytes) {
                    broken = true;
                    break;
                }
                to.getOutputStream().write(buffer, 0, count);
            }
        } catch (IOException e) {
            // One of the two has gone: the other goes too.
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "test-registry");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        relay.close();
        synchronized (open) {
            open.forEach(TestRegistry::close);
        }
        process.destroyForcibly();
    }
}
