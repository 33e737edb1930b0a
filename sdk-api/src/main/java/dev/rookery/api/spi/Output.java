package dev.rookery.api.spi;

/** Hears the bytes that a process prints. */
public interface Output {

    /**
     * Hears some bytes.
     *
     * @param buffer valid during the call
     * @param length how many
     */
    void bytes(byte[] buffer, int length);

    /** Hears that no more will come. */
    default void end() {}
}
