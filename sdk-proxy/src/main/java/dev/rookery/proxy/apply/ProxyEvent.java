package dev.rookery.proxy.apply;

import dev.rookery.api.Incubating;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.StageState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Something that happened on the way of a revision from being planned to being told to a cloud. Each says which click it came from. */
@Incubating
public sealed interface ProxyEvent {

    /** Returns the id of what caused it, for logs. */
    String correlation();

    /**
     * A change was planned and checked; it may have been refused.
     *
     * @param correlation of what caused it
     * @param plan what it would do
     */
    record Planned(String correlation, ApplyPlan plan) implements ProxyEvent {}

    /**
     * A revision was saved.
     *
     * @param correlation of what caused it
     * @param revision which one
     */
    record Saved(String correlation, RevisionHeader revision) implements ProxyEvent {}

    /**
     * The engine runs something that it was not told by us; it is replaced.
     *
     * @param correlation of what caused that it was seen
     * @param expected what we proved last
     * @param found what runs
     */
    record DriftFound(String correlation, StageState expected, Running found) implements ProxyEvent {}

    /**
     * A revision was tried on the engine; see {@link ApplyReport#outcome} for how that ended.
     *
     * @param correlation of what caused it
     * @param report how it ended
     */
    record Tried(String correlation, ApplyReport report) implements ProxyEvent {}

    /**
     * The cloud was told.
     *
     * @param correlation of what caused it
     * @param report what
     */
    record CloudTold(String correlation, CloudReport report) implements ProxyEvent {}

    /**
     * A certificate was asked for.
     *
     * @param correlation of what caused it
     * @param certificate what is there now, and why nothing new came if it did not
     */
    record CertificateTold(String correlation, CertificateState certificate) implements ProxyEvent {}

    /**
     * A certificate ends soon, or has ended, or could not be renewed. Told once for each certificate and time before its end, and once for each row of
     * failures.
     *
     * @param correlation of what caused it
     * @param file the file that it is in
     * @param names that it is for
     * @param expires when it ends
     * @param said why it was not renewed, for people; empty if nobody here renews it, or it is not known
     */
    record CertificateExpiring(String correlation, Path file, List<String> names, Instant expires, String said)
            implements ProxyEvent {

        /** Copies the names. */
        public CertificateExpiring {
            names = List.copyOf(names);
        }
    }
}
