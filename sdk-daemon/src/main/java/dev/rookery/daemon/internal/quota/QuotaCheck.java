package dev.rookery.daemon.internal.quota;

import com.sun.jna.LastErrorException;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.spi.DiskQuotas;
import dev.rookery.api.spi.DiskQuotas.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Finds out whether a file system limits projects, and if not, what is missing. */
final class QuotaCheck {

    private static final Set<String> KNOWN = Set.of("ext4", "xfs");
    /** Projects are counted, and limited. */
    private static final int PROJECTS_COUNTED = 1 << 4;

    private static final int PROJECTS_LIMITED = 1 << 5;
    /** Belongs to nobody but this check. */
    private static final int PROBE = Integer.MAX_VALUE - 1;

    private final Path directory;
    private final String type;
    private final String device;

    QuotaCheck(Path directory) throws IOException {
        var store = Files.getFileStore(directory);
        this.directory = directory;
        this.type = store.type();
        this.device = store.name();
    }

    String device() {
        return device;
    }

    /**
     * Goes through all that has to be there, and at last makes a directory that is limited.
     *
     * @throws IOException if the file system does not limit projects
     */
    void run(ProjectQuotas quotas) throws IOException {
        requireType();
        requireState(quotas);
        requireNoProject(quotas);
        probe(quotas);
    }

    private void requireType() throws IOException {
        if (!KNOWN.contains(type)) {
            throw missing("quotas of directories", "ext4 or XFS");
        }
    }

    private void requireState(ProjectQuotas quotas) throws IOException {
        int state;
        try {
            state = quotas.state();
        } catch (IOException e) {
            throw refused(e);
        }
        if ((state & PROJECTS_COUNTED) == 0) {
            throw missing("project quotas", mounted());
        }
        if ((state & PROJECTS_LIMITED) == 0) {
            throw missing("limits: it only counts", mounted());
        }
    }

    private IOException refused(IOException e) {
        int code = e.getCause() instanceof LastErrorException error ? error.getErrorCode() : 0;
        return switch (code) {
            case QuotaCalls.ENOSYS, QuotaCalls.EINVAL, QuotaCalls.EOPNOTSUPP ->
                missing("quotas in this kernel", kernel() + ", and then " + mounted(), e);
            case QuotaCalls.ESRCH, QuotaCalls.ENOTTY -> missing("project quotas", mounted(), e);
            case QuotaCalls.EPERM -> missing("the right to read quotas", rights(), e);
            default -> missing("project quotas (" + e.getMessage() + ")", mounted(), e);
        };
    }

    private void requireNoProject(ProjectQuotas quotas) throws IOException {
        int project = quotas.projectOf(directory);
        if (project != DiskQuotas.NO_PROJECT) {
            throw new IOException(directory + " belongs to project " + project
                    + " already (expected: to none, since each server's directory in it gets its own: chattr -p 0 -P"
                    + " takes it out)");
        }
    }

    private void probe(ProjectQuotas quotas) throws IOException {
        var probe = Files.createTempDirectory(directory, ".rookery-quota-");
        var inside = probe.resolve("file");
        try {
            quotas.assign(probe, PROBE, CancelSignal.create());
            quotas.limit(PROBE, Amount.ofBytes(1 << 20));
            Files.createFile(inside);
            if (quotas.projectOf(inside) != PROBE || quotas.usage(PROBE).files() == 0) {
                throw missing("project quotas: a new file was not counted", mounted());
            }
        } catch (IOException e) {
            boolean forbidden =
                    e.getCause() instanceof LastErrorException error && error.getErrorCode() == QuotaCalls.EPERM;
            throw forbidden ? missing("the right to set quotas", rights(), e) : e;
        } finally {
            Files.deleteIfExists(inside);
            Files.delete(probe);
            unlimit(quotas);
        }
    }

    private static void unlimit(ProjectQuotas quotas) throws IOException {
        if (!quotas.limits(PROBE).equals(Amount.NONE)) {
            quotas.limit(PROBE, Amount.NONE);
        }
    }

    private IOException missing(String what, String expected) {
        return new IOException(directory + " is on " + type + " (" + device + "), which has no " + what + " (expected: "
                + expected + ")");
    }

    private IOException missing(String what, String expected, IOException cause) {
        var failure = missing(what, expected);
        failure.initCause(cause);
        return failure;
    }

    private String mounted() {
        return type.equals("xfs")
                ? "XFS mounted with the option prjquota, from the beginning and not by a remount"
                : "ext4 with the features project and quota, which 'tune2fs -O project,quota -Q prjquota " + device
                        + "' adds while it is not mounted, mounted with the option prjquota";
    }

    private String kernel() {
        return type.equals("xfs")
                ? "a kernel with CONFIG_XFS_QUOTA"
                : "a kernel with CONFIG_QUOTA and CONFIG_QFMT_V2, whose module is quota_v2";
    }

    private static String rights() {
        return "to run as root of the machine, with CAP_SYS_ADMIN and in no user namespace";
    }
}
