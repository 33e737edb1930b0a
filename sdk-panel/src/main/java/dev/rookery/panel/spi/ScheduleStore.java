package dev.rookery.panel.spi;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.panel.schedule.Schedule;
import dev.rookery.panel.schedule.ScheduleRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Schedules and their runs; they go with their server. Each method is one atomic change, see {@link PanelStore}.
 *
 * <p>A schedule has <em>at most one</em> run under way. It is due when that run has waited long enough, or, without a run, when it is
 * enabled and its next time has come. Whoever carries it out claims it under a lease with a name of its own; nobody else gets it before
 * it is given back or the lease has run out. The contract are the tests {@code ScheduleStoreContract} and
 * {@code ScheduleRunStoreContract} of {@code dev.rookery.testing.panel}.
 */
public interface ScheduleStore {

    /**
     * Adds a schedule.
     *
     * @param limit how many its server may have
     * @throws PanelException {@code SERVER_NOT_FOUND}; {@code TOO_MANY_SCHEDULES}
     */
    void add(Schedule schedule, int limit);

    /** Returns one schedule. */
    Optional<Schedule> find(UUID id);

    /** Returns a server's schedules, ordered by when they were added, then by id. */
    List<Schedule> list(ServerId server);

    /**
     * Replaces what somebody decides about a schedule: spec, author, time of change and next time. Its run and its claim stay.
     *
     * @param changed with the version that it was read with
     * @return as stored, with the next version
     * @throws PanelException {@code SCHEDULE_NOT_FOUND}; {@code SCHEDULE_CHANGED} if it has another version by now
     */
    Schedule change(Schedule changed);

    /**
     * Removes a schedule with its runs.
     *
     * @return whether there was one
     */
    boolean delete(UUID id);

    /**
     * Begins a run out of turn; it is due at once, also while the schedule is disabled.
     *
     * @param run not ended
     * @throws PanelException {@code SCHEDULE_NOT_FOUND}; {@code SCHEDULE_BUSY} if there is a run under way
     */
    void request(ScheduleRun run);

    /**
     * Claims the schedule that has been due for the longest time and is not claimed, or whose lease has run out. Of several callers at one time,
     * each schedule goes to at most one.
     *
     * @param lease a name nobody used before
     * @param now the present time
     * @param until when the lease runs out
     * @param busy nodes that have no time for more: schedules of servers that are on them are passed over
     */
    Optional<ClaimedSchedule> claim(String lease, Instant now, Instant until, Set<NodeId> busy);

    /**
     * Prolongs a claim.
     *
     * @return false if the schedule is no longer claimed under this lease
     */
    boolean renew(ClaimedSchedule claimed, Instant until);

    /**
     * Puts down the run of a time that has come, and the next time: both or neither. A run that has ended already goes into the history, and the
     * claim is given back; another one is under way then, and the claim stays.
     *
     * @param claimed as {@link #claim} returned it, without a run
     * @param run the new run
     * @param nextRunAt the next time; empty for none
     * @param keep how many ended runs of the schedule are kept
     * @return false if it is no longer claimed under this lease, or was changed or given a run since; the claim is given back then
     */
    boolean begin(ClaimedSchedule claimed, ScheduleRun run, Optional<Instant> nextRunAt, int keep);

    /**
     * Keeps a run's progress; the claim stays.
     *
     * @param claimed as {@link #claim} returned it
     * @return false if it is no longer claimed under this lease
     */
    boolean save(ClaimedSchedule claimed, ScheduleRun run);

    /**
     * Keeps a run's progress and gives the claim back.
     *
     * @param claimed as {@link #claim} returned it
     * @param until when the run goes on
     * @return false if it is no longer claimed under this lease
     */
    boolean rest(ClaimedSchedule claimed, ScheduleRun run, Instant until);

    /**
     * Puts an ended run into the history and gives the claim back.
     *
     * @param claimed as {@link #claim} returned it
     * @param run the ended run
     * @param keep how many ended runs of the schedule are kept, the newest ones
     * @return false if it is no longer claimed under this lease
     */
    boolean finish(ClaimedSchedule claimed, ScheduleRun run, int keep);

    /** Returns the last runs of a schedule, the newest first, with the one that is under way. */
    List<ScheduleRun> runs(UUID schedule, int limit);
}
