package dev.rookery.daemon.internal.store;

import dev.rookery.api.ServerId;
import java.util.List;
import java.util.Optional;

/** Which project of the file system each server's files belong to. Thread-safe. */
public final class ProjectStore {

    private final Database database;

    ProjectStore(Database database) {
        this.database = database;
    }

    /** Returns a server's project. */
    public Optional<Project> find(ServerId server) {
        return query("SELECT * FROM disk_projects WHERE uuid = ?", server.toString()).stream()
                .findFirst();
    }

    /** Returns all projects. */
    public List<Project> all() {
        return query("SELECT * FROM disk_projects ORDER BY project");
    }

    /**
     * Gives a server another project, which no server ever had.
     *
     * @param first the lowest number there is
     */
    public Project add(ServerId server, int first) {
        return database.transaction(db -> {
            db.update("DELETE FROM disk_projects WHERE uuid = ?", server.toString());
            db.update(
                    "INSERT INTO disk_projects (project, uuid) VALUES (MAX(?, 1 + COALESCE((SELECT seq FROM"
                            + " sqlite_sequence WHERE name = 'disk_projects'), 0)), ?)",
                    first,
                    server.toString());
            return db.query(
                            "SELECT * FROM disk_projects WHERE uuid = ?",
                            row -> new Project(server, row.getInt("project"), false),
                            server.toString())
                    .get(0);
        });
    }

    /** Keeps that all files of a server are in its project. */
    public void setAssigned(Project project) {
        database.transaction(
                db -> db.update("UPDATE disk_projects SET assigned = 1 WHERE project = ?", project.number()));
    }

    /** Forgets which project a server has; its number is not given again. */
    public void forget(ServerId server) {
        database.transaction(db -> db.update("DELETE FROM disk_projects WHERE uuid = ?", server.toString()));
    }

    private List<Project> query(String sql, Object... values) {
        return database.transaction(db -> db.query(
                sql,
                row -> new Project(
                        ServerId.parse(row.getString("uuid")), row.getInt("project"), row.getBoolean("assigned")),
                values));
    }

    /**
     * A project.
     *
     * @param server whose files are in it
     * @param number which one it is
     * @param assigned whether all of them are
     */
    public record Project(ServerId server, int number, boolean assigned) {}
}
