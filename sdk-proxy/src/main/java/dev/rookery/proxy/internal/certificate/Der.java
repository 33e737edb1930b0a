package dev.rookery.proxy.internal.certificate;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The little of DER that keys of older forms need. Without state. */
final class Der {

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};
    private static final int LONG = 0x80;

    private Der() {}

    /**
     * Returns a key in the form of PKCS #8.
     *
     * @param owner the public key that it should belong to, in the form of X.509: what kind of key it is stands there in the same words
     * @param key in the form of its kind, PKCS #1 or SEC 1
     */
    static byte[] privateKey(byte[] owner, byte[] key) {
        int start = header(owner, 0);
        int end = header(owner, start) + length(owner, start);
        var body = new ByteArrayOutputStream();
        body.writeBytes(VERSION);
        body.writeBytes(Arrays.copyOfRange(owner, start, end));
        body.writeBytes(item(OCTETS, key));
        return item(SEQUENCE, body.toByteArray());
    }

    /** Returns where what is in an item begins. */
    private static int header(byte[] bytes, int at) {
        int first = bytes[at + 1] & 0xff;
        return at + 2 + (first < LONG ? 0 : first - LONG);
    }

    private static int length(byte[] bytes, int at) {
        int first = bytes[at + 1] & 0xff;
        if (first < LONG) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < first - LONG; i++) {
            length = length << 8 | (bytes[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static byte[] item(int tag, byte[] content) {
        var item = new ByteArrayOutputStream();
        item.write(tag);
        if (content.length < LONG) {
            item.write(content.length);
        } else {
            // Two bytes do for every key that there is.
            item.write(LONG + 2);
            item.write(content.length >> 8);
            item.write(content.length);
        }
        item.writeBytes(content);
        return item.toByteArray();
    }
}
