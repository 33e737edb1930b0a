package dev.rookery.examples.panel.account;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.PermissionDialect;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.examples.panel.http.ApiError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which permissions can be given to somebody, and by whom. */
public final class Grants {

    /** The groups of permissions that have something to permit here. */
    private static final Set<String> GROUPS =
            Set.of("control", "user", "file", "backup", "allocation", "startup", "schedule", "settings", "activity");

    private static final Set<String> WITHOUT_EFFECT = Set.of("settings.rename", "allocation.update");

    private static final List<Permission> ALL = PermissionDialect.of(Dialect.PTERODACTYL).assignable().stream()
            .map(Permission::new)
            .filter(permission -> GROUPS.contains(permission.group()) && !WITHOUT_EFFECT.contains(permission.name()))
            .toList();

    private Grants() {}

    /** Returns every permission that can be given, by group, in the order in which people are shown them. */
    public static Map<String, List<String>> groups() {
        var groups = new LinkedHashMap<String, List<String>>();
        for (var permission : ALL) {
            groups.computeIfAbsent(permission.group(), group -> new ArrayList<>())
                    .add(permission.name());
        }
        return groups;
    }

    /** Returns what somebody with these permissions can give to others. */
    public static List<String> grantable(Permissions held) {
        return ALL.stream().filter(held::allows).map(Permission::name).toList();
    }

    /**
     * Reads a wish.
     *
     * @throws ApiError {@code validation} if a name cannot be given to anybody
     */
    public static Permissions read(Collection<String> names) {
        var wanted = new LinkedHashSet<Permission>();
        for (var permission : PermissionDialect.read(names).names()) {
            if (permission.equals(Permission.CONNECT)) {
                continue;
            }
            if (!ALL.contains(permission)) {
                throw ApiError.field(
                        "permissions",
                        "permissions: '" + permission + "' (expected: one that can be given, such as control.console)");
            }
            wanted.add(permission);
        }
        return new Permissions(wanted);
    }

    /**
     * Refuses a change of permissions that the one who makes it does not hold himself. What he does not hold may stay as it was.
     *
     * @throws ApiError {@code forbidden}
     */
    public static void requireMay(Permissions held, Permissions before, Permissions after) {
        var changed = new HashSet<Permission>();
        changed.addAll(before.names());
        changed.addAll(after.names());
        changed.removeIf(permission ->
                before.names().contains(permission) && after.names().contains(permission));
        for (var permission : changed) {
            if (!held.allows(permission)) {
                throw new ApiError(
                        403,
                        "not_yours_to_give",
                        "You do not hold '" + permission + "' yourself, so you can neither give nor take it.");
            }
        }
    }

    /** Returns what somebody with access to a server holds: everybody may connect. */
    public static Permissions effective(Permissions given) {
        var all = new HashSet<>(given.names());
        all.add(Permission.CONNECT);
        return new Permissions(all);
    }
}
