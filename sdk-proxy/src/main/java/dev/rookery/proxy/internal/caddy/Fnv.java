package dev.rookery.proxy.internal.caddy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** FNV-1a of 32 bits: by it Caddy 2.6 marks what it runs. */
final class Fnv {

    private static final int START = 0x811c9dc5;
    private static final int PRIME = 0x01000193;

    private Fnv() {}

    static String hash(String text) {
        int hash = START;
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (next & 0xff)) * PRIME;
        }
        return HexFormat.of().toHexDigits(hash);
    }
}
