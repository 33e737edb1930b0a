package dev.rookery.daemon.internal.quota;

import com.sun.jna.LastErrorException;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.spi.DiskQuotas;
import dev.rookery.daemon.internal.file.OpenedTree;
import java.io.IOException;
import java.nio.file.Path;

/** The project quotas of ext4 and XFS. Thread-safe. */
public final class ProjectQuotas implements DiskQuotas {

    private final Path directory;
    private final String device;
    private final boolean byDevice;

    ProjectQuotas(Path directory, String device, boolean byDevice) {
        this.directory = directory;
        this.device = device;
        this.byDevice = byDevice;
    }

    /**
     * Returns those of the file system that a directory is on.
     *
     * @throws IOException if it keeps none; says what is missing
     */
    public static ProjectQuotas open(Path directory) throws IOException {
        var check = new QuotaCheck(directory);
        var quotas = new ProjectQuotas(directory, check.device(), false);
        check.run(quotas);
        return quotas;
    }

    @Override
    public int projectOf(Path path) throws IOException {
        try (var file = OpenedTree.open(path)) {
            return project(file, path).project();
        }
    }

    @Override
    public void assign(Path path, int project, CancelSignal cancel) throws IOException {
        OpenedTree.each(path, cancel, file -> {
            var record = project(file, path);
            if (record.assign(project, file.directory())) {
                try {
                    QuotaCalls.setProject(file.descriptor(), record);
                } catch (LastErrorException e) {
                    throw QuotaCalls.failure(path + " cannot be put into project " + project, e);
                }
            }
        });
    }

    @Override
    public void limit(int project, Amount limits) throws IOException {
        ask("the limit of project " + project + " cannot be set", target -> {
            QuotaCalls.setQuota(target, project, QuotaRecord.ofLimits(limits));
            return 0;
        });
    }

    @Override
    public Amount limits(int project) throws IOException {
        return QuotaRecord.limits(record(project));
    }

    @Override
    public Amount usage(int project) throws IOException {
        return QuotaRecord.usage(record(project));
    }

    /** Returns which quotas are on. */
    int state() throws IOException {
        return ask("its quotas are unknown", QuotaCalls::state);
    }

    private byte[] record(int project) throws IOException {
        return ask("the quota of project " + project + " cannot be read", target -> QuotaCalls.quota(target, project));
    }

    private static ProjectRecord project(OpenedTree.Opened file, Path path) throws IOException {
        try {
            return QuotaCalls.project(file.descriptor());
        } catch (LastErrorException e) {
            throw QuotaCalls.failure("nobody knows which project " + path + " belongs to", e);
        }
    }

    private <T> T ask(String otherwise, Question<T> question) throws IOException {
        try (var any = OpenedTree.open(directory)) {
            return question.ask(new QuotaTarget(any.descriptor(), device, byDevice));
        } catch (LastErrorException e) {
            throw QuotaCalls.failure(directory + ": " + otherwise, e);
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(QuotaTarget target);
    }
}
