package dev.rookery.daemon;

import dev.rookery.api.CallOptions;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.panel.SftpAuthority;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.panel.StateChange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A panel in memory, which remembers what it is told. */
final class MemoryPanel implements Panel {

    /** A command that this panel refuses to hear of. */
    static final String POISON = "poison";

    final Map<ServerId, ServerConfiguration> configurations = new ConcurrentHashMap<>();
    final Map<ServerId, InstallScript> scripts = new ConcurrentHashMap<>();
    final List<Reported> installs = new CopyOnWriteArrayList<>();
    final List<StateChange> states = new CopyOnWriteArrayList<>();
    /** The same by server. */
    final Map<ServerId, List<StateChange>> statesOf = new ConcurrentHashMap<>();
    /** Servers whose document nobody can read. */
    final Set<ServerId> unreadable = ConcurrentHashMap.newKeySet();

    final List<ActivityEntry> activity = new CopyOnWriteArrayList<>();
    /** Who may log in over SFTP, by name and secret with a space between. */
    final Map<String, SftpAuthority> logins = new ConcurrentHashMap<>();

    final List<SftpLogin> loginQuestions = new CopyOnWriteArrayList<>();
    /** Answers to log-ins wait for it, as they were when the question came. */
    volatile CountDownLatch holdLogins = new CountDownLatch(0);
    /** How many questions about log-ins are being answered, and how many were at most. */
    final AtomicInteger loginsNow = new AtomicInteger();

    final AtomicInteger loginsAtOnce = new AtomicInteger();
    volatile boolean away;
    /** Something else answers where the panel was. */
    volatile boolean missing;

    final AtomicInteger questionsWhileMissing = new AtomicInteger();
    /** Questions for a configuration wait for it. */
    volatile CountDownLatch hold = new CountDownLatch(0);

    /** How many questions for a configuration came. */
    final AtomicInteger questions = new AtomicInteger();

    @Override
    public Panel with(CallOptions options) {
        // Whoever gives up waits no longer.
        options.cancel().ifPresent(cancel -> cancel.onCancel(() -> hold.countDown()));
        return this;
    }

    @Override
    public ServerPage servers(int page, int perPage) {
        requireThere();
        var entries = configurations.entrySet().stream()
                .map(entry -> unreadable.contains(entry.getKey())
                        ? new ServerPage.Entry(entry.getKey().toString(), null, "build: missing")
                        : new ServerPage.Entry(entry.getKey().toString(), entry.getValue(), null))
                .toList();
        return new ServerPage(entries, 1, 1, entries.size());
    }

    @Override
    public ServerConfiguration configuration(ServerId server) {
        requireThere();
        var found = configurations.get(server);
        var wait = hold;
        questions.incrementAndGet();
        try {
            wait.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        }
        if (found == null) {
            throw new NotFoundException("the panel does not know server " + server);
        }
        if (unreadable.contains(server)) {
            throw new InvalidInputException("build: missing (expected: what the server may use)");
        }
        return found;
    }

    @Override
    public InstallScript installScript(ServerId server) {
        requireThere();
        return scripts.get(server);
    }

    @Override
    public void reportInstall(ServerId server, InstallReport report) {
        requireThere();
        installs.add(new Reported(server, report));
    }

    @Override
    public void reportState(ServerId server, StateChange change) {
        requireThere();
        states.add(change);
        statesOf.computeIfAbsent(server, id -> new CopyOnWriteArrayList<>()).add(change);
    }

    /** Forgets a server and what was reported of it; and in the row of all states, everything. */
    void forget(ServerId server) {
        configurations.remove(server);
        scripts.remove(server);
        installs.removeIf(reported -> reported.server().equals(server));
        statesOf.remove(server);
        states.clear();
    }

    @Override
    public void reportActivity(List<ActivityEntry> entries) {
        requireThere();
        if (missing) {
            questionsWhileMissing.incrementAndGet();
            throw new NotFoundException("a proxy's page");
        }
        if (entries.stream().anyMatch(entry -> entry.metadata().containsValue(new Json.Text(POISON)))) {
            throw new InvalidInputException("none of them can be used");
        }
        activity.addAll(entries);
    }

    @Override
    public SftpAuthority authorizeSftp(SftpLogin login) {
        var found = logins.get(login.username() + " " + login.secret().strip());
        loginsAtOnce.accumulateAndGet(loginsNow.incrementAndGet(), Math::max);
        loginQuestions.add(login);
        try {
            holdLogins.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        } finally {
            loginsNow.decrementAndGet();
        }
        requireThere();
        if (found == null) {
            throw new DeniedException("name, server or secret are wrong");
        }
        return found;
    }

    private void requireThere() {
        if (away) {
            throw new UnavailableException("the panel is away");
        }
    }

    record Reported(ServerId server, InstallReport report) {}
}
