package dev.rookery.api.egg.rule;

import dev.rookery.api.Incubating;

/** Whose meaning a rule has where versions of Laravel differ, for example in whether {@code in:1} takes {@code 01}. */
@Incubating
public enum LaravelVersion {
    /** What Pterodactyl's panel runs. {@code in} and {@code not_in} compare numbers by their value. */
    LARAVEL_11,
    /** What Pelican's panel runs. */
    LARAVEL_13
}
