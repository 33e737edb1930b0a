package dev.rookery.kit.net;

import java.io.IOException;

/** Thrown instead of connecting to an address that must not be reached. */
public final class RefusedAddressException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedAddressException(String message) {
        super(message);
    }
}
