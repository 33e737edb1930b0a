package dev.rookery.api.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Node API §3.4. */
class PermissionsTest {

    @Test
    void wildcardIncludesEverythingButAdministration() {
        assertThat(Permissions.owner().allows(Permission.START)).isTrue();
        assertThat(Permissions.owner().allows(new Permission("some.future"))).isTrue();
        assertThat(Permissions.owner().allows(Permission.ADMIN_INSTALL)).isFalse();
        assertThat(Permissions.administrator().allows(Permission.ADMIN_INSTALL)).isTrue();
        assertThat(Permissions.none().allows(Permission.CONNECT)).isFalse();
    }

    @Test
    void listedPermissionIsHeldAndNoOther() {
        var some = Permissions.of(Permission.CONNECT, Permission.ADMIN_ERRORS);
        assertThat(some.allows(Permission.ADMIN_ERRORS)).isTrue();
        assertThat(some.allows(Permission.CONSOLE)).isFalse();
    }

    @Test
    void listFormSurvivesAndKeepsUnknownNames() {
        var list = List.of("*", "control.start", "some.future");
        assertThat(Permissions.parse(list).toList()).isEqualTo(list);
        assertThat(Permissions.parse(List.of("b", "a", "b")).toList()).containsExactly("a", "b");
    }
}
