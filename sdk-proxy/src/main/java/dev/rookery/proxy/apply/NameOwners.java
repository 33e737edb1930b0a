package dev.rookery.proxy.apply;

import dev.rookery.api.Incubating;
import java.util.Optional;

/** Says who may use a name, for whoever embeds this and knows: names that were bought, proven or given to somebody. */
@Incubating
@FunctionalInterface
public interface NameOwners {

    /** Whoever may write routes may use every name. */
    NameOwners ANYBODY = (owner, domain) -> Optional.empty();

    /**
     * Returns why a route may not have a name; empty if it may. Asked before a change is saved, for each name that a route in use gets with it; what it has
     * already is not asked about again, so that one name that was lost does not keep everybody from changing anything. Called while a change is made,
     * possibly several times, and by another thread than the one that asked for it.
     *
     * @param owner the route's; empty if it has none
     * @param domain in lower case, labels beyond ASCII in their {@code xn--} form; with {@code *.} if it is for all names one label below
     * @return what is in the way, for people; no secret is in it
     */
    Optional<String> refuses(Optional<String> owner, String domain);
}
