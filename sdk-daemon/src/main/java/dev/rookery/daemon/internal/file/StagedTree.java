package dev.rookery.daemon.internal.file;

import dev.rookery.api.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * New files of a server in a hidden directory, which are put in their places all together once each of them is on the disk: until then
 * nothing of them is seen, and what goes wrong leaves nothing. Each step is from the descriptor of a directory and follows no link. Used by one
 * thread; to be closed, and gone then.
 */
public final class StagedTree implements AutoCloseable {

    private static final int MODE = 0755;
    private static final int PERMISSIONS = 0777;
    private static final int OWN = 0700;

    private final Volume volume;
    private final Place place;
    private final OpenDirectory target;
    private final String path;
    private final List<String> real;
    private final Deque<Level> open = new ArrayDeque<>();
    private final List<String> at = new ArrayList<>();
    private final FileStatus status = new FileStatus();
    private boolean placing;

    private StagedTree(Volume volume, Place place, OpenDirectory target, String path) throws IOException {
        this.volume = volume;
        this.place = place;
        this.target = target;
        this.path = path;
        var names = volume.sandbox().names(place);
        this.real = names.subList(0, names.size() - 1);
    }

    /**
     * Begins.
     *
     * @param directory where the files will be; has to be there
     * @param leftover hears the path of the hidden directory before it is there
     */
    public static StagedTree begin(Volume volume, String directory, Consumer<String> leftover) throws IOException {
        var hidden = Leftovers.name();
        var place = volume.sandbox().place(PathNames.in(directory, hidden), false);
        try {
            leftover.accept(PathNames.in(directory, hidden));
            NativeWrites.createDirectory(place.descriptor(), hidden);
            return opened(volume, place, directory, hidden);
        } catch (IOException | RuntimeException e) {
            place.close();
            throw e;
        }
    }

    /**
     * Puts what an earlier process had staged in its place, as far as that was not done.
     *
     * @param path which {@link #finish} gave away
     */
    public static void takeUp(Volume volume, String path) throws IOException {
        try (var tree = staged(volume, path)) {
            if (tree != null) {
                tree.merge();
            }
        }
    }

    /** Returns what is staged at a path; null if it came to its end. */
    private static @Nullable StagedTree staged(Volume volume, String path) throws IOException {
        var place = volume.sandbox().place(path, false);
        boolean open = false;
        try {
            boolean there = NativeDirectories.status(place.descriptor(), place.name(), new FileStatus());
            if (!there || !Leftovers.is(place.name())) {
                return null;
            }
            var tree = opened(volume, place, path.substring(0, path.lastIndexOf('/')), place.name());
            open = true;
            return tree;
        } finally {
            if (!open) {
                place.close();
            }
        }
    }

    private static StagedTree opened(Volume volume, Place place, String directory, String hidden) throws IOException {
        var target = volume.sandbox().directory(directory, false);
        try {
            var tree = new StagedTree(volume, place, target, PathNames.in(directory, hidden));
            tree.open.push(new Level(new OpenDirectory(NativeFiles.openDirectoryIn(place.descriptor(), hidden)), 0));
            return tree;
        } catch (IOException | RuntimeException e) {
            target.close();
            throw e;
        }
    }

    /** Returns whether the denylist names a file of these names. */
    public boolean denied(List<String> names, boolean directory) {
        return !volume.denylist().isEmpty() && volume.denylist().denies(joined(names), directory);
    }

    /** Returns how many levels below the server's root these files will be. */
    public int depth() {
        return real.size();
    }

    /** Makes a directory, with those above it. It gets its permissions and time when others are written to. */
    public void directory(List<String> names, int mode, FileTime modified) throws IOException {
        enter(names);
        var level = open.element();
        level.mode = mode;
        level.modified = modified;
    }

    /**
     * Makes a file, with the directories above it.
     *
     * @throws FileAlreadyExistsException if there is one already
     */
    public void file(List<String> names, int mode, FileTime modified, Body body) throws IOException {
        int directory = enter(above(names));
        var name = last(names);
        int file = NativeWrites.create(directory, name);
        try {
            try (var channel = FileChannel.open(NativeFiles.path(file), StandardOpenOption.WRITE)) {
                body.writeTo(channel);
            }
            NativeWrites.setMode(file, name, mode);
            volume.ownership().set(directory, name);
            NativeWrites.setTime(directory, name, modified);
        } finally {
            NativeFiles.close(file);
        }
    }

    /**
     * Makes a link, with the directories above it. Nothing goes through it: each directory on the way to a file is opened by its own name.
     *
     * @throws FileAlreadyExistsException if there is something of that name already
     */
    public void link(List<String> names, String target, FileTime modified) throws IOException {
        int directory = enter(above(names));
        NativeWrites.createLink(directory, last(names), target);
        volume.ownership().set(directory, last(names));
        NativeWrites.setTime(directory, last(names), modified);
    }

    /**
     * Gives a file that was made here another name.
     *
     * @throws NoSuchFileException if no such file was made
     * @throws FileAlreadyExistsException if there is something of the new name already
     */
    public void hardLink(List<String> names, List<String> present) throws IOException {
        int from = directory(above(present));
        try {
            NativeWrites.createHardLink(from, last(present), enter(above(names)), last(names));
        } finally {
            NativeFiles.close(from);
        }
    }

    /**
     * Puts everything in its place, over what is there. Files are replaced one by one, each as a whole. This is not ended early any more.
     *
     * @param whole hears, when everything is on the disk and before any of it is in its place, of what {@link #takeUp} takes
     * @return how many bytes what was replaced took
     * @throws InvalidInputException if a directory is in the way of a file, or the other way round; nothing is put anywhere then
     */
    public long finish(Consumer<String> whole) throws IOException {
        leaveTo(0);
        int staged = open.element().directory.descriptor();
        NativeWrites.flushAll(staged);
        new TreeMerge(volume).check(staged, target.descriptor(), real);
        whole.accept(path);
        return merge();
    }

    /** Returns whether files may be in their places. */
    public boolean placing() {
        return placing;
    }

    private long merge() throws IOException {
        placing = true;
        return new TreeMerge(volume).run(open.element().directory.descriptor(), target.descriptor(), real);
    }

    @Override
    public void close() throws IOException {
        try (place;
                target) {
            leaveTo(0);
            open.pop().directory.close();
            // What is left of it was not wanted, or is an empty directory.
            Leftovers.remove(place);
        }
    }

    /** Goes to a directory, making what is missing; returns its descriptor, valid until the next step. */
    private int enter(List<String> names) throws IOException {
        int common = 0;
        while (common < Math.min(names.size(), at.size()) && names.get(common).equals(at.get(common))) {
            common++;
        }
        leaveTo(common);
        for (var name : names.subList(common, names.size())) {
            open.push(level(open.element().directory.descriptor(), name, names));
            at.add(name);
        }
        return open.element().directory.descriptor();
    }

    private Level level(int parent, String name, List<String> names) throws IOException {
        boolean made = true;
        try {
            NativeWrites.createDirectory(parent, name);
            volume.ownership().set(parent, name);
        } catch (FileAlreadyExistsException e) {
            made = false;
        }
        OpenDirectory directory;
        try {
            directory = new OpenDirectory(NativeFiles.openDirectoryIn(parent, name));
        } catch (NotDirectoryException e) {
            throw new FileAlreadyExistsException(String.join("/", names), null, "a file is in the way");
        }
        var level = new Level(directory, MODE);
        try {
            if (!made) {
                again(level, parent, name);
            }
            return level;
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Comes back to a directory: what is made in it must not change what is said of it. */
    private void again(Level level, int parent, String name) throws IOException {
        if (!NativeDirectories.status(parent, name, status)) {
            throw new NoSuchFileException(name);
        }
        level.mode = status.mode() & PERMISSIONS;
        level.modified = FileTime.from(status.modified());
        if ((level.mode & OWN) != OWN) {
            Files.setPosixFilePermissions(level.directory.path(), FileModes.permissions(level.mode | OWN));
        }
    }

    private void leaveTo(int depth) throws IOException {
        while (at.size() > depth) {
            var name = at.remove(at.size() - 1);
            var level = open.pop();
            try (var directory = level.directory) {
                Files.setPosixFilePermissions(directory.path(), FileModes.permissions(level.mode));
            }
            if (level.modified != null) {
                NativeWrites.setTime(open.element().directory.descriptor(), name, level.modified);
            }
        }
    }

    /** Opens a directory that was made here. */
    private int directory(List<String> names) throws IOException {
        int directory = NativeFiles.openDirectoryIn(open.getLast().directory.descriptor(), ".");
        for (var name : names) {
            int above = directory;
            try {
                directory = NativeFiles.openDirectoryIn(above, name);
            } catch (NotDirectoryException e) {
                throw new NoSuchFileException(name);
            } finally {
                NativeFiles.close(above);
            }
        }
        return directory;
    }

    private List<String> joined(List<String> names) {
        var all = new ArrayList<String>(real);
        all.addAll(names);
        return all;
    }

    private static List<String> above(List<String> names) {
        return names.subList(0, names.size() - 1);
    }

    private static String last(List<String> names) {
        return names.get(names.size() - 1);
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Body {

        /** Writes everything; the channel is closed by the caller. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /** A directory that is being written to. */
    private static final class Level {

        private final OpenDirectory directory;
        private int mode;
        private @Nullable FileTime modified;

        Level(OpenDirectory directory, int mode) {
            this.directory = directory;
            this.mode = mode;
        }
    }
}
