package dev.rookery.daemon.internal.environment.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.node.DockerDiskUsage;
import dev.rookery.api.node.ImagePruning;
import dev.rookery.api.node.MachineDetails;
import dev.rookery.api.spi.ImageStore;
import java.util.ArrayList;
import java.util.Optional;

/** What the engine keeps on this machine, in its own words. Source: node API §2.1. Thread-safe. */
final class DockerStore implements ImageStore {

    private final EngineStreams streams;

    DockerStore(EngineStreams streams) {
        this.streams = streams;
    }

    @Override
    public DockerDiskUsage diskUsage(CancelSignal cancel) {
        var usage = streams.json("read disk use", "GET", "/system/df", cancel);
        long containers = 0;
        for (var container : usage.path("Containers")) {
            containers += container.path("SizeRw").asLong();
        }
        int active = 0;
        for (var image : usage.path("Images")) {
            active += image.path("Containers").asInt() > 0 ? 1 : 0;
        }
        long cache = 0;
        for (var entry : usage.path("BuildCache")) {
            cache += entry.path("Shared").asBoolean() ? 0 : entry.path("Size").asLong();
        }
        return DockerDiskUsage.builder()
                .containersBytes(containers)
                .images(usage.path("Images").size())
                .imagesActive(active)
                .imagesBytes(usage.path("LayersSize").asLong())
                .buildCacheBytes(cache)
                .build();
    }

    @Override
    public ImagePruning prune(CancelSignal cancel) {
        var answer = streams.json("remove unused images", "POST", "/images/prune", cancel);
        var removed = new ArrayList<ImagePruning.Removed>();
        for (var entry : answer.path("ImagesDeleted")) {
            removed.add(new ImagePruning.Removed(text(entry.path("Untagged")), text(entry.path("Deleted"))));
        }
        return new ImagePruning(removed, answer.path("SpaceReclaimed").asLong());
    }

    @Override
    public MachineDetails.Docker engine(CancelSignal cancel) {
        var info = streams.json("read the engine's state", "GET", "/info", cancel);
        var version = streams.json("read the engine's version", "GET", "/version", cancel);
        var storage = info.path("DriverStatus");
        var fileSystem = "";
        for (var entry : storage) {
            if ("Backing Filesystem".equals(entry.path(0).asText())) {
                fileSystem = entry.path(1).asText();
            }
        }
        var runc = "";
        for (var component : version.path("Components")) {
            if ("runc".equals(component.path("Name").asText())) {
                runc = component.path("Version").asText();
            }
        }
        return new MachineDetails.Docker(
                version.path("Version").asText(),
                new MachineDetails.Cgroups(
                        info.path("CgroupDriver").asText(),
                        info.path("CgroupVersion").asText("1")),
                new MachineDetails.Containers(
                        info.path("Containers").asInt(),
                        info.path("ContainersRunning").asInt(),
                        info.path("ContainersPaused").asInt(),
                        info.path("ContainersStopped").asInt()),
                new MachineDetails.Storage(info.path("Driver").asText(), fileSystem),
                new MachineDetails.Runc(runc));
    }

    private static Optional<String> text(JsonNode value) {
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }
}
