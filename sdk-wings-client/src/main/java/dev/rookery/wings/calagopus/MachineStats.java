package dev.rookery.wings.calagopus;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a machine does now. Amounts are MiB, rates MiB per sample of about half a second. Source: node API §2.10.2.
 *
 * @param cpu processors
 * @param network traffic of all interfaces
 * @param memory memory
 * @param disk the disk with the servers
 */
public record MachineStats(
        @JsonProperty("cpu") Cpu cpu,
        @JsonProperty("network") Network network,
        @JsonProperty("memory") Memory memory,
        @JsonProperty("disk") Disk disk) {

    /** Nothing at all. */
    public static final MachineStats NONE =
            new MachineStats(new Cpu(0, 0, ""), new Network(0, 0, 0, 0), new Memory(0, 0), new Disk(0, 0, 0, 0, 0, 0));

    /** Fills in what a node left out. */
    public MachineStats {
        cpu = cpu == null ? new Cpu(0, 0, "") : cpu;
        network = network == null ? new Network(0, 0, 0, 0) : network;
        memory = memory == null ? new Memory(0, 0) : memory;
        disk = disk == null ? new Disk(0, 0, 0, 0, 0, 0) : disk;
    }

    /**
     * Processors.
     *
     * @param usedPercent use
     * @param threads logical processors
     * @param model their name
     */
    public record Cpu(
            @JsonProperty("used") double usedPercent,
            @JsonProperty("threads") int threads,
            @JsonProperty("model") String model) {

        /** Fills in what a node left out. */
        public Cpu {
            model = model == null ? "" : model;
        }
    }

    /**
     * Traffic.
     *
     * @param receivedMib received in all
     * @param receivingRateMib received in a sample
     * @param sentMib sent in all
     * @param sendingRateMib sent in a sample
     */
    public record Network(
            @JsonProperty("received") double receivedMib,
            @JsonProperty("receiving_rate") double receivingRateMib,
            @JsonProperty("sent") double sentMib,
            @JsonProperty("sending_rate") double sendingRateMib) {}

    /**
     * Memory.
     *
     * @param usedMib in use
     * @param totalMib there is
     */
    public record Memory(
            @JsonProperty("used") double usedMib,
            @JsonProperty("total") double totalMib) {}

    /**
     * A disk.
     *
     * @param usedMib in use
     * @param totalMib there is
     * @param readMib read in all
     * @param readingRateMib read in a sample
     * @param writtenMib written in all
     * @param writingRateMib written in a sample
     */
    public record Disk(
            @JsonProperty("used") double usedMib,
            @JsonProperty("total") double totalMib,
            @JsonProperty("read") double readMib,
            @JsonProperty("reading_rate") double readingRateMib,
            @JsonProperty("written") double writtenMib,
            @JsonProperty("writing_rate") double writingRateMib) {}
}
