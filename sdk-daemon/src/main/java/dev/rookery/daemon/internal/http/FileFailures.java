package dev.rookery.daemon.internal.http;

import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import java.util.Locale;

/** What is said of failures around files, in the words of the protocol. Immutable. Source: node API §1.5. */
final class FileFailures {

    static final String NO_SUCH_FILE = "The requested resources was not found on the system.";
    static final String IS_DIRECTORY = "Cannot perform that action: file is a directory.";

    private static final String NO_SUCH_DIRECTORY = "The requested directory was not found on the server.";
    private static final String NO_FILE = "Cannot open files of this type.";
    private static final String DENIED = "This file cannot be modified: present in egg denylist.";
    private static final String DISK_FULL = "There is not enough disk space available to perform that action.";
    private static final String NAME_TOO_LONG = "Cannot perform that action: file name is too long.";

    private final Manner manner;

    FileFailures(Manner manner) {
        this.manner = manner;
    }

    /** Returns the answer to a failure that the call does not know better. */
    Response general(RookeryException failure, Request request) {
        if (failure instanceof NotFoundException) {
            return missing(failure, NO_SUCH_FILE, request);
        }
        if (failure instanceof DeniedException) {
            // The panel may do everything, so that it can only be the file.
            return Failures.said(403, DENIED, failure, request);
        }
        if (failure instanceof InvalidInputException) {
            return Failures.said(400, text(failure), failure, request);
        }
        return Failures.response(failure, request);
    }

    /** Returns the answer to the question for a directory that is not there. */
    Response noDirectory(NotFoundException failure, Request request) {
        return manner.tellsMissingFiles()
                ? Failures.said(404, NO_SUCH_DIRECTORY, failure)
                : missing(failure, NO_SUCH_DIRECTORY, request);
    }

    /** Returns the text for an input that is refused: the protocol's where it has one. */
    static String text(RookeryException failure) {
        var message = String.valueOf(failure.getMessage());
        var lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("is a directory")) {
            return IS_DIRECTORY;
        }
        if (lower.contains("is a link, a pipe or a device")) {
            return NO_FILE;
        }
        if (lower.contains("disk space")) {
            return DISK_FULL;
        }
        return lower.contains("name is too long") ? NAME_TOO_LONG : message;
    }

    /** Returns whether a path was refused that leads out of the server's files, whatever was to be done there. */
    static boolean leadsOut(RookeryException failure) {
        return String.valueOf(failure.getMessage()).endsWith("(expected: a path inside the server's files)");
    }

    private Response missing(RookeryException failure, String text, Request request) {
        return manner.tellsMissingFiles()
                ? Failures.said(404, text, failure, request)
                : Failures.said(500, Failures.UNEXPECTED, failure, request);
    }
}
