package dev.rookery.wings;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Content;
import dev.rookery.api.backup.BackupId;
import dev.rookery.wings.internal.SignedCalls;
import java.util.List;

/**
 * Signed URLs of one server, for browsers, and their use from here. Made without asking the node; good for 15 minutes. Immutable and
 * thread-safe. Source: node API §2.8.
 *
 * <p>Nodes take a URL for a file or a backup once, or a few times in a row; one for uploads takes one request. A node answers the same to
 * a URL that was used before and to one whose file is gone.
 */
public final class SignedUrls {

    private final SignedCalls calls;

    SignedUrls(SignedCalls calls) {
        this.calls = calls;
    }

    /** Returns where a browser loads a file. Needs {@code file.read-content}. */
    public SignedUrl download(String path) {
        return calls.download(requireNonNull(path, "path"));
    }

    /** Returns where a browser loads a backup on the node's disk. Needs {@code backup.download}. */
    public SignedUrl backup(BackupId backup) {
        return calls.backup(requireNonNull(backup, "backup"));
    }

    /**
     * Returns where a browser posts files to, as {@code multipart/form-data} in fields named {@code files}. Needs {@code file.create}.
     *
     * @param directory where they go; a browser may choose another one, since the token does not hold it
     */
    public SignedUrl upload(String directory) {
        return calls.upload(requireNonNull(directory, "directory"));
    }

    /**
     * Loads what a signed URL of this node leads to.
     *
     * @return to be closed by the caller
     * @throws dev.rookery.api.DeniedException if the URL has expired
     * @throws dev.rookery.api.NotFoundException if there is nothing there, or the URL was used before
     */
    public Content open(SignedUrl url) {
        return calls.open(requireNonNull(url, "url"));
    }

    /**
     * Sends files to a signed URL for uploads, one after the other, without holding them in memory.
     *
     * @param files are closed by this call, whatever happens
     * @throws dev.rookery.api.InvalidInputException if one is larger than the node takes
     */
    public void send(SignedUrl url, List<Upload> files) {
        calls.send(requireNonNull(url, "url"), List.copyOf(files));
    }

    /**
     * A file to send.
     *
     * @param name its name; Go daemons look at what is behind the last slash only
     * @param content what is in it
     */
    public record Upload(String name, Content content) {

        /** Checks its arguments. */
        public Upload {
            requireNonNull(name, "name");
            requireNonNull(content, "content");
        }
    }
}
