package dev.rookery.daemon.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerCondition;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.ServerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Kept or not, details are what the node says now. */
class DetailsWriterTest {

    private static final ResourceUsage USAGE = new ResourceUsage(
            1, 2, 3.5, new ResourceUsage.Network(4, 5), new ResourceUsage.DiskIo(6, 7), 8, ServerState.RUNNING, 9);

    private final DetailsWriter pelican = new DetailsWriter(new Manner(Dialect.PELICAN));

    private static ServerSettings settings(String name) {
        var id = new ServerId(UUID.fromString("7c0e1a52-0f3b-4d5e-9c53-2d6f7f1a2b3c"));
        return ServerSettings.builder()
                .id(OptionalInt.of(1))
                .uuid(id)
                .meta(new ServerSettings.Meta(name, "\u00e9\ud83d\ude00 \"quoted\""))
                .suspended(false)
                .invocation("./server")
                .skipEggScripts(false)
                .build(Build.builder().memoryMebibytes(128).diskMebibytes(512).build())
                .container(new ServerSettings.Container("image:1"))
                .allocations(Allocations.none())
                .egg(new ServerSettings.EggReference("3f0a2a52-5d3f-4c0e-9a5c-5b1de0f5f0a1", List.of(), Map.of()))
                .build();
    }

    private static ServerDetails details(ServerSettings settings, boolean suspended) {
        return new ServerDetails(ServerState.RUNNING, suspended, USAGE, settings);
    }

    /** What is written member by member has to be what the record is as a whole. */
    private static Json.Obj whole(ServerDetails details) {
        return WireJson.read(WireJson.write(details), Json.Obj.class);
    }

    private static Json member(Json.Obj json, String... path) {
        Json at = json;
        for (var name : path) {
            at = ((Json.Obj) at).members().get(name);
        }
        return at;
    }

    @Test
    void writesEveryMemberOfDetails() {
        var details = details(settings("one"), true);

        var written = WireJson.read(pelican.write(details), Json.Obj.class);

        assertThat(written.members().keySet())
                .containsExactlyElementsOf(whole(details).members().keySet());
        Function<Json.Obj, List<Json>> outside =
                json -> List.of(member(json, "state"), member(json, "is_suspended"), member(json, "utilization"));
        assertThat(outside.apply(written)).isEqualTo(outside.apply(whole(details)));
        assertThat(member(written, "configuration", "meta")).isEqualTo(member(whole(details), "configuration", "meta"));
        assertThat(member(written, "configuration", "crash_detection_enabled")).isEqualTo(new Json.Bool(true));
        assertThat(((Json.Obj) member(written, "configuration", "build")).members())
                .doesNotContainKey("oom_disabled");
    }

    @Test
    void saysWhatIsWrongWithAServer() {
        var settings = settings("one");
        var well = details(settings, false);
        var condition = new ServerCondition(Optional.of("installing"), Optional.of("a \"problem\""));
        var ill = new ServerDetails(well.state(), false, well.utilization(), settings, condition);
        pelican.write(well);

        var written = WireJson.read(pelican.write(ill), Json.Obj.class);

        assertThat(written.members().keySet())
                .containsExactlyElementsOf(whole(ill).members().keySet())
                .contains("condition");
        assertThat(member(written, "condition")).isEqualTo(member(whole(ill), "condition"));
        assertThat(WireJson.read(pelican.write(well), Json.Obj.class).members()).doesNotContainKey("condition");
    }

    @Test
    void keepsConfigurationsButNothingElse() {
        var settings = settings("one");
        var first = pelican.write(details(settings, false));

        assertThat(pelican.write(details(settings, false))).isEqualTo(first);
        var suspended = WireJson.read(pelican.write(details(settings, true)), Json.Obj.class);
        assertThat(member(suspended, "is_suspended")).isEqualTo(new Json.Bool(true));
        var renamed = WireJson.read(pelican.write(details(settings("two"), false)), Json.Obj.class);
        assertThat(member(renamed, "configuration", "meta", "name")).isEqualTo(new Json.Text("two"));
    }

    @Test
    void writesEachOfManyServers() {
        var names = new ArrayList<ServerDetails>();
        // More than are kept.
        for (int i = 0; i < 3000; i++) {
            names.add(details(settings("server " + i), false));
        }

        for (int round = 0; round < 2; round++) {
            var written = WireJson.readAll(pelican.write(names.get(0)));
            assertThat(written).hasSize(1);
            var list = WireJson.read("{\"all\":" + new String(pelican.write(names), UTF_8) + "}", Json.Obj.class);
            var all = ((Json.Array) member(list, "all")).items();
            assertThat(all).hasSize(3000);
            for (int i = 0; i < 3000; i++) {
                assertThat(member((Json.Obj) all.get(i), "configuration", "meta", "name"))
                        .isEqualTo(new Json.Text("server " + i));
            }
        }
        assertThat(pelican.write(List.of())).asString().isEqualTo("[]");
    }

    @Test
    void leavesOutWhatPterodactylDoesNotKnow() {
        var written = WireJson.read(
                new DetailsWriter(new Manner(Dialect.PTERODACTYL)).write(details(settings("one"), false)),
                Json.Obj.class);

        assertThat(((Json.Obj) member(written, "utilization")).members()).doesNotContainKey("disk_io");
        assertThat(((Json.Obj) member(written, "configuration")).members()).doesNotContainKey("id");
        assertThat(member(written, "configuration", "build", "oom_disabled")).isEqualTo(new Json.Bool(false));
    }
}
