package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.Json;
import dev.rookery.proxy.cloudflare.IngressChange;
import dev.rookery.proxy.cloudflare.IngressRule;
import dev.rookery.proxy.cloudflare.TunnelConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts our rules between those of others. Theirs stay as they are, with all members, in their order; ours for single names come before them, ours for
 * wildcards after them, and what catches all stays theirs.
 */
final class IngressPlan {

    private static final String NOTHING = "http_status:404";

    private final Tenancy tenancy;
    private final TunnelConfig present;
    private final Set<String> ours;
    /** Names whose rules are somebody else's. */
    private final Set<String> taken = new LinkedHashSet<>();

    /**
     * Looks at what there is.
     *
     * @param tenancy what all bindings of the tunnel want
     * @param present the configuration that there is
     * @param ours names whose rules are known to be ours
     */
    IngressPlan(Tenancy tenancy, TunnelConfig present, Set<String> ours) {
        this.tenancy = tenancy;
        this.present = present;
        this.ours = new HashSet<>(ours);
        if (!tenancy.exclusive()) {
            tenancy.hosts().forEach(this::claim);
        }
    }

    /** Returns the names that cannot have a rule, because somebody else's is there. */
    Set<String> taken() {
        return taken;
    }

    /** Returns the names whose rules are ours from now on. */
    Set<String> rules(Set<String> leaving) {
        var names = new LinkedHashSet<String>(leaving);
        tenancy.hosts().stream()
                .map(WantedHost::host)
                .filter(host -> !taken.contains(host))
                .forEach(names::add);
        return names;
    }

    /**
     * Returns the change.
     *
     * @param going names that still have records, which go now
     * @param staying names that still have records, which stay for a while
     */
    IngressChange change(Set<String> going, Set<String> staying) {
        var all = new LinkedHashSet<>(going);
        all.addAll(staying);
        return new IngressChange(present, config(all), config(staying), foreign());
    }

    /** Returns the configuration with the rules of names that nobody wants but that still have records. */
    Json.Obj config(Set<String> leaving) {
        var members = new LinkedHashMap<>(present.config().members());
        members.put("ingress", new Json.Array(tenancy.exclusive() ? exclusive(leaving) : merged(leaving)));
        var config = new Json.Obj(members);
        return same(config) ? present.config() : config;
    }

    /** Ours have no path: one that has is somebody else's, and narrower than ours would be. */
    private void claim(WantedHost host) {
        var theirs = present().stream()
                .filter(rule -> name(rule).equals(host.host()))
                .filter(rule -> hasPath(rule)
                        || !(ours.contains(host.host()) || known(rule).equals(rule(host))));
        if (theirs.findAny().isPresent()) {
            taken.add(host.host());
        } else {
            ours.add(host.host());
        }
    }

    private List<Json> exclusive(Set<String> leaving) {
        var rules = new ArrayList<Json>();
        var wanted = tenancy.rules();
        wanted.stream().filter(rule -> !wildcard(rule) && !rule.catchesAll()).forEach(rule -> rules.add(rule.json()));
        leaving(leaving, false).forEach(rules::add);
        wanted.stream().filter(rule -> wildcard(rule)).forEach(rule -> rules.add(rule.json()));
        leaving(leaving, true).forEach(rules::add);
        rules.add(wanted.get(wanted.size() - 1).json());
        return rules;
    }

    private List<Json> merged(Set<String> leaving) {
        var rules = new ArrayList<Json>();
        add(rules, false);
        leaving(leaving, false).forEach(rules::add);
        present().stream().filter(rule -> !mine(rule) && !catchAll(rule)).forEach(rules::add);
        add(rules, true);
        leaving(leaving, true).forEach(rules::add);
        rules.add(present().stream()
                .filter(IngressPlan::catchAll)
                .reduce((first, last) -> last)
                .orElseGet(() -> IngressRule.catchAll(NOTHING).json()));
        return rules;
    }

    private void add(List<Json> rules, boolean wildcards) {
        tenancy.hosts().stream()
                .filter(host -> host.wildcard() == wildcards && !taken.contains(host.host()))
                .map(IngressPlan::rule)
                .forEach(rules::add);
    }

    private List<Json> leaving(Set<String> leaving, boolean wildcards) {
        return present().stream()
                .filter(rule -> leaving.contains(name(rule)) && name(rule).startsWith("*.") == wildcards)
                .filter(rule -> tenancy.exclusive() || mine(rule))
                .filter(rule ->
                        tenancy.hosts().stream().noneMatch(host -> host.host().equals(name(rule))))
                .map(this::left)
                .toList();
    }

    /** The proxy refuses what nobody wants by itself; past it a machine would stay open for as long as the record stays. */
    private Json left(Json rule) {
        return tenancy.closes(name(rule), Answer.of(rule).textOr("service", ""))
                ? IngressRule.of(name(rule), NOTHING).json()
                : rule;
    }

    private List<String> foreign() {
        var wanted = tenancy.rules().stream().map(IngressRule::json).toList();
        return present().stream()
                .filter(rule -> !mine(rule) && !(tenancy.exclusive() && wanted.contains(known(rule))))
                .map(rule -> name(rule) + " -> " + Answer.of(rule).textOr("service", ""))
                .toList();
    }

    /** Rules that came back with members that say nothing are still the same. */
    private boolean same(Json.Obj config) {
        return present.config().members().containsKey("ingress") && sameRules(present.config(), config);
    }

    /** Returns whether two configurations have the same rules, whatever members say nothing. */
    static boolean sameRules(Json.Obj one, Json.Obj other) {
        return known(one).equals(known(other));
    }

    private static List<Json> known(Json.Obj config) {
        return Answer.of(config).items("ingress").stream()
                .map(IngressPlan::known)
                .toList();
    }

    private boolean mine(Json rule) {
        return ours.contains(name(rule)) && !hasPath(rule) && !taken.contains(name(rule));
    }

    private List<Json> present() {
        return Answer.of(present.config()).items("ingress");
    }

    private static Json rule(WantedHost host) {
        return IngressRule.of(host.host(), host.target()).json();
    }

    private static boolean wildcard(IngressRule rule) {
        return rule.hostname().map(name -> name.startsWith("*.")).orElse(false);
    }

    private static String name(Json rule) {
        return Answer.of(rule).textOr("hostname", "");
    }

    private static boolean catchAll(Json rule) {
        var name = name(rule);
        return (name.isEmpty() || name.equals("*")) && !hasPath(rule);
    }

    private static boolean hasPath(Json rule) {
        return !Answer.of(rule).textOr("path", "").isEmpty();
    }

    /** Leaves out what is empty. */
    private static Json known(Json rule) {
        var members = new LinkedHashMap<>(Answer.of(rule).members());
        members.values()
                .removeIf(value -> value instanceof Json.Null
                        || (value instanceof Json.Text text && text.value().isEmpty())
                        || (value instanceof Json.Obj object && object.members().isEmpty()));
        return new Json.Obj(members);
    }
}
