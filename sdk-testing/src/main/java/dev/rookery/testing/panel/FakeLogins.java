package dev.rookery.testing.panel;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.SftpAuthority;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.permission.Permissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who may log in over SFTP. Guarded by the lock of its panel. */
final class FakeLogins {

    private final List<Login> logins = new ArrayList<>();

    private record Login(SftpLogin.Method method, String user, String secret, UUID id, Permissions permissions) {}

    void allow(SftpLogin.Method method, String user, String secret, UUID id, Permissions permissions) {
        logins.add(new Login(method, user, plain(method, secret), id, permissions));
    }

    /** Splits at the last dot, since names may have dots. Source: panel remote API §3.10. */
    SftpAuthority authorize(SftpLogin login, Collection<ServerConfiguration> servers) {
        int dot = login.username().lastIndexOf('.');
        if (dot < 0) {
            throw new InvalidInputException("username: no server in it (expected: name.server)");
        }
        var user = login.username().substring(0, dot);
        var known = logins.stream()
                .filter(one -> one.method().equals(login.method())
                        && one.user().equals(user)
                        && one.secret().equals(plain(login.method(), login.secret())))
                .findFirst();
        var server = server(servers, login.username().substring(dot + 1));
        if (known.isEmpty() || server.isEmpty()) {
            throw new DeniedException("name, server or secret are wrong");
        }
        if (server.get().settings().suspended()) {
            throw new ConflictException("the server is suspended");
        }
        return new SftpAuthority(
                known.get().id(), server.get().settings().uuid(), known.get().permissions());
    }

    private static Optional<ServerConfiguration> server(Collection<ServerConfiguration> servers, String name) {
        return servers.stream()
                .filter(one -> one.settings().uuid().toString().equals(name)
                        || (name.length() == 8
                                && one.settings().uuid().toString().startsWith(name)))
                .findFirst();
    }

    /** Of a key the type and the key itself, without the comment. */
    private static String plain(SftpLogin.Method method, String secret) {
        if (!method.equals(SftpLogin.Method.PUBLIC_KEY)) {
            return secret;
        }
        var parts = secret.strip().split("\\s+", 3);
        return parts.length < 2 ? secret : parts[0] + " " + parts[1];
    }
}
