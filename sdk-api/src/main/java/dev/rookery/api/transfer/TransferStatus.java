package dev.rookery.api.transfer;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How far a transfer is. An open set. Source: node API §4.6.
 *
 * @param name as on the wire
 */
public record TransferStatus(@JsonValue String name) {

    /** Waits to begin. */
    public static final TransferStatus PENDING = new TransferStatus("pending");
    /** Bytes are on their way. */
    public static final TransferStatus PROCESSING = new TransferStatus("processing");
    /** Is being ended. */
    public static final TransferStatus CANCELLING = new TransferStatus("cancelling");
    /** Was ended. */
    public static final TransferStatus CANCELLED = new TransferStatus("cancelled");
    /** Broke off. */
    public static final TransferStatus FAILED = new TransferStatus("failed");
    /** The source is done. */
    public static final TransferStatus COMPLETED = new TransferStatus("completed");
    /** The destination has the server. */
    public static final TransferStatus SUCCESS = new TransferStatus("success");
    /** The destination does not have the server. */
    public static final TransferStatus FAILURE = new TransferStatus("failure");

    /** Checks its argument. */
    @JsonCreator
    public TransferStatus {
        requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
