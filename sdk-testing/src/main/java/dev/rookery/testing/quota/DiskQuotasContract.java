package dev.rookery.testing.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.spi.DiskQuotas;
import dev.rookery.api.spi.DiskQuotas.Amount;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link DiskQuotas} keeps. Extend it with a test class of your own. */
@Timeout(120)
public abstract class DiskQuotasContract {

    private static final int MEBIBYTE = 1 << 20;
    /** Directories take space, too. */
    private static final int ROUND = 64 << 10;

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final AtomicInteger NUMBERS = new AtomicInteger((int) (System.nanoTime() & 0xFFFFFF) + 1);

    private final List<Integer> used = new ArrayList<>();
    private DiskQuotas quotas;
    private Path folder;
    private Path tree;
    private int project;

    /** For subclasses. */
    protected DiskQuotasContract() {}

    /** Returns an empty directory, which is removed by whoever made it, on the file system that limits projects. */
    protected abstract Path folder() throws IOException;

    /** Returns the quotas of that file system. */
    protected abstract DiskQuotas open(Path folder) throws IOException;

    /**
     * Writes a file of zeros, or as much of it as it may, as somebody whom limits hold for: root is often excepted.
     *
     * @return whether all of it was written
     */
    protected abstract boolean write(Path file, long bytes) throws IOException;

    @BeforeEach
    void openQuotas() throws IOException {
        folder = folder();
        quotas = open(folder);
        project = number();
        tree = Files.createDirectory(folder.resolve("tree"));
    }

    @AfterEach
    void takeLimitsAway() throws IOException {
        for (int number : used) {
            quotas.limit(number, Amount.NONE);
        }
    }

    @Test
    void aProjectThatNobodyUsedIsEmptyAndWithoutALimit() throws IOException {
        assertThat(quotas.usage(project)).isEqualTo(Amount.NONE);
        assertThat(quotas.limits(project)).isEqualTo(Amount.NONE);
        assertThat(quotas.projectOf(tree)).isEqualTo(DiskQuotas.NO_PROJECT);
    }

    @Test
    void whatIsCreatedInATreeBelongsToItsProject() throws IOException {
        assign(tree, project);
        var below = Files.createDirectories(tree.resolve("a/b"));
        var file = Files.createFile(below.resolve("file"));
        assertThat(quotas.projectOf(below)).isEqualTo(project);
        assertThat(quotas.projectOf(file)).isEqualTo(project);
        assertThat(quotas.usage(project).files()).isEqualTo(4);
    }

    @Test
    void whatWasInATreeBelongsToItsProject() throws IOException {
        var below = Files.createDirectories(tree.resolve("a/b"));
        write(below.resolve("file"), MEBIBYTE);
        assign(tree, project);
        assertThat(quotas.projectOf(below.resolve("file"))).isEqualTo(project);
        assertThat(quotas.usage(project).files()).isEqualTo(4);
        assertThat(quotas.usage(project).bytes()).isBetween((long) MEBIBYTE, (long) MEBIBYTE + ROUND);
        // What was there before passes on what it got.
        assertThat(quotas.projectOf(Files.createFile(below.resolve("new")))).isEqualTo(project);
    }

    @Test
    void noLinkLeadsOutOfATree() throws IOException {
        var outside = Files.createDirectory(folder.resolve("outside"));
        var file = Files.createFile(outside.resolve("file"));
        Files.createSymbolicLink(tree.resolve("directory"), outside);
        Files.createSymbolicLink(tree.resolve("file"), file);
        assign(tree, project);
        assertThat(quotas.projectOf(outside)).isEqualTo(DiskQuotas.NO_PROJECT);
        assertThat(quotas.projectOf(file)).isEqualTo(DiskQuotas.NO_PROJECT);
        assertThatThrownBy(() -> assign(tree.resolve("directory"), project)).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsRemovedIsGivenBack() throws IOException {
        assign(tree, project);
        write(tree.resolve("file"), MEBIBYTE);
        assertThat(quotas.usage(project).bytes()).isBetween((long) MEBIBYTE, (long) MEBIBYTE + ROUND);
        Files.delete(tree.resolve("file"));
        // Some file systems do so a moment later.
        Eventually.holds("space that is given back", SOON, () -> usedBytes() < ROUND);
    }

    @Test
    void refusesWhatIsBeyondTheLimit() throws IOException {
        assign(tree, project);
        quotas.limit(project, Amount.ofBytes(2 * MEBIBYTE));
        assertThat(quotas.limits(project)).isEqualTo(Amount.ofBytes(2 * MEBIBYTE));
        assertThat(write(tree.resolve("one"), MEBIBYTE)).isTrue();
        assertThat(write(tree.resolve("two"), 2 * MEBIBYTE)).isFalse();
        assertThat(quotas.usage(project).bytes()).isLessThanOrEqualTo(2 * MEBIBYTE);
        assertThat(write(folder.resolve("beside"), 4 * MEBIBYTE)).isTrue();
    }

    @Test
    void aLimitChangesAtOnce() throws IOException {
        assign(tree, project);
        assertThat(write(tree.resolve("one"), 2 * MEBIBYTE)).isTrue();
        quotas.limit(project, Amount.ofBytes(MEBIBYTE));
        assertThat(write(tree.resolve("two"), MEBIBYTE))
                .as("more than it may take already")
                .isFalse();
        quotas.limit(project, Amount.ofBytes(8 * MEBIBYTE));
        assertThat(write(tree.resolve("three"), MEBIBYTE)).isTrue();
        quotas.limit(project, Amount.ofBytes(MEBIBYTE));
        quotas.limit(project, Amount.NONE);
        assertThat(write(tree.resolve("four"), 8 * MEBIBYTE)).isTrue();
    }

    @Test
    void aLimitOfFilesHoldsAsWell() throws IOException {
        assign(tree, project);
        quotas.limit(project, new Amount(0, 2));
        assertThat(quotas.limits(project)).isEqualTo(new Amount(0, 2));
        assertThat(write(tree.resolve("one"), 1)).isTrue();
        assertThat(write(tree.resolve("two"), 1)).isFalse();
    }

    @Test
    void aFileOfTheProjectCanBeMovedToItsTree() throws IOException {
        assign(tree, project);
        var file = folder.resolve("file");
        write(file, MEBIBYTE);
        assign(file, project);
        Files.move(file, tree.resolve("file"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(quotas.projectOf(tree.resolve("file"))).isEqualTo(project);
        assertThat(quotas.usage(project).bytes()).isBetween((long) MEBIBYTE, (long) MEBIBYTE + ROUND);
    }

    @Test
    void aTreeGoesFromOneProjectToAnotherAndToNone() throws IOException {
        write(tree.resolve("file"), MEBIBYTE);
        assign(tree, project);
        int other = number();
        assign(tree, other);
        assertThat(quotas.usage(project)).isEqualTo(Amount.NONE);
        assertThat(quotas.usage(other).files()).isEqualTo(2);
        assign(tree, DiskQuotas.NO_PROJECT);
        assertThat(quotas.usage(other)).isEqualTo(Amount.NONE);
        assertThat(quotas.projectOf(Files.createFile(tree.resolve("new")))).isEqualTo(DiskQuotas.NO_PROJECT);
    }

    @Test
    void saysThatItWasEndedEarlyAndFinishesThen() throws IOException {
        Files.createDirectories(tree.resolve("a/b/c"));
        var cancelled = CancelSignal.create();
        cancelled.cancel();
        assertThatThrownBy(() -> quotas.assign(tree, project, cancelled)).isInstanceOf(IOException.class);
        assign(tree, project);
        assertThat(quotas.usage(project).files()).isEqualTo(4);
    }

    @Test
    void othersSeeTheSame() throws IOException {
        assign(tree, project);
        quotas.limit(project, Amount.ofBytes(MEBIBYTE));
        var again = open(folder);
        assertThat(again.projectOf(tree)).isEqualTo(project);
        assertThat(again.limits(project)).isEqualTo(Amount.ofBytes(MEBIBYTE));
        assertThat(again.usage(project)).isEqualTo(quotas.usage(project));
    }

    private long usedBytes() {
        try {
            return quotas.usage(project).bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assign(Path path, int number) throws IOException {
        quotas.assign(path, number, CancelSignal.create());
    }

    private int number() {
        int number = NUMBERS.getAndIncrement();
        used.add(number);
        return number;
    }
}
