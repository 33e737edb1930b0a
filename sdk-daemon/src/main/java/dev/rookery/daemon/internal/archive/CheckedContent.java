package dev.rookery.daemon.internal.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** The content of a file in a zip, whose length and checksum have to be what its record says. */
final class CheckedContent extends FilterInputStream {

    private final ZipRecord record;
    private final CRC32 crc = new CRC32();
    private long count;

    CheckedContent(InputStream in, ZipRecord record) {
        super(in);
        this.record = record;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            crc.update(buffer, offset, read);
            count += read;
            if (count > record.sizeBytes()) {
                throw new ArchiveRefusedException(Guard.about(record.text()) + "more than the " + record.sizeBytes()
                        + " bytes that it is said to have");
            }
        } else if (read < 0 && (count != record.sizeBytes() || (int) crc.getValue() != record.crc())) {
            throw new ArchiveRefusedException(Guard.about(record.text()) + "damaged: its checksum does not fit");
        }
        return read;
    }
}
