package dev.rookery.proxy.apply;

import dev.rookery.kit.DurableFiles;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A cloud without a network: what it was told is in its file. */
public final class FileCloud implements CloudSync {

    private final Path folder;

    /** Creates the cloud; what it knows is in the folder. */
    public FileCloud(Path folder) {
        this.folder = folder;
    }

    @Override
    public CloudReport plan(ProxyDocument document, long revision) {
        return report(revision, CloudReport.State.PLANNED, Optional.empty());
    }

    @Override
    public CloudReport sync(ProxyDocument document, long revision) {
        if (Files.exists(folder.resolve("cloud-away"))) {
            return report(revision, CloudReport.State.WAITING, Optional.of(Instant.EPOCH.plusSeconds(1)));
        }
        try {
            var names = document.routes().stream().map(HttpRoute::id).sorted().collect(Collectors.joining(" "));
            DurableFiles.write(folder.resolve("cloud"), names.getBytes(StandardCharsets.UTF_8), DurableFiles.PRIVATE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return report(revision, CloudReport.State.DONE, Optional.empty());
    }

    /** Returns the names of routes that it was told. */
    public String told() {
        try {
            var file = folder.resolve("cloud");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CloudReport report(long revision, CloudReport.State state, Optional<Instant> nextAt) {
        var part = new CloudReport.Part("main", Optional.empty(), state, "told");
        return new CloudReport(revision, state, List.of(part), nextAt);
    }
}
