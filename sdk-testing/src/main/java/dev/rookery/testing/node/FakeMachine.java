package dev.rookery.testing.node;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.api.node.DockerDiskUsage;
import dev.rookery.api.node.ImagePruning;
import dev.rookery.api.node.MachineDetails;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.api.node.Utilization;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a {@link FakeNode} says of its machine. Every value can be set, and holds from then on. Thread-safe. */
public final class FakeMachine {

    private static final long GIBIBYTE = 1L << 30;

    private final List<NodeConfigurationPatch> patches = new CopyOnWriteArrayList<>();
    private volatile SystemInformation system = new SystemInformation("amd64", 4, "6.1.0-fake", "linux", "0.1.0");
    private volatile MachineDetails details = new MachineDetails(
            "0.1.0",
            new MachineDetails.Docker(
                    "27.3.1",
                    new MachineDetails.Cgroups("systemd", "2"),
                    new MachineDetails.Containers(5, 3, 0, 2),
                    new MachineDetails.Storage("overlay2", "extfs"),
                    new MachineDetails.Runc("1.1.14")),
            new MachineDetails.Machine("amd64", 4, 16 * GIBIBYTE, "6.1.0-fake", "Fake Linux 1", "linux"));
    private volatile Utilization utilization = Utilization.builder()
            .memoryTotalBytes(16 * GIBIBYTE)
            .memoryUsedBytes(4 * GIBIBYTE)
            .loadAverage1(0.51)
            .loadAverage5(0.4)
            .loadAverage15(0.33)
            .cpuPercent(12.5)
            .diskTotalBytes(500 * GIBIBYTE)
            .diskUsedBytes(120 * GIBIBYTE)
            .disks(List.of(new Utilization.Disk(
                    "/dev/fake1",
                    "/",
                    500 * GIBIBYTE,
                    120 * GIBIBYTE,
                    List.of("Root", "Logs", "Data", "Archive", "Backup", "Temp"))))
            .build();
    private volatile List<String> ipAddresses = List.of("203.0.113.10", "2001:db8::10");
    private volatile DockerDiskUsage dockerDiskUsage = new DockerDiskUsage(1 << 20, 4, 2, 900_000_000, 0);
    private volatile ImagePruning pruning = new ImagePruning(List.of(), 0);
    private volatile String diagnostics = "Fake node\n---------\n" + "All is well.\n".repeat(20);
    private volatile boolean takesUpdates = true;

    FakeMachine() {}

    /** Sets what {@link FakeNode#system()} returns. */
    public void system(SystemInformation value) {
        system = requireNonNull(value, "system");
    }

    /** Sets the machine's details. */
    public void details(MachineDetails value) {
        details = requireNonNull(value, "details");
    }

    /** Sets what the machine uses. */
    public void utilization(Utilization value) {
        utilization = requireNonNull(value, "utilization");
    }

    /** Sets the machine's addresses. */
    public void ipAddresses(List<String> value) {
        ipAddresses = List.copyOf(value);
    }

    /** Sets the disk use of the engine. */
    public void dockerDiskUsage(DockerDiskUsage value) {
        dockerDiskUsage = requireNonNull(value, "dockerDiskUsage");
    }

    /** Sets what the removal of images returns. */
    public void pruning(ImagePruning value) {
        pruning = requireNonNull(value, "pruning");
    }

    /** Sets the report for people. */
    public void diagnostics(String value) {
        diagnostics = requireNonNull(value, "diagnostics");
    }

    /** Sets whether changes of the configuration are taken; true by default. */
    public void takesUpdates(boolean value) {
        takesUpdates = value;
    }

    /** Returns the changes of the configuration that were taken, in order. */
    public List<NodeConfigurationPatch> patches() {
        return List.copyOf(patches);
    }

    SystemInformation system() {
        return system;
    }

    MachineDetails details() {
        return details;
    }

    Utilization utilization() {
        return utilization;
    }

    List<String> ipAddresses() {
        return ipAddresses;
    }

    DockerDiskUsage dockerDiskUsage() {
        return dockerDiskUsage;
    }

    ImagePruning prune() {
        return pruning;
    }

    String diagnostics() {
        return diagnostics;
    }

    boolean update(NodeConfigurationPatch patch) {
        if (takesUpdates) {
            patches.add(patch);
        }
        return takesUpdates;
    }
}
