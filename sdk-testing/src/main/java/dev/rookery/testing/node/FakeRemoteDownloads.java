package dev.rookery.testing.node;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.RemoteDownload;
import dev.rookery.api.file.RemoteDownloadRequest;
import dev.rookery.api.node.RemoteDownloads;
import dev.rookery.api.permission.Permission;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Downloads of a {@link FakeServer}, over real HTTP. */
final class FakeRemoteDownloads implements RemoteDownloads {

    private static final int MAX = 3;
    private static final int CHUNK = 8192;
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"?([^\";]+)\"?");

    private final FakeNode node;
    private final Supplier<FakeServer> server;

    FakeRemoteDownloads(FakeNode node, Supplier<FakeServer> server) {
        this.node = node;
        this.server = server;
    }

    /** A download that is under way. */
    static final class Running {

        final String id = UUID.randomUUID().toString();
        volatile long doneBytes;
        volatile long totalBytes;
        volatile boolean cancelled;
        volatile Optional<Future<?>> task = Optional.empty();

        RemoteDownload shown() {
            double share = totalBytes == 0 ? 0 : (double) doneBytes / totalBytes;
            return new RemoteDownload(id, Math.min(1, share), Optional.empty(), OptionalLong.empty());
        }

        void cancel() {
            cancelled = true;
            task.ifPresent(running -> running.cancel(true));
        }
    }

    @Override
    public List<RemoteDownload> list() {
        var present = server.get();
        require(Permission.FILE_READ);
        return present.downloads().values().stream().map(Running::shown).toList();
    }

    @Override
    public String start(RemoteDownloadRequest request) {
        var present = server.get();
        var running = begin(present, request);
        running.task = Optional.of(node.shared().threads.submit(() -> {
            try {
                run(present, running, request);
            } catch (InvalidInputException | UnavailableException ignored) {
                // Nobody is told, as of the daemons: the file is not there.
            }
        }));
        return running.id;
    }

    @Override
    public FileEntry fetch(RemoteDownloadRequest request) {
        var present = server.get();
        return run(present, begin(present, request), request);
    }

    @Override
    public void cancel(String id) {
        var present = server.get();
        require(Permission.FILE_CREATE);
        var running = present.downloads().remove(id);
        if (running != null) {
            running.cancel();
        }
    }

    private Running begin(FakeServer present, RemoteDownloadRequest request) {
        require(Permission.FILE_CREATE);
        var scheme = String.valueOf(request.url().getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new InvalidInputException("url: " + request.url() + " (expected: http or https)");
        }
        if (!node.shared().reachable.test(request.url())) {
            throw new InvalidInputException("url: " + request.url() + " is refused (expected: a public address)");
        }
        FakeFiles.resolve(request.directory() + "/" + named(request));
        present.files().requireSpace(1);
        var running = new Running();
        synchronized (present.downloads()) {
            if (present.downloads().size() >= MAX) {
                throw new InvalidInputException("This server has reached its limit of " + MAX
                        + " simultaneous remote file downloads at once. Please wait for one to complete before trying"
                        + " again.");
            }
            present.downloads().put(running.id, running);
        }
        return running;
    }

    private FileEntry run(FakeServer present, Running running, RemoteDownloadRequest request) {
        try {
            var answer = node.shared()
                    .http
                    .send(HttpRequest.newBuilder(request.url()).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                running.totalBytes =
                        answer.headers().firstValueAsLong("Content-Length").orElse(0);
                if (answer.statusCode() != 200 || running.totalBytes < 1) {
                    throw new InvalidInputException(
                            "url: answered " + answer.statusCode() + " (expected: 200 with a length)");
                }
                var path = FakeFiles.resolve(request.directory() + "/" + name(request, answer));
                var bytes = new ByteArrayOutputStream();
                byte[] chunk = new byte[CHUNK];
                for (int n = body.read(chunk); n >= 0 && !running.cancelled; n = body.read(chunk)) {
                    bytes.write(chunk, 0, n);
                    running.doneBytes = bytes.size();
                }
                if (running.cancelled || bytes.size() != running.totalBytes) {
                    throw new UnavailableException("the download of " + request.url() + " broke off");
                }
                present.files().write(path, bytes.toByteArray());
                return present.files().entry(path);
            }
        } catch (IOException e) {
            throw new UnavailableException(
                    "url: nothing came from '" + request.url().getHost() + "': " + reason(e, request.url()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the download of " + request.url() + " was ended", e);
        } finally {
            present.downloads().remove(running.id);
        }
    }

    private static String name(RemoteDownloadRequest request, HttpResponse<?> answer) {
        if (request.useHeader()) {
            var header = FILE_NAME.matcher(
                    answer.headers().firstValue("Content-Disposition").orElse(""));
            if (header.find()) {
                return FakeFiles.baseName(header.group(1));
            }
        }
        return named(request);
    }

    private static String named(RemoteDownloadRequest request) {
        return request.fileName()
                .orElseGet(() -> FakeFiles.baseName(
                        Optional.ofNullable(request.url().getPath()).orElse("")));
    }

    private void require(Permission permission) {
        node.caller().require(permission, node.shared().clock.instant());
    }

    private static String reason(IOException failure, URI url) {
        return failure instanceof ConnectException
                ? "Failed to connect to /" + url.getHost() + ":" + url.getPort()
                : String.valueOf(failure.getMessage());
    }
}
