package dev.rookery.api.dialect;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.PermissionTranslation;
import dev.rookery.api.permission.Permissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How each dialect names what the users of a server may do. Names of our own are Pterodactyl's; what only Calagopus has is named as there,
 * with the group in the singular. Source: panel public API §5.
 */
public final class PermissionDialect {

    private static final String CONNECT = Permission.CONNECT.name();
    private static final String READ_CONSOLE = "control.read-console";
    private static final String MOUNT_UPDATE = "mount.update";
    private static final Set<String> MOUNT_BOTH = Set.of("mount.attach", "mount.detach");

    /** Given by the system, never to be assigned. */
    private static final Set<String> SYSTEM =
            Permissions.administrator().toList().stream().collect(Collectors.toUnmodifiableSet());

    private static final List<String> COMMON = names(
            "websocket: connect",
            "control: console start stop restart",
            "user: create read update delete",
            "file: create read read-content update delete archive sftp",
            "backup: create read delete download restore",
            "allocation: read create update delete",
            "startup: read update docker-image",
            "database: create read update delete",
            "schedule: create read update delete",
            "settings: rename reinstall",
            "activity: read");

    private static final List<String> PTERODACTYL = plus("database: view_password");
    private static final List<String> PELICAN =
            plus("database: view-password", "settings: description change-icon", "mount: read update");
    private static final List<String> CALAGOPUS = names(
            "websocket: connect",
            "control: read-console console start stop restart",
            "subusers: create read update delete",
            "files: create read read-content query-raw update delete archive sftp",
            "backups: create read download restore update delete",
            "backup-groups: create read update delete",
            "schedules: create read update delete",
            "allocations: read create update delete",
            "startup: read update command docker-image",
            "databases: create read read-password update recreate delete",
            "database-instances: create read update apply-update delete power logs databases users recreate"
                    + " query-raw edit-rows edit-structure delete-structure import export",
            "mounts: attach read detach",
            "settings: rename timezone auto-kill auto-start install cancel-install",
            "activity: read read-ip");

    private static final Map<String, String> SINGULAR = Map.ofEntries(
            entry("subusers", "user"),
            entry("files", "file"),
            entry("backups", "backup"),
            entry("schedules", "schedule"),
            entry("allocations", "allocation"),
            entry("databases", "database"),
            entry("mounts", "mount"));

    private static final Map<String, String> RENAMED = Map.of(
            "database.view-password", "database.view_password",
            "database.read-password", "database.view_password",
            "settings.install", "settings.reinstall");

    private static final Set<String> KNOWN = known();

    private final List<String> all;
    private final Map<String, String> spelling = new HashMap<>();

    private PermissionDialect(Dialect dialect) {
        this.all = all(dialect);
        all.forEach(name -> spelling.put(ours(name), name));
    }

    /** Returns the permissions of one dialect. Flamingo's are Pterodactyl's, those of Nexus are Pelican's. */
    public static PermissionDialect of(Dialect dialect) {
        return new PermissionDialect(requireNonNull(dialect, "dialect"));
    }

    /** Returns every permission that can be given to a user, in this dialect's spelling and order. */
    public List<String> assignable() {
        return all;
    }

    /** Reads names of any dialect. Names that are not known are kept. */
    public static Permissions read(Collection<String> names) {
        return Permissions.parse(names.stream().map(PermissionDialect::ours).collect(Collectors.toSet()));
    }

    /** Returns how this dialect spells a permission; as it is if this dialect does not have it. */
    public String spell(Permission permission) {
        return spelling.getOrDefault(permission.name(), permission.name());
    }

    /**
     * Returns what permissions of this dialect are in another one.
     *
     * @param names in this dialect's spelling
     * @param target the other dialect
     */
    public PermissionTranslation translate(Collection<String> names, PermissionDialect target) {
        var held = new TreeSet<String>();
        names.forEach(name -> held.add(ours(name)));
        var gained = new ArrayList<String>();
        console(held, target, gained);
        mounts(held, target);
        var translated = new TreeSet<String>();
        var lost = new TreeSet<String>();
        for (var name : held) {
            if (target.spelling.containsKey(name)) {
                translated.add(target.spelling.get(name));
            } else if (SYSTEM.contains(name) || !KNOWN.contains(name)) {
                translated.add(name);
            } else {
                lost.add(spell(new Permission(name)));
            }
        }
        return new PermissionTranslation(List.copyOf(translated), List.copyOf(lost), gained);
    }

    /** Who may connect may read, except with Calagopus, where that is a permission of its own. */
    private void console(Set<String> held, PermissionDialect target, List<String> gained) {
        boolean here = spelling.containsKey(READ_CONSOLE);
        boolean there = target.spelling.containsKey(READ_CONSOLE);
        if (here == there || !held.contains(CONNECT)) {
            return;
        }
        if (there) {
            held.add(READ_CONSOLE);
        } else if (!held.remove(READ_CONSOLE) && !held.contains("*")) {
            gained.add(READ_CONSOLE);
        }
    }

    /** What Pelican gives in one, Calagopus gives in two. */
    private void mounts(Set<String> held, PermissionDialect target) {
        if (target.spelling.keySet().containsAll(MOUNT_BOTH)) {
            if (held.remove(MOUNT_UPDATE)) {
                held.addAll(MOUNT_BOTH);
            }
        } else if (target.spelling.containsKey(MOUNT_UPDATE) && held.containsAll(MOUNT_BOTH)) {
            held.removeAll(MOUNT_BOTH);
            held.add(MOUNT_UPDATE);
        }
    }

    private static String ours(String name) {
        int dot = name.indexOf('.');
        var group = dot < 0 ? "" : name.substring(0, dot);
        var singular = SINGULAR.containsKey(group) ? SINGULAR.get(group) + name.substring(dot) : name;
        return RENAMED.getOrDefault(singular, singular);
    }

    private static List<String> all(Dialect dialect) {
        return switch (dialect) {
            case PELICAN, NEXUS -> PELICAN;
            case PTERODACTYL, FLAMINGO -> PTERODACTYL;
            case CALAGOPUS -> CALAGOPUS;
        };
    }

    private static Set<String> known() {
        var known = new HashSet<String>();
        for (var dialect : Dialect.values()) {
            all(dialect).forEach(name -> known.add(ours(name)));
        }
        // By this, Calagopus' nodes know that a list comes from their own panel.
        known.add("meta.calagopus");
        return Collections.unmodifiableSet(known);
    }

    private static List<String> plus(String... groups) {
        var all = new LinkedHashSet<>(COMMON);
        all.addAll(names(groups));
        return List.copyOf(all);
    }

    private static List<String> names(String... groups) {
        return Arrays.stream(groups)
                .map(group -> group.split(": ", 2))
                .flatMap(group -> Arrays.stream(group[1].split(" ")).map(action -> group[0] + "." + action))
                .toList();
    }
}
