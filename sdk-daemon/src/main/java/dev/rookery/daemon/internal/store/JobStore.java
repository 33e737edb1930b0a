package dev.rookery.daemon.internal.store;

import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.file.FileJob;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Jobs with servers' files: those that are under way, and those that ended lately. Thread-safe. */
public final class JobStore {

    private final Database database;

    JobStore(Database database) {
        this.database = database;
    }

    /** Adds a job. */
    public void add(ServerId server, FileJob job) {
        database.transaction(db -> db.update(
                "INSERT INTO file_jobs (id, server, job, ended) VALUES (?, ?, ?, NULL)",
                job.id(),
                server.toString(),
                WireJson.writeText(job)));
    }

    /** Keeps how far a job is; one that is not there any more stays so. */
    public void save(FileJob job) {
        database.transaction(db -> {
            db.update(
                    "UPDATE file_jobs SET job = ?, ended = ? WHERE id = ?",
                    WireJson.writeText(job),
                    job.ended().map(Instant::toEpochMilli).orElse(null),
                    job.id());
            return job.state().ended() ? db.update("DELETE FROM file_job_leftovers WHERE job = ?", job.id()) : 0;
        });
    }

    /** Keeps the path of a file that is to go if the node ends before the job does. */
    public void addLeftover(FileJob job, String path) {
        database.transaction(
                db -> db.update("INSERT INTO file_job_leftovers (job, path) VALUES (?, ?)", job.id(), path));
    }

    /** Keeps that what is at a path of a job is whole. */
    public void setWhole(FileJob job, String path) {
        database.transaction(
                db -> db.update("UPDATE file_job_leftovers SET whole = 1 WHERE job = ? AND path = ?", job.id(), path));
    }

    /** Returns the jobs of a server, the newest first. */
    public List<FileJob> of(ServerId server) {
        return database.transaction(db -> db.query(
                "SELECT job FROM file_jobs WHERE server = ? ORDER BY number DESC",
                row -> WireJson.read(row.getString("job"), FileJob.class),
                server.toString()));
    }

    /** Returns the jobs that have not ended, with what they may have left. */
    public List<Unfinished> unfinished() {
        return database.transaction(db -> db.query(
                "SELECT id, server, job FROM file_jobs WHERE ended IS NULL ORDER BY number",
                row -> new Unfinished(
                        ServerId.parse(row.getString("server")),
                        WireJson.read(row.getString("job"), FileJob.class),
                        paths(db, row.getString("id"), false),
                        paths(db, row.getString("id"), true))));
    }

    private static List<String> paths(Database db, String job, boolean whole) throws SQLException {
        return db.query(
                "SELECT path FROM file_job_leftovers WHERE job = ? AND whole >= ?",
                leftover -> String.valueOf(leftover.getString("path")),
                job,
                whole ? 1 : 0);
    }

    /** Forgets the ended jobs of a server but the newest so many, and of all servers those that ended before a time. */
    public void prune(ServerId server, int kept, Instant before) {
        database.transaction(db -> {
            db.update(
                    "DELETE FROM file_jobs WHERE server = ? AND ended IS NOT NULL AND number NOT IN (SELECT number FROM"
                            + " file_jobs WHERE server = ? AND ended IS NOT NULL ORDER BY number DESC LIMIT ?)",
                    server.toString(),
                    server.toString(),
                    kept);
            return db.update("DELETE FROM file_jobs WHERE ended < ?", before.toEpochMilli());
        });
    }

    /** Forgets all jobs of a server. */
    public void forget(ServerId server) {
        database.transaction(db -> {
            db.update(
                    "DELETE FROM file_job_leftovers WHERE job IN (SELECT id FROM file_jobs WHERE server = ?)",
                    server.toString());
            return db.update("DELETE FROM file_jobs WHERE server = ?", server.toString());
        });
    }

    /**
     * A job that has not ended.
     *
     * @param server whose files it is about
     * @param job how it was stored last
     * @param leftovers paths of files that it may have left
     * @param whole those of them where its work is done and only has to go to its place
     */
    public record Unfinished(ServerId server, FileJob job, List<String> leftovers, List<String> whole) {}
}
