package dev.rookery.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.permission.Permission;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Panel public API §5. */
class PermissionDialectTest {

    private static final PermissionDialect PELICAN = PermissionDialect.of(Dialect.PELICAN);
    private static final PermissionDialect PTERODACTYL = PermissionDialect.of(Dialect.PTERODACTYL);
    private static final PermissionDialect CALAGOPUS = PermissionDialect.of(Dialect.CALAGOPUS);

    @Test
    void knowsAsManyAsThePanelsHave() {
        assertThat(PTERODACTYL.assignable()).hasSize(40).doesNotHaveDuplicates();
        assertThat(PELICAN.assignable()).hasSize(44).doesNotHaveDuplicates();
        assertThat(CALAGOPUS.assignable()).hasSize(73).doesNotHaveDuplicates();
    }

    @Test
    void readsEverySpelling() {
        assertThat(PermissionDialect.read(
                                List.of("files.read-content", "backups.read", "schedules.read", "some.future"))
                        .toList())
                .containsExactly("backup.read", "file.read-content", "schedule.read", "some.future");
        assertThat(PermissionDialect.read(
                                List.of("database.view-password", "database.view_password", "databases.read-password"))
                        .toList())
                .containsExactly("database.view_password");
        assertThat(PermissionDialect.read(List.of("files.read")).allows(Permission.FILE_READ))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void everyNameOfADialectSurvivesReadingAndSpelling(Dialect dialect) {
        var names = PermissionDialect.of(dialect);
        for (var name : names.assignable()) {
            var ours = PermissionDialect.read(List.of(name)).names().iterator().next();
            assertThat(names.spell(ours)).isEqualTo(name);
            var same = names.translate(List.of(name), names);
            assertThat(same.names()).containsExactly(name);
            assertThat(same.exact()).isTrue();
        }
    }

    @Test
    void pelicansPermissionsAreCalagopusExceptTwo() {
        var moved = PELICAN.translate(PELICAN.assignable(), CALAGOPUS);
        assertThat(moved.lost()).containsExactly("settings.change-icon", "settings.description");
        assertThat(moved.gained()).isEmpty();
        assertThat(moved.names())
                .contains(
                        "control.read-console",
                        "databases.read-password",
                        "mounts.attach",
                        "mounts.detach",
                        "settings.install",
                        "subusers.create");

        var back = CALAGOPUS.translate(moved.names(), PELICAN);
        var expected = new ArrayList<>(PELICAN.assignable());
        expected.removeAll(moved.lost());
        assertThat(back.names()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(back.exact()).isTrue();
    }

    @Test
    void reportsWhatPterodactylCannotSay() {
        var moved = CALAGOPUS.translate(
                List.of(
                        "websocket.connect",
                        "files.query-raw",
                        "mounts.attach",
                        "activity.read-ip",
                        "some.future",
                        "*"),
                PTERODACTYL);
        assertThat(moved.names()).containsExactly("*", "some.future", "websocket.connect");
        assertThat(moved.lost()).containsExactly("activity.read-ip", "files.query-raw", "mounts.attach");
        assertThat(PELICAN.translate(List.of("mount.read", "database.view-password"), PTERODACTYL)
                        .lost())
                .containsExactly("mount.read");
        assertThat(PTERODACTYL.translate(List.of("backup.update"), PELICAN).lost())
                .as("which only client libraries and Calagopus have")
                .containsExactly("backup.update");
    }

    @Test
    void tellsThatWhoMayConnectMayReadElsewhere() {
        assertThat(CALAGOPUS.translate(List.of("websocket.connect"), PELICAN).gained())
                .containsExactly("control.read-console");
        assertThat(CALAGOPUS
                        .translate(List.of("websocket.connect", "control.read-console"), PELICAN)
                        .exact())
                .isTrue();
        assertThat(CALAGOPUS.translate(List.of("control.read-console"), PELICAN).lost())
                .containsExactly("control.read-console");
    }

    @Test
    void systemsOwnPermissionsAreKept() {
        var admin = List.of("*", "admin.websocket.errors", "admin.websocket.install", "admin.websocket.transfer");
        assertThat(PELICAN.translate(admin, CALAGOPUS).names()).isEqualTo(admin);
        assertThat(CALAGOPUS.translate(List.of("meta.calagopus"), PELICAN).lost())
                .containsExactly("meta.calagopus");
    }

    @Test
    void namesHaveAGroupAndAnAction() {
        assertThat(Permission.FILE_READ_CONTENT.group()).isEqualTo("file");
        assertThat(Permission.FILE_READ_CONTENT.action()).isEqualTo("read-content");
        assertThat(Permission.ADMIN_ERRORS.group()).isEqualTo("admin.websocket");
        assertThat(new Permission("*").group()).isEmpty();
    }
}
