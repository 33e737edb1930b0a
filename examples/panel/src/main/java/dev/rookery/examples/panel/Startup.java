package dev.rookery.examples.panel;

import dev.rookery.api.egg.Egg;
import dev.rookery.api.egg.EggVariable;
import dev.rookery.api.egg.StartupCommand;
import dev.rookery.api.egg.rule.RuleFailure;
import dev.rookery.api.egg.rule.VariableRules;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a server is started, as somebody may see and change it: an administrator all of it, others the variables that the egg shows them.
 *
 * @param server the server
 * @param egg what it is made of
 * @param administrator whether an administrator looks
 */
public record Startup(PanelServer server, Egg egg, boolean administrator) {

    /** What stands for a value that is not shown. */
    private static final String HIDDEN = "[hidden]";

    /** Returns the variables that are shown, in the order in which people see them. */
    public List<EggVariable> variables() {
        return egg.variablesInDisplayOrder().stream().filter(this::visible).toList();
    }

    /** Returns whether a variable may be changed. */
    public boolean changeable(EggVariable variable) {
        return administrator || variable.changeableByUser();
    }

    /** Returns the value that a variable has. */
    public String value(EggVariable variable) {
        return spec().variables().getOrDefault(variable.envVariable(), variable.defaultValue());
    }

    /** Returns the start command, placeholders unresolved. */
    public String command() {
        return spec().startup().isBlank() ? egg.defaultStartup().orElse("") : spec().startup();
    }

    /** Returns the start command with its values, of which hidden ones stay hidden. */
    public String invocation() {
        var values = new LinkedHashMap<String, String>();
        egg.variables()
                .forEach(variable -> values.put(variable.envVariable(), visible(variable) ? value(variable) : HIDDEN));
        values.put("SERVER_MEMORY", Long.toString(spec().build().memoryMebibytes()));
        server.primaryAllocation().ifPresent(allocation -> {
            values.put("SERVER_IP", allocation.address().ip());
            values.put("SERVER_PORT", Integer.toString(allocation.address().port()));
        });
        return new StartupCommand(command()).render(values);
    }

    /** Returns whether another image may be chosen: not if an administrator has given the server one that the egg does not have. */
    public boolean imageChangeable() {
        return administrator || egg.dockerImages().containsValue(spec().image());
    }

    /**
     * Returns what keeps values from being accepted, by the names of their variables; nothing if they are.
     *
     * @param values by name; one that names nothing changeable is such a failure
     */
    public Map<String, String> problems(Map<String, String> values) {
        var problems = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> problem(name, value).ifPresent(problem -> problems.put(name, problem)));
        return problems;
    }

    /** Returns the specification with other values. */
    public static ServerSpec with(ServerSpec spec, Map<String, String> values) {
        var all = new LinkedHashMap<>(spec.variables());
        all.putAll(values);
        return ServerSpec.builder().from(spec).variables(all).build();
    }

    private Optional<String> problem(String name, String value) {
        var variable = egg.variables().stream()
                .filter(candidate -> candidate.envVariable().equals(name) && visible(candidate))
                .findFirst();
        if (variable.isEmpty()) {
            return Optional.of(name + ": there is no such variable");
        }
        if (!changeable(variable.get())) {
            return Optional.of(name + ": this variable cannot be changed");
        }
        var failures = VariableRules.of(variable.get()).check(value);
        return failures.isEmpty()
                ? Optional.empty()
                : Optional.of(failures.stream().map(RuleFailure::expected).collect(Collectors.joining("; ")));
    }

    private boolean visible(EggVariable variable) {
        return administrator || variable.userViewable();
    }

    private ServerSpec spec() {
        return server.spec();
    }
}
