package dev.rookery.daemon.internal.sftp;

import dev.rookery.daemon.SftpOptions;

/**
 * What all clients of a node may take together, and what one user may take of it, so that nobody can take what others need.
 *
 * @param ofConnection channels on one connection
 * @param channels channels, each with a thread
 * @param files open files and directories
 * @param buffers bytes for channels that move much, beyond what each has for itself
 */
record Budgets(Budget ofConnection, Budget channels, Budget files, Budget buffers) {

    /** As OpenSSH has it. */
    private static final int CHANNELS_OF_CONNECTION_MAX = 10;

    static Budgets of(SftpOptions options) {
        return new Budgets(
                new Budget(options.maxChannels(), CHANNELS_OF_CONNECTION_MAX),
                new Budget(options.maxChannels(), options.maxChannelsPerUser()),
                new Budget(options.maxOpenFiles(), options.maxOpenFilesPerUser()),
                new Budget(options.maxBufferBytes(), options.maxBufferBytesPerUser()));
    }
}
