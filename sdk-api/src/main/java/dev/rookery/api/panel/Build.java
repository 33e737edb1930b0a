package dev.rookery.api.panel;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a server. Source: panel remote API §5.2.
 *
 * @param memoryMebibytes memory in MiB, 0 = unlimited
 * @param swapMebibytes swap in MiB, 0 = none, -1 = unlimited
 * @param diskMebibytes disk space in MiB, 0 = unlimited
 * @param cpuPercent percent, 100 = one full core, 0 = unlimited
 * @param ioWeight weight of block I/O, 10 to 1000, 0 = leave it to the engine
 * @param threads processors to use as {@code 0-1,3}; empty = all
 * @param oomKiller whether the kernel may kill the process when it runs out of memory
 * @param further what only some panels send, such as Calagopus' {@code overhead_memory}; kept as it is
 */
@Value.Builder
public record Build(
        @JsonProperty("memory_limit") long memoryMebibytes,
        @JsonProperty("swap") long swapMebibytes,
        @JsonProperty("disk_space") long diskMebibytes,
        @JsonProperty("cpu_limit") long cpuPercent,
        @JsonProperty("io_weight") int ioWeight,
        @JsonProperty("threads") Optional<String> threads,
        @JsonProperty("oom_killer") boolean oomKiller,
        @JsonAnySetter @JsonAnyGetter Map<String, Json> further) {

    private static final double MEGABYTES_IN_A_MEBIBYTE = 1.048576;

    /** Checks every value. */
    public Build {
        atLeast(0, memoryMebibytes, "memory_limit");
        atLeast(-1, swapMebibytes, "swap");
        atLeast(0, diskMebibytes, "disk_space");
        atLeast(0, cpuPercent, "cpu_limit");
        if (ioWeight != 0 && (ioWeight < 10 || ioWeight > 1000)) {
            throw new InvalidInputException("io_weight: " + ioWeight + " (expected: 10 to 1000, or 0)");
        }
        threads = threads == null ? Optional.empty() : threads.filter(text -> !text.isBlank());
        further = Further.copy(further);
    }

    /** Creates limits with nothing but what every panel sends. */
    public Build(
            long memoryMebibytes,
            long swapMebibytes,
            long diskMebibytes,
            long cpuPercent,
            int ioWeight,
            Optional<String> threads,
            boolean oomKiller) {
        this(memoryMebibytes, swapMebibytes, diskMebibytes, cpuPercent, ioWeight, threads, oomKiller, Map.of());
    }

    /** Reads either spelling of the OOM flag: {@code oom_killer} wins over its opposite {@code oom_disabled}. */
    @JsonCreator
    static Build fromWire(
            @JsonProperty("memory_limit") long memory,
            @JsonProperty("swap") long swap,
            @JsonProperty("disk_space") long disk,
            @JsonProperty("cpu_limit") long cpu,
            @JsonProperty("io_weight") int ioWeight,
            @JsonProperty("threads") @Nullable String threads,
            @JsonProperty("oom_killer") @Nullable Boolean oomKiller,
            @JsonProperty("oom_disabled") @Nullable Boolean oomDisabled,
            @JsonAnySetter @Nullable Map<String, Json> further) {
        boolean killer = oomKiller != null ? oomKiller : oomDisabled != null && !oomDisabled;
        return new Build(
                memory, swap, disk, cpu, ioWeight, Optional.ofNullable(threads), killer, Further.copy(further));
    }

    /** Returns the older, opposite spelling of {@link #oomKiller()}, which Pterodactyl's daemon reads. */
    @JsonProperty("oom_disabled")
    public boolean oomDisabled() {
        return !oomKiller;
    }

    /**
     * Returns these limits as they are if their numbers mean megabytes of 1,000,000 bytes: memory, swap and disk, rounded to MiB. A panel of
     * Pelican's sends them so with {@code PANEL_USE_BINARY_PREFIX=false}.
     */
    @Incubating
    public Build fromMegabytes() {
        return new Build(
                mebibytes(memoryMebibytes),
                mebibytes(swapMebibytes),
                mebibytes(diskMebibytes),
                cpuPercent,
                ioWeight,
                threads,
                oomKiller,
                further);
    }

    private static long mebibytes(long megabytes) {
        return Math.round(megabytes / MEGABYTES_IN_A_MEBIBYTE);
    }

    /** Returns a builder that begins with no limits at all and the OOM killer on. */
    public static BuildBuilder builder() {
        return new BuildBuilder()
                .memoryMebibytes(0)
                .swapMebibytes(0)
                .diskMebibytes(0)
                .cpuPercent(0)
                .ioWeight(500)
                .oomKiller(true);
    }

    private static void atLeast(long min, long value, String name) {
        if (value < min) {
            throw new InvalidInputException(name + ": " + value + " (expected: >= " + min + ")");
        }
    }
}
