package dev.rookery.api.permission;

import java.util.List;

/**
 * What permissions of one dialect are in another one, and what the move changes.
 *
 * @param names what is held afterwards, in the spelling of the other dialect, sorted; names that no dialect knows are kept
 * @param lost what was held, in the spelling it had, and has no counterpart
 * @param gained what was not held and now is, in the spelling of the first dialect, because the other one cannot withhold it
 */
public record PermissionTranslation(List<String> names, List<String> lost, List<String> gained) {

    /** Copies the lists. */
    public PermissionTranslation {
        names = List.copyOf(names);
        lost = List.copyOf(lost);
        gained = List.copyOf(gained);
    }

    /** Returns whether the holder may do exactly the same afterwards. */
    public boolean exact() {
        return lost.isEmpty() && gained.isEmpty();
    }
}
