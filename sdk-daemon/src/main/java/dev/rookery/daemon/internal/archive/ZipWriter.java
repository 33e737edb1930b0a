package dev.rookery.daemon.internal.archive;

import dev.rookery.daemon.internal.file.NameBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Writes zip, with what Unix knows of files. It has no hard links: each name gets a file of its own. */
final class ZipWriter implements ArchiveWriter {

    private static final int LINK = 0120000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;

    private final ZipArchiveOutputStream zip;

    /**
     * Creates it.
     *
     * @param channel is closed with this
     */
    ZipWriter(SeekableByteChannel channel) throws IOException {
        this.zip = new ZipArchiveOutputStream(channel);
        zip.setEncoding(StandardCharsets.UTF_8.name());
        zip.setUseLanguageEncodingFlag(true);
        zip.setUseZip64(Zip64Mode.AsNeeded);
    }

    @Override
    public boolean hardLinks() {
        return false;
    }

    @Override
    public boolean anyName() {
        return false;
    }

    @Override
    public void entry(Entry entry) throws IOException {
        boolean directory = entry.kind() == Entry.Kind.DIRECTORY;
        var named = NameBytes.of(entry.target());
        var target = Arrays.copyOf(named, named.length - 1);
        put(entry, directory ? entry.name() + "/" : entry.name(), directory ? DIRECTORY : LINK, target.length);
        zip.write(target);
        zip.closeArchiveEntry();
    }

    @Override
    public void file(Entry entry, SparseMap map, InputStream content) throws IOException {
        put(entry, entry.name(), REGULAR, entry.sizeBytes());
        content.transferTo(zip);
        zip.closeArchiveEntry();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private void put(Entry entry, String name, int type, long size) throws IOException {
        var record = new ZipArchiveEntry(name);
        record.setUnixMode(type | entry.mode());
        record.setLastModifiedTime(entry.modified());
        record.setSize(size);
        zip.putArchiveEntry(record);
    }
}
