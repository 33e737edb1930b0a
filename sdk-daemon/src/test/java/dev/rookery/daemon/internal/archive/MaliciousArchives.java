package dev.rookery.daemon.internal.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Archives that somebody made to do harm: each class of attack, in each format that can carry it. */
final class MaliciousArchives {

    /** What is refused, by the words that the message has to contain. */
    private static final Map<String, Attack> ATTACKS = attacks();

    private static final int LINK = 0120000;

    private MaliciousArchives() {}

    /**
     * An entry of an attack.
     *
     * @param type as in tar: 0 file, 1 hard link, 2 link, 3 device, 5 directory, 6 pipe
     * @param target of a link
     * @param content of a file
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Item(String name, char type, String target, byte[] content) {

        static Item file(String name) {
            return new Item(name, '0', "", "content".getBytes(StandardCharsets.UTF_8));
        }

        static Item link(String name, String target) {
            return new Item(name, '2', target, new byte[0]);
        }

        static Item hardLink(String name, String target) {
            return new Item(name, '1', target, new byte[0]);
        }
    }

    /**
     * An attack.
     *
     * @param words which the refusal says
     * @param items in this order
     */
    record Attack(String words, List<Item> items) {}

    static Map<String, Attack> all() {
        return ATTACKS;
    }

    private static Map<String, Attack> attacks() {
        var attacks = new TreeMap<String, Attack>();
        put(attacks, "a way up (zip slip)", "leads out", Item.file("../outside.txt"));
        put(attacks, "a way down and up", "leads out", Item.file("a/b/../../../outside.txt"));
        put(attacks, "an absolute path", "absolute", Item.file("/tmp/rookery-outside.txt"));
        put(attacks, "a name too long", "file name of more than", Item.file("x".repeat(256)));
        put(attacks, "a path too long", "a path of more than", Item.file("d/".repeat(2100) + "x"));
        put(attacks, "a path too deep", "levels deep", Item.file("d/".repeat(200) + "x"));
        put(attacks, "a name twice", "twice", Item.file("a.txt"), Item.file("a.txt"));
        put(attacks, "a name twice, otherwise spelled", "twice", Item.file("a.txt"), Item.file("./a.txt"));
        put(attacks, "a file below a file", "below a file", Item.file("a"), Item.file("a/b"));
        put(
                attacks,
                "a file through a link (GHSA-rhq6)",
                "twice",
                Item.link("link", "."),
                Item.file("link/through.txt"));
        put(attacks, "a hard link out (CVE-2023-25152)", "leads out", Item.hardLink("link", "../outside.txt"));
        put(attacks, "an absolute hard link", "absolute", Item.hardLink("link", "/etc/passwd"));
        put(attacks, "a hard link to what is not in it", "not before it", Item.hardLink("link", "server.jar"));
        put(
                attacks,
                "a hard link through a link",
                "not before it",
                Item.link("link", "."),
                Item.hardLink("second", "link/server.jar"));
        put(attacks, "a device", "a device", new Item("device", '3', "", new byte[0]));
        put(attacks, "a pipe", "a device", new Item("pipe", '6', "", new byte[0]));
        return attacks;
    }

    private static void put(Map<String, Attack> attacks, String name, String words, Item... items) {
        attacks.put(name, new Attack(words, List.of(items)));
    }

    /** Links that lead out, or may do so. */
    static List<Item> linksOut() {
        return List.of(
                Item.link("up", "../../etc"),
                Item.link("absolute", "/etc/passwd"),
                Item.link("down-and-up", "a/../../etc"),
                Item.link("home-and-up", "/home/container/../../etc"),
                Item.link("empty", ""));
    }

    /** Writes entries as they are, whatever they say. */
    static byte[] tar(List<Item> items) {
        return made(bytes -> {
            try (var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                for (var item : items) {
                    var entry = new TarArchiveEntry(item.name(), (byte) item.type(), true);
                    entry.setLinkName(item.target());
                    entry.setSize(item.content().length);
                    tar.putArchiveEntry(entry);
                    tar.write(item.content());
                    tar.closeArchiveEntry();
                }
            }
        });
    }

    static byte[] zip(List<Item> items) {
        return made(bytes -> {
            try (var zip = new ZipArchiveOutputStream(bytes)) {
                for (var item : items) {
                    var entry = new ZipArchiveEntry(item.name());
                    var content = item.type() == '2' ? item.target().getBytes(StandardCharsets.UTF_8) : item.content();
                    entry.setUnixMode(
                            switch (item.type()) {
                                case '2' -> LINK | 0777;
                                case '3' -> 0020644;
                                case '6' -> 0010644;
                                default -> 0100644;
                            });
                    zip.putArchiveEntry(entry);
                    zip.write(content);
                    zip.closeArchiveEntry();
                }
            }
        });
    }

    static byte[] sevenZip(List<Item> items) {
        try (var channel = new SeekableInMemoryByteChannel()) {
            try (var file = new SevenZOutputFile(channel)) {
                for (var item : items) {
                    var entry = new SevenZArchiveEntry();
                    entry.setName(item.name());
                    int mode = switch (item.type()) {
                        case '2' -> LINK | 0777;
                        case '3' -> 0020644;
                        case '6' -> 0010644;
                        default -> 0100644;
                    };
                    entry.setHasWindowsAttributes(true);
                    entry.setWindowsAttributes(0x8000 | mode << 16);
                    file.putArchiveEntry(entry);
                    file.write(item.type() == '2' ? item.target().getBytes(StandardCharsets.UTF_8) : item.content());
                    file.closeArchiveEntry();
                }
            }
            return Arrays.copyOf(channel.array(), (int) channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(byte[] content) {
        return made(bytes -> {
            try (var gzip = new GZIPOutputStream(bytes)) {
                gzip.write(content);
            }
        });
    }

    /** A zip whose many entries are all the same compressed bytes. */
    static byte[] overlapping(int entries) {
        var one = zip(List.of(new Item("a", '0', "", new byte[1 << 20])));
        var bytes = ByteBuffer.wrap(one).order(ByteOrder.LITTLE_ENDIAN);
        int end = one.length - 22;
        int directory = bytes.getInt(end + 16);
        int length = bytes.getInt(end + 12);
        return made(out -> {
            out.write(one, 0, directory);
            for (int i = 0; i < entries; i++) {
                out.write(one, directory, length);
            }
            var last = ByteBuffer.wrap(Arrays.copyOfRange(one, end, one.length)).order(ByteOrder.LITTLE_ENDIAN);
            last.putShort(8, (short) entries).putShort(10, (short) entries).putInt(12, length * entries);
            out.write(last.array());
        });
    }

    /** A zip whose directory calls a file otherwise than the file's own header. */
    static byte[] twoNames() {
        var zip = zip(List.of(Item.file("inner.txt")));
        var text = new String(zip, StandardCharsets.ISO_8859_1);
        int own = text.indexOf("inner.txt");
        zip[own] = 'o';
        return zip;
    }

    /** A tar whose header says that a name of a gigabyte follows. */
    static byte[] hugeName() {
        return made(bytes -> {
            try (var tar = new TarArchiveOutputStream(bytes)) {
                tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                var entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
                entry.setSize(16 << 20);
                tar.putArchiveEntry(entry);
                tar.write(new byte[16 << 20]);
                tar.closeArchiveEntry();
            }
        });
    }

    static byte[] made(Body body) {
        var bytes = new ByteArrayOutputStream();
        try {
            body.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }
}
