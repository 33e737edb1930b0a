package dev.rookery.daemon.internal.sftp;

import dev.rookery.daemon.internal.file.FileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes the line of a directory that clients show as it is: what {@code ls -l} would. */
final class LongName {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM ppd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("MMM ppd  uuuu", Locale.ROOT);
    private static final long RECENT_SECONDS = 182L * 86_400;
    private static final int TYPE_SHIFT = 12;
    private static final String TYPES = "?pc?d?b?-?l?s???";

    private LongName() {}

    static String of(String name, FileAttributes status, Instant now) {
        var modified = Instant.ofEpochSecond(status.modifiedSeconds()).atOffset(ZoneOffset.UTC);
        long age = now.getEpochSecond() - status.modifiedSeconds();
        return String.format(
                Locale.ROOT,
                "%s %4d %-8d %-8d %8d %s %s",
                mode(status.mode()),
                status.links(),
                status.uid(),
                status.gid(),
                status.sizeBytes(),
                (age >= 0 && age < RECENT_SECONDS ? TIME : YEAR).format(modified),
                shown(name));
    }

    /** As {@code ls} has it on a terminal: no name ends the line. */
    private static String shown(String name) {
        if (name.chars().noneMatch(Character::isISOControl)) {
            return name;
        }
        var text = new StringBuilder(name.length());
        name.chars().forEach(c -> text.append(Character.isISOControl(c) ? '?' : (char) c));
        return text.toString();
    }

    private static String mode(int mode) {
        var text = new StringBuilder().append(TYPES.charAt(mode >> TYPE_SHIFT & 0xf));
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return text.toString();
    }
}
