package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.DeniedException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleEvent.FileJobChanged;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileJob;
import dev.rookery.api.node.Capability;
import dev.rookery.api.permission.Permission;
import dev.rookery.testing.Eventually;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node does that works with files on its own. Works in a directory of its own. */
public abstract class FileJobsContract extends ContractFixture {

    private final String directory = freshDirectory();

    /** Creates the contract's instance of one test. */
    protected FileJobsContract() {}

    /** Passes the test over where there are no jobs. */
    @BeforeEach
    void requireJobs() {
        assumeOffered(Capability.FILE_JOBS);
        assumeOffered(Capability.ARCHIVES);
    }

    /** Removes what the test has left. */
    @AfterEach
    void clear() {
        if (subject().hasServer()) {
            clear(shared(), directory);
        }
    }

    @Test
    void putsFilesIntoAnArchiveAndBackOnItsOwn() {
        var files = shared().files();
        write(files, directory + "/a.txt", "a");

        var packing = files.jobs().compress(request("mine"));
        var packed = awaitEnd(packing.id());
        files.delete(directory, List.of("a.txt"));
        // Pterodactyl's dialect has no names for archives.
        var archive = packed.path().substring(packed.path().lastIndexOf('/') + 1);
        var unpacked = awaitEnd(files.jobs().decompress(directory, archive).id());

        assertThat(packing.kind()).isEqualTo(FileJob.Kind.COMPRESS);
        assertThat(packing.state().ended()).isFalse();
        assertThat(packed.state()).as("%s", packed).isEqualTo(FileJob.State.DONE);
        assertThat(packed.path()).contains(directory + "/").endsWith(".tar.gz");
        assertThat(packed.ended()).hasValueSatisfying(end -> assertThat(end).isAfterOrEqualTo(packed.begun()));
        assertThat(packed.doneBytes()).isPositive();
        assertThat(unpacked.kind()).isEqualTo(FileJob.Kind.DECOMPRESS);
        assertThat(unpacked.state()).as("%s", unpacked).isEqualTo(FileJob.State.DONE);
        assertThat(read(files, directory + "/a.txt")).isEqualTo("a");
    }

    @Test
    void listsTheNewestJobFirst() {
        var files = shared().files();
        write(files, directory + "/a.txt", "a");

        var first = files.jobs().compress(request("one"));
        var second = files.jobs().compress(request("two"));
        awaitEnd(first.id());
        awaitEnd(second.id());

        assertThat(files.jobs().list()).extracting(FileJob::id).containsSubsequence(second.id(), first.id());
    }

    @Test
    void saysWhyAJobFailed() {
        var files = shared().files();
        write(files, directory + "/plain.tar.gz", "this is not an archive");

        var failed = awaitEnd(files.jobs().decompress(directory, "plain.tar.gz").id());

        assertThat(failed.state()).isEqualTo(FileJob.State.FAILED);
        assertThat(failed.problem()).hasValueSatisfying(text -> assertThat(text).isNotBlank());
        assertThatThrownBy(() -> files.jobs().decompress(directory, "absent.zip"))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void leavesNothingOfAJobThatIsCancelled() {
        var files = shared().files();
        write(files, directory + "/a.txt", "a");

        var job = files.jobs().compress(request("mine"));
        files.jobs().cancel(job.id());
        var ended = awaitEnd(job.id());
        files.jobs().cancel(job.id());
        files.jobs().cancel(UUID.randomUUID().toString());

        // It may have been done already.
        assertThat(ended.state()).isIn(FileJob.State.CANCELLED, FileJob.State.DONE);
        if (ended.state() == FileJob.State.CANCELLED && strict()) {
            assertThat(files.list(directory)).extracting(FileEntry::name).contains("a.txt");
        }
        assertThat(find(job.id())).contains(ended);
    }

    @Test
    void tellsOfJobsOnTheConsole() {
        var files = shared().files();
        write(files, directory + "/a.txt", "a");
        var owner = new RecordingConsoleListener();
        var guest = new RecordingConsoleListener();
        try (var open = shared().console(ConsoleOptions.live(), owner);
                var other = asUser(Permission.CONNECT).server(shared().id()).console(ConsoleOptions.live(), guest)) {
            owner.await(ConsoleEvent.Status.class, status -> true, SOON);
            guest.await(ConsoleEvent.Status.class, status -> true, SOON);

            var job = files.jobs().compress(request("mine"));

            owner.await(
                    FileJobChanged.class,
                    told -> told.job().id().equals(job.id())
                            && told.job().state() == FileJob.State.DONE
                            && told.job().path().endsWith(".tar.gz"),
                    LATER);
            assertThat(open.open()).isTrue();
            assertThat(other.open()).isTrue();
        }
        assertThat(guest.events(FileJobChanged.class)).isEmpty();
    }

    @Test
    void showsAndBeginsNoJobsForACallerWithoutThePermission() {
        var guest = asUser(Permission.CONNECT).server(shared().id()).files().jobs();

        assertThatThrownBy(guest::list).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> guest.compress(request("mine"))).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> guest.decompress(directory, "a.zip")).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> guest.cancel("x")).isInstanceOf(DeniedException.class);
    }

    private CompressRequest request(String name) {
        return new CompressRequest(directory, List.of("a.txt"), Optional.of(name), ArchiveFormat.TAR_GZ);
    }

    private FileJob awaitEnd(String id) {
        Eventually.holds(
                () -> "the end of " + find(id),
                LATER,
                () -> find(id).filter(job -> job.state().ended()).isPresent());
        return find(id).orElseThrow();
    }

    private Optional<FileJob> find(String id) {
        return shared().files().jobs().list().stream()
                .filter(job -> job.id().equals(id))
                .findFirst();
    }
}
