package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.file.FileMode;
import dev.rookery.api.file.FileModeChange;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.FileUploads;
import dev.rookery.api.permission.Permission;
import dev.rookery.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node does with files that come in pieces. Works in a directory of its own. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class FileUploadsContract extends ContractFixture {

    private final String directory = freshDirectory();

    /** Creates the contract's instance of one test. */
    protected FileUploadsContract() {}

    /** Passes the test over where files come in one piece only. */
    @BeforeEach
    void requireUploads() {
        assumeOffered(Capability.RESUMABLE_UPLOADS);
        shared();
    }

    /** Removes what the test has left. */
    @AfterEach
    void clear() {
        if (subject().hasServer()) {
            clear(shared(), directory);
        }
    }

    @Test
    void putsAFileInItsPlaceOnceAllPiecesAreThere() {
        var begun = uploads().begin(directory + "/new/world.zip", 11);
        assertThat(begun.offsetBytes()).isZero();
        assertThat(begun.complete()).isFalse();

        var half = uploads().append(begun.id(), 0, text("hello "));

        assertThat(half.offsetBytes()).isEqualTo(6);
        assertThat(uploads().get(begun.id()).offsetBytes()).isEqualTo(6);
        assertThatThrownBy(() -> shared().files().read(directory + "/new/world.zip"))
                .isInstanceOf(NotFoundException.class);

        var whole = uploads().append(begun.id(), 6, text("world"));

        assertThat(whole.complete()).isTrue();
        assertThat(read(shared().files(), directory + "/new/world.zip")).isEqualTo("hello world");
        assertThat(uploads().get(begun.id()).complete()).isTrue();
    }

    @Test
    void makesAnEmptyFileAtOnce() {
        var begun = uploads().begin(directory + "/empty.txt", 0);

        assertThat(begun.complete()).isTrue();
        assertThat(read(shared().files(), directory + "/empty.txt")).isEmpty();
    }

    @Test
    void keepsWhatCameBeforeABreak() {
        var begun = uploads().begin(directory + "/broken.bin", 200_000);
        var broken = new SequenceInputStream(new ByteArrayInputStream(new byte[100_000]), new BreakingStream());

        assertThatThrownBy(() -> uploads().append(begun.id(), 0, Content.of(broken, OptionalLong.of(200_000))))
                .isInstanceOf(RookeryException.class);

        // The node may yet be storing what has arrived.
        Eventually.holds("the end of the first piece", SOON, () -> goesOn(begun.id()));
        assertThat(shared().files().list(directory))
                .singleElement()
                .satisfies(entry -> assertThat(entry.sizeBytes()).isEqualTo(200_000));
    }

    private boolean goesOn(String id) {
        long offset = uploads().get(id).offsetBytes();
        try {
            var rest = new byte[(int) (200_000 - offset)];
            return uploads().append(id, offset, Content.of(rest)).complete();
        } catch (ConflictException e) {
            return false;
        }
    }

    @Test
    void takesAPieceOnlyWhereTheLastOneEnded() {
        var begun = uploads().begin(directory + "/file.bin", 10);
        uploads().append(begun.id(), 0, text("01234"));

        assertThatThrownBy(() -> uploads().append(begun.id(), 0, text("01234"))).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> uploads().append(begun.id(), 6, text("6"))).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> uploads().append(begun.id(), 5, text("56789x")))
                .isInstanceOf(InvalidInputException.class);

        assertThat(uploads().append(begun.id(), 5, text("56789")).complete()).isTrue();
        assertThat(read(shared().files(), directory + "/file.bin")).isEqualTo("0123456789");
        assertThatThrownBy(() -> uploads().append(begun.id(), 10, text(""))).isInstanceOf(ConflictException.class);
    }

    @Test
    void replacesAFileAndKeepsItsMode() {
        write(shared().files(), directory + "/run.sh", "old");
        shared().files().chmod(directory, List.of(new FileModeChange("run.sh", FileMode.parse("750"))));
        var begun = uploads().begin(directory + "/run.sh", 3);
        assertThat(read(shared().files(), directory + "/run.sh")).isEqualTo("old");

        uploads().append(begun.id(), 0, text("new"));

        assertThat(read(shared().files(), directory + "/run.sh")).isEqualTo("new");
        assertThat(shared().files().list(directory))
                .singleElement()
                .satisfies(entry -> assertThat(entry.modeBits()).isEqualTo(FileMode.parse("750")));
    }

    @Test
    void replacesNothingThatSomebodyWroteSinceItBegan() {
        write(shared().files(), directory + "/motd.txt", "old");
        var begun = uploads().begin(directory + "/motd.txt", 3);
        uploads().append(begun.id(), 0, text("mi"));
        write(shared().files(), directory + "/motd.txt", "newer");

        assertThatThrownBy(() -> uploads().append(begun.id(), 2, text("n"))).isInstanceOf(ConflictException.class);

        assertThat(read(shared().files(), directory + "/motd.txt")).isEqualTo("newer");
        assertThat(uploads().get(begun.id()).offsetBytes()).isEqualTo(2);
        assertThat(uploads().append(begun.id(), 2, text("n"), true).complete()).isTrue();
        assertThat(read(shared().files(), directory + "/motd.txt")).isEqualTo("min");
    }

    @Test
    void replacesNoFileThatCameAfterItBegan() {
        var begun = uploads().begin(directory + "/new.txt", 3);
        write(shared().files(), directory + "/new.txt", "somebody else's");

        assertThatThrownBy(() -> uploads().append(begun.id(), 0, text("new"))).isInstanceOf(ConflictException.class);
        assertThat(read(shared().files(), directory + "/new.txt")).isEqualTo("somebody else's");

        shared().files().delete(directory, List.of("new.txt"));
        assertThat(uploads().append(begun.id(), 2, text("w")).complete()).isTrue();
        assertThat(read(shared().files(), directory + "/new.txt")).isEqualTo("new");
    }

    @Test
    void forgetsWhatIsGivenUp() {
        var begun = uploads().begin(directory + "/given-up.bin", 10);
        uploads().append(begun.id(), 0, text("01234"));

        uploads().cancel(begun.id());
        uploads().cancel(begun.id());

        assertThatThrownBy(() -> uploads().get(begun.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> uploads().append(begun.id(), 5, text("56789"))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void refusesWhatCannotBecomeAFile() {
        shared().files().createDirectory(directory + "/folder");

        assertThatThrownBy(() -> uploads().begin(directory + "/folder", 1)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> uploads().begin(directory + "/../../../etc/passwd", 1))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> uploads().begin(directory + "/negative", -1))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> uploads().get("00000000-0000-4000-8000-000000000000"))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void judgesTheCallerAtTheBeginningAndAtTheEnd() {
        write(shared().files(), directory + "/there.txt", "old");
        var creator =
                asUser(Permission.FILE_CREATE).server(shared().id()).files().uploads();
        var reader = asUser(Permission.FILE_READ).server(shared().id()).files().uploads();

        assertThatThrownBy(() -> reader.begin(directory + "/new.txt", 1)).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> creator.begin(directory + "/there.txt", 1)).isInstanceOf(DeniedException.class);
        var begun = creator.begin(directory + "/new.txt", 3);
        write(shared().files(), directory + "/new.txt", "somebody else's");

        assertThatThrownBy(() -> creator.append(begun.id(), 0, text("new"))).isInstanceOf(DeniedException.class);
        assertThat(read(shared().files(), directory + "/new.txt")).isEqualTo("somebody else's");
    }

    private FileUploads uploads() {
        return shared().files().uploads();
    }

    private static Content text(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Fails at once. */
    private static final class BreakingStream extends InputStream {

        @Override
        public int read() throws IOException {
            throw new IOException("the line broke");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException("the line broke");
        }
    }
}
