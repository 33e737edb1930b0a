package dev.rookery.api.permission;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A set of permissions with the wildcard rule of the protocol: a permission is held if it is listed, or if {@code *} is listed and
 * its name does not begin with {@code admin}. Source: node API §3.4.
 *
 * @param names the listed permissions, {@code *} included
 */
public record Permissions(Set<Permission> names) {

    private static final Permission WILDCARD = new Permission("*");
    private static final Permissions NONE = new Permissions(Set.of());

    /** Copies the set. */
    public Permissions {
        names = Set.copyOf(names);
    }

    /** Returns the empty set. */
    public static Permissions none() {
        return NONE;
    }

    /** Returns what the owner of a server holds: everything but the {@code admin} ones. */
    public static Permissions owner() {
        return new Permissions(Set.of(WILDCARD));
    }

    /** Returns what an administrator of the panel holds. */
    public static Permissions administrator() {
        return of(WILDCARD, Permission.ADMIN_ERRORS, Permission.ADMIN_INSTALL, Permission.ADMIN_TRANSFER);
    }

    /** Returns a set of the given permissions. */
    public static Permissions of(Permission... permissions) {
        return new Permissions(new LinkedHashSet<>(Arrays.asList(permissions)));
    }

    /** Reads the list form of tokens and of the panel's answers. */
    @JsonCreator
    public static Permissions parse(Collection<String> names) {
        var set = new LinkedHashSet<Permission>();
        names.forEach(name -> set.add(new Permission(name)));
        return new Permissions(set);
    }

    /** Returns the list form, sorted. */
    @JsonValue
    public List<String> toList() {
        return names.stream().map(Permission::name).sorted().toList();
    }

    /** Returns whether the permission is held. */
    public boolean allows(Permission permission) {
        return names.contains(permission) || (names.contains(WILDCARD) && !permission.adminOnly());
    }
}
