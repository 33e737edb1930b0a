package dev.rookery.daemon.internal.file;

import java.time.Instant;
import java.util.List;

/** Remembers the files that come in pieces, and how far they are. What a method has written when it returns survives a power cut. Thread-safe. */
public interface UploadJournal {

    /** Returns all of them; one that makes no sense is left out. */
    List<StoredUpload> all();

    /** Adds one. */
    void add(StoredUpload upload);

    /** Keeps how far one is. */
    void advance(String id, long arrivedBytes, boolean placed, Instant expires);

    /** Forgets one. */
    void remove(String id);
}
