package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** Reads what is compressed and no archive: one file. */
final class SingleReader implements ArchiveReader {

    private final InputStream in;
    private final Entry entry;
    private boolean given;

    SingleReader(InputStream in, String name, FileTime modified) {
        this.in = in;
        this.entry = Entry.file(name, Entry.FILE_MODE, modified, -1);
    }

    @Override
    public @Nullable Entry next() {
        if (given) {
            return null;
        }
        given = true;
        return entry;
    }

    @Override
    public InputStream content() {
        return in;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
