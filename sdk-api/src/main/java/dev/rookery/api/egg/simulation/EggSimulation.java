package dev.rookery.api.egg.simulation;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.ServerId;
import dev.rookery.api.egg.ContainerEnvironment;
import dev.rookery.api.egg.Egg;
import dev.rookery.api.egg.EggVariable;
import dev.rookery.api.egg.EggWarning;
import dev.rookery.api.egg.Placeholders;
import dev.rookery.api.egg.ServerAssembly;
import dev.rookery.api.egg.ServerPlan;
import dev.rookery.api.egg.StopAction;
import dev.rookery.api.egg.rule.VariableRules;
import dev.rookery.api.panel.Allocation;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.ProcessConfiguration.ConfigFile;
import dev.rookery.api.panel.ProcessConfiguration.Replacement;
import dev.rookery.api.panel.ServerConfiguration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a panel and a node would make of an egg and of values for its variables. Nothing is started, read or written.
 *
 * <pre>{@code
 * var simulation = EggSimulation.of(egg, Map.of("MAX_PLAYERS", "20"));
 * simulation.startup();                       // the command line, rendered
 * System.out.println(simulation.text());      // all of it, for people
 * }</pre>
 *
 * @param egg the egg
 * @param configuration what the panel tells the node
 * @param environment the variables of the server's container, in order
 * @param installation how the server is installed, empty if it is not
 * @param files what is edited before each start
 * @param remarks what a server's owner should know: values that break rules, placeholders that name nothing
 */
@Incubating
public record EggSimulation(
        Egg egg,
        ServerConfiguration configuration,
        Map<String, String> environment,
        Optional<SimulatedInstallation> installation,
        List<SimulatedFile> files,
        List<EggWarning> remarks) {

    private static final ServerId ID = new ServerId(new UUID(0, 1));
    private static final String NO_IMAGE = "no-image";
    private static final String NO_COMMAND = ":";
    private static final String LINES = "file";

    /** Copies the collections. */
    public EggSimulation {
        requireNonNull(egg, "egg");
        requireNonNull(configuration, "configuration");
        requireNonNull(installation, "installation");
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        files = List.copyOf(files);
        remarks = List.copyOf(remarks);
    }

    /**
     * Simulates a server with the egg's first image and command, 1 GiB of memory, the allocation 192.0.2.1:25565 and a node as in
     * {@link SimulatedNode#defaults()}.
     *
     * @param values by the variables' environment names; a variable that is absent has its default
     */
    public static EggSimulation of(Egg egg, Map<String, String> values) {
        var plan = ServerPlan.builder()
                .id(ID)
                .name(egg.name())
                .variables(values)
                .limits(Build.builder().memoryMebibytes(1024).build())
                .allocations(Allocations.of(new Allocation("192.0.2.1", 25565), List.of()))
                .image(image(egg).orElse(NO_IMAGE))
                .startup(command(egg).orElse(NO_COMMAND))
                .build();
        return of(egg, plan, SimulatedNode.defaults());
    }

    /** Simulates a server that a panel has decided on. */
    public static EggSimulation of(Egg egg, ServerPlan plan, SimulatedNode node) {
        var remarks = new ArrayList<EggWarning>();
        remarkChoices(egg, remarks);
        remarkValues(egg, plan, remarks);
        var configuration = ServerAssembly.configuration(egg, plan, remarks::add);
        var settings = configuration.settings();
        var environment = ContainerEnvironment.of(settings, node.timeZone(), node.networkAddress());
        return new EggSimulation(
                egg,
                configuration,
                environment.variables(),
                settings.skipEggScripts()
                        ? Optional.empty()
                        : Optional.of(installation(
                                egg,
                                ContainerEnvironment.of(settings, node.timeZone())
                                        .variables())),
                files(configuration, environment.variables(), node, remarks),
                remarks);
    }

    /** Returns the startup command, rendered. */
    public String startup() {
        return environment.getOrDefault("STARTUP", "");
    }

    /** Returns how the server is stopped. */
    public StopAction stop() {
        return StopAction.of(configuration.process().stop());
    }

    /** Returns all of it for people, with the values of variables. */
    public String text() {
        return SimulationText.of(this);
    }

    /** Shows no values of variables: they may be secrets. */
    @Override
    public String toString() {
        return "EggSimulation[" + egg.name() + "]";
    }

    private static Optional<String> image(Egg egg) {
        return egg.defaultImage().filter(image -> !image.isBlank());
    }

    private static Optional<String> command(Egg egg) {
        return egg.defaultStartup().filter(command -> !command.isBlank());
    }

    private static void remarkChoices(Egg egg, List<EggWarning> remarks) {
        if (image(egg).isEmpty()) {
            remarks.add(new EggWarning("docker_images", "the egg names no image (expected: one at least)"));
        }
        if (command(egg).isEmpty()) {
            remarks.add(new EggWarning("startup", "the egg has no startup command (expected: one at least)"));
        }
    }

    private static void remarkValues(Egg egg, ServerPlan plan, List<EggWarning> remarks) {
        for (int i = 0; i < egg.variables().size(); i++) {
            var variable = egg.variables().get(i);
            var name = variable.envVariable();
            var value = plan.variables().getOrDefault(name, variable.defaultValue());
            var path = "variables[" + i + "]";
            VariableRules.of(variable)
                    .check(value)
                    .forEach(failure -> remarks.add(new EggWarning(path, name + ": " + failure.message())));
        }
        var known = egg.variables().stream().map(EggVariable::envVariable).collect(Collectors.toSet());
        for (var name : plan.variables().keySet()) {
            if (!known.contains(name)) {
                remarks.add(
                        new EggWarning("variables", "'" + name + "' is no variable of the egg; its value is ignored"));
            }
        }
    }

    private static SimulatedInstallation installation(Egg egg, Map<String, String> environment) {
        var script = egg.installation();
        var all = new LinkedHashMap<>(environment);
        script.environment().forEach(all::putIfAbsent);
        return new SimulatedInstallation(
                script.containerImage(),
                List.of(script.entrypoint(), "/mnt/install/install.sh"),
                script.script().replace("\r\n", "\n"),
                all);
    }

    private static List<SimulatedFile> files(
            ServerConfiguration configuration,
            Map<String, String> environment,
            SimulatedNode node,
            List<EggWarning> remarks) {
        var placeholders = Placeholders.ofNode(node.networkAddress());
        var files = new ArrayList<SimulatedFile>();
        for (var file : configuration.process().configs()) {
            var replacements = file.replace().stream()
                    .map(replacement -> resolved(replacement, file, placeholders, remarks))
                    .toList();
            files.add(new SimulatedFile(
                    Placeholders.resolveNames(file.file(), environment),
                    file.parser(),
                    file.createFile().orElse(true),
                    replacements));
        }
        return files;
    }

    /** The parser {@code file} looks for no placeholders in any daemon. */
    private static Replacement resolved(
            Replacement replacement, ConfigFile file, Placeholders placeholders, List<EggWarning> remarks) {
        var path = "config.files['" + file.file() + "']";
        var value = placeholders.resolve(
                replacement.replaceWith(),
                key -> remarks.add(
                        new EggWarning(path, "{{" + key + "}} is nothing that a node tells; it stays as it is")));
        if (!file.parser().equals(LINES)) {
            return new Replacement(replacement.match(), replacement.ifValue(), value, replacement.further());
        }
        if (!value.equals(replacement.replaceWith())) {
            remarks.add(new EggWarning(
                    path, "a node resolves no placeholders for the parser 'file'; they stay as they are"));
        }
        return replacement;
    }
}
