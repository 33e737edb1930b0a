package dev.rookery.daemon.internal.download;

import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileJob;
import dev.rookery.api.file.RemoteDownloadRequest;
import dev.rookery.daemon.RemoteDownloadOptions;
import dev.rookery.daemon.internal.file.Delivery;
import dev.rookery.daemon.internal.job.FileWork;
import dev.rookery.daemon.internal.job.JobProgress;
import dev.rookery.daemon.internal.job.JobRun;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** The files that a node fetches for its servers: jobs among others. Thread-safe. */
public final class Downloads {

    private static final int MEBIBYTE_SHIFT = 20;

    private final RemoteDownloadOptions options;
    private final FileWork work;
    private final RemoteSource source;
    /** Held while it is seen whether one more may begin. */
    private final Object beginning = new Object();

    /** Creates it. */
    public Downloads(RemoteDownloadOptions options, FileWork work) {
        this(options, work, new RemoteSource(options));
    }

    Downloads(RemoteDownloadOptions options, FileWork work, RemoteSource source) {
        this.options = options;
        this.work = work;
        this.source = source;
    }

    /** Returns whether nothing is fetched here. */
    public boolean disabled() {
        return options.disabled();
    }

    /** Returns what is being fetched for a server. */
    public List<FileJob> list(ServerId server) {
        return work.list(server).stream()
                .filter(job ->
                        job.kind() == FileJob.Kind.DOWNLOAD && !job.state().ended())
                .toList();
    }

    /** Ends one. */
    public void cancel(ServerId server, String id) {
        if (list(server).stream().anyMatch(job -> job.id().equals(id))) {
            work.cancel(server, id);
        }
    }

    /**
     * Begins to fetch a file.
     *
     * @param delivery puts it in its place
     * @throws InvalidInputException if the address cannot be used, or too many are fetched
     */
    public JobRun<FileEntry> begin(ServerId server, RemoteDownloadRequest request, Delivery delivery) {
        var url = RemoteSource.parse(request.url());
        var path = delivery.path(request.directory(), DownloadName.guess(request, url));
        synchronized (beginning) {
            if (list(server).size() >= options.perServer()) {
                throw new InvalidInputException("This server has reached its limit of " + options.perServer()
                        + " simultaneous remote file downloads at once. Please wait for one to complete before trying"
                        + " again.");
            }
            try {
                return work.begin(
                        server, FileJob.Kind.DOWNLOAD, path, progress -> fetch(request, url, delivery, progress));
            } catch (ConflictException e) {
                throw new InvalidInputException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    private FileEntry fetch(RemoteDownloadRequest request, HttpUrl url, Delivery delivery, JobProgress progress)
            throws IOException {
        try (var answer = source.open(url, progress.cancel())) {
            var name = DownloadName.of(request, url, Optional.ofNullable(answer.header("Content-Disposition")));
            var path = delivery.path(request.directory(), name);
            progress.path(path);
            long length = answer.body().contentLength();
            if (length >= 0) {
                progress.total(length);
            }
            return delivery.deliver(path, content(answer, length, progress), progress.cancel());
        }
    }

    private Content content(Response answer, long length, JobProgress progress) {
        long limit = length >= 0 ? length : (long) options.unknownLengthMebibytes() << MEBIBYTE_SHIFT;
        var stream = new SteadyStream(answer.body().byteStream(), limit, options.stallTimeout(), progress::add);
        return Content.of(stream, length);
    }

    /** Returns how far a job is, from 0 to 1. */
    public static double share(FileJob job) {
        var total = job.totalBytes();
        return total.isEmpty() || total.getAsLong() == 0
                ? 0
                : Math.min(1, (double) job.doneBytes() / total.getAsLong());
    }
}
