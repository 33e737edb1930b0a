package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
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
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * New files of a server in a hidden directory, which are put in their places all together once each of them is on the disk: until then
 * nothing of them is seen, and what goes wrong leaves nothing. Each step is from the descriptor of a directory and follows no link. Used by one
 * thread; to be closed, and gone then.
 */
public final class StagedTree implements AutoCloseable {

    private final Volume volume;
    private final Place place;
    private final OpenDirectory target;
    private final List<String> real;
    private final Deque<OpenDirectory> open = new ArrayDeque<>();
    private final List<String> at = new ArrayList<>();
    private final List<Attributes> directories = new ArrayList<>();

    private StagedTree(Volume volume, Place place, OpenDirectory target) throws IOException {
        this.volume = volume;
        this.place = place;
        this.target = target;
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
            var tree = new StagedTree(volume, place, volume.sandbox().directory(directory, false));
            tree.open.push(new OpenDirectory(NativeFiles.openDirectoryIn(place.descriptor(), hidden)));
            return tree;
        } catch (IOException | RuntimeException e) {
            place.close();
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

    /** Makes a directory, with those above it. Its permissions and time are set at the end. */
    public void directory(List<String> names, int mode, FileTime modified) throws IOException {
        enter(names);
        directories.add(new Attributes(List.copyOf(names), mode, modified));
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
     * Makes a link, with the directories above it. To be called when all files are there: nothing goes through it.
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
        int from = NativeFiles.openDirectoryIn(enter(above(present)), ".");
        try {
            NativeWrites.createHardLink(from, last(present), enter(above(names)), last(names));
        } finally {
            NativeFiles.close(from);
        }
    }

    /**
     * Puts everything in its place, over what is there. Files are replaced one by one, each as a whole.
     *
     * @return how many bytes what was replaced took
     * @throws InvalidInputException if a directory is in the way of a file, or the other way round; nothing is put anywhere then
     */
    public long finish(CancelSignal cancel) throws IOException {
        // The deepest first: what is made in a directory changes its time.
        Collections.reverse(directories);
        for (var made : directories) {
            int directory = enter(above(made.names()));
            try (var same = new OpenDirectory(NativeFiles.openDirectoryIn(directory, last(made.names())))) {
                Files.setPosixFilePermissions(same.path(), FileModes.permissions(made.mode()));
            }
            NativeWrites.setTime(directory, last(made.names()), made.modified());
        }
        leaveTo(0);
        int staged = open.element().descriptor();
        NativeWrites.flushAll(staged);
        var merge = new TreeMerge(volume, cancel);
        merge.check(staged, target.descriptor(), real);
        return merge.run(staged, target.descriptor(), real);
    }

    @Override
    public void close() throws IOException {
        leaveTo(0);
        open.pop().close();
        try (place;
                target) {
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
            int parent = open.element().descriptor();
            try {
                NativeWrites.createDirectory(parent, name);
                volume.ownership().set(parent, name);
                allow(parent, name);
            } catch (FileAlreadyExistsException ignored) {
                // Whether it is a directory is seen when it is opened.
            }
            try {
                open.push(new OpenDirectory(NativeFiles.openDirectoryIn(parent, name)));
            } catch (NotDirectoryException e) {
                throw new FileAlreadyExistsException(String.join("/", names), null, "a file is in the way");
            }
            at.add(name);
        }
        return open.element().descriptor();
    }

    private static void allow(int parent, String name) throws IOException {
        try (var made = new OpenDirectory(NativeFiles.openDirectoryIn(parent, name))) {
            Files.setPosixFilePermissions(made.path(), FileModes.permissions(0755));
        }
    }

    private void leaveTo(int depth) {
        while (at.size() > depth) {
            at.remove(at.size() - 1);
            open.pop().close();
        }
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

    private record Attributes(List<String> names, int mode, FileTime modified) {}
}
