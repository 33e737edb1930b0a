package dev.rookery.examples.panel;

import dev.rookery.api.permission.Permissions;
import dev.rookery.examples.panel.account.Accounts;
import dev.rookery.examples.panel.account.Passwords;
import dev.rookery.examples.panel.account.People;
import dev.rookery.examples.panel.account.ServerRights;
import dev.rookery.examples.panel.account.SftpAccounts;
import dev.rookery.examples.panel.http.HttpServer;
import dev.rookery.examples.panel.http.ServerAccess;
import dev.rookery.examples.panel.proxy.ObjectArchive;
import dev.rookery.examples.panel.proxy.PanelProxy;
import dev.rookery.examples.panel.proxy.ProxyOptions;
import dev.rookery.examples.panel.sql.AccountStore;
import dev.rookery.examples.panel.sql.Database;
import dev.rookery.examples.panel.sql.SqlPanelStore;
import dev.rookery.examples.panel.sql.SqlRouteStore;
import dev.rookery.examples.panel.sql.SshKeyStore;
import dev.rookery.examples.panel.sql.SubuserStore;
import dev.rookery.panel.ConsoleRelay;
import dev.rookery.panel.ConsoleRelayOptions;
import dev.rookery.panel.Enrolment;
import dev.rookery.panel.NodeDirectory;
import dev.rookery.panel.PanelEndpoint;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ReadEggInterpreter;
import dev.rookery.panel.s3.S3ObjectStore;
import dev.rookery.panel.schedule.Schedules;
import dev.rookery.proxy.store.RevisionArchive;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** The whole panel, put together: database, service, relay, HTTP server. */
public final class PanelApplication implements AutoCloseable {

    private final Database database;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final OkHttpClient http = new OkHttpClient();
    private final SqlPanelStore store;
    private final PanelService service;
    private final ConsoleRelay relay;
    private final Schedules schedules;
    private final Backups backups;
    private final NodeOffers offers;
    private final DirectAddresses directAddresses;
    private final NodeAdmin nodes;
    private final Eggs eggs;
    private final Accounts accounts;
    private final AccountStore accountStore;
    private final ServerRights rights;
    private final SshKeyStore sshKeys;
    private final People people;
    private final PanelEndpoint endpoint;
    private final Optional<PanelProxy> proxy;
    private final boolean secure;

    /**
     * Opens the panel's data. Nothing is served and no node is called before {@link #serve}.
     *
     * @param data the directory of everything the panel keeps; created where missing
     * @param url where browsers and nodes reach the panel
     */
    public PanelApplication(Path data, URI url) {
        this(Database.open(data), url);
    }

    /**
     * Puts a panel over a database. Several panels over one share the work; each has browsers of its own.
     *
     * @param database where everything is kept; closed with this
     * @param url where browsers and nodes reach the panel
     */
    public PanelApplication(Database database, URI url) {
        this(database, url, PanelSettings.defaults());
    }

    /**
     * Puts a panel over a database.
     *
     * @param database where everything is kept; closed with this
     * @param url where browsers and nodes reach the panel
     * @param settings what was chosen
     */
    public PanelApplication(Database database, URI url, PanelSettings settings) {
        this(database, url, settings, Optional.empty());
    }

    /**
     * Puts a panel over a database, with a way of its own to nodes: for a panel and nodes in one process.
     *
     * @param database where everything is kept; closed with this
     * @param url where browsers and nodes reach the panel
     * @param settings what was chosen
     * @param directory the way to nodes
     */
    public PanelApplication(Database database, URI url, PanelSettings settings, NodeDirectory directory) {
        this(database, url, settings, Optional.of(directory));
    }

    private PanelApplication(Database database, URI url, PanelSettings settings, Optional<NodeDirectory> own) {
        this.database = database;
        clock = database.clock();
        store = new SqlPanelStore(database);
        accountStore = new AccountStore(database.jdbi());
        rights = new ServerRights(accountStore, new SubuserStore(database.jdbi()));
        sshKeys = new SshKeyStore(database.jdbi());
        var passwords = new Passwords(random);
        accounts = new Accounts(accountStore, passwords, random, clock);
        var directory = own.orElseGet(() -> NodeClients.over(http, url, clock));
        service = service(directory, settings);
        backups = new Backups(service, settings, http);
        offers = new NodeOffers(store.nodes(), directory, clock);
        directAddresses = new DirectAddresses(service, directory, offers, backups, settings);
        relay = new ConsoleRelay(service, ConsoleRelayOptions.defaults(), clock);
        people = new People(database.jdbi(), accounts, passwords, service, relay, clock);
        var access = new ServerAccess(service, rights, clock);
        schedules = Schedules.builder(
                        service,
                        (user, server) -> access.permissions(user, server).orElse(Permissions.none()))
                .clock(clock)
                .backups(backups.scheduled(clock))
                .build();
        var enrolment = new Enrolment(store.nodes(), url, clock);
        endpoint = new PanelEndpoint(service, enrolment);
        nodes = new NodeAdmin(store.nodes(), enrolment, url, clock);
        eggs = new Eggs(service, clock);
        secure = "https".equals(url.getScheme());
        proxy = settings.proxy().map(chosen -> proxy(chosen, settings));
    }

    private PanelProxy proxy(ProxyOptions chosen, PanelSettings settings) {
        Optional<RevisionArchive> archive = settings.backupStore()
                .map(objects -> new ObjectArchive(new S3ObjectStore(objects), http, chosen.instance()));
        return new PanelProxy(chosen, new SqlRouteStore(database), archive, store, clock);
    }

    private PanelService service(NodeDirectory directory, PanelSettings settings) {
        var builder = PanelService.builder(store, directory, new ReadEggInterpreter())
                .clock(clock)
                .sftpUsers(new SftpAccounts(accounts, sshKeys, rights));
        settings.backupStore().map(S3ObjectStore::new).ifPresent(builder::objectStore);
        return builder.build();
    }

    /**
     * Begins to carry out operations and to answer.
     *
     * @param address where to listen; port 0 takes a free one
     * @return to be closed before this
     */
    public HttpServer serve(InetSocketAddress address) {
        service.start();
        schedules.start();
        people.start();
        proxy.ifPresent(PanelProxy::start);
        return HttpServer.start(address, this);
    }

    /** Returns the library's half of the panel. */
    public PanelService service() {
        return service;
    }

    /** Returns the consoles of all browsers. */
    public ConsoleRelay relay() {
        return relay;
    }

    /** Returns the schedules of all servers. */
    public Schedules schedules() {
        return schedules;
    }

    /** Returns the backups of all servers. */
    public Backups backups() {
        return backups;
    }

    /** Returns what nodes offer. */
    public NodeOffers offers() {
        return offers;
    }

    /** Returns where browsers load things without the panel. */
    public DirectAddresses directAddresses() {
        return directAddresses;
    }

    /** Returns the administration of nodes. */
    public NodeAdmin nodes() {
        return nodes;
    }

    /** Returns the import of eggs. */
    public Eggs eggs() {
        return eggs;
    }

    /** Returns who may log in. */
    public Accounts accounts() {
        return accounts;
    }

    /** Returns the users as they are stored. */
    public AccountStore accountStore() {
        return accountStore;
    }

    /** Returns who may do what, and how that is changed. */
    public People people() {
        return people;
    }

    /** Returns what users may do on servers. */
    public ServerRights rights() {
        return rights;
    }

    /** Returns the keys with which users log in over SFTP. */
    public SshKeyStore sshKeys() {
        return sshKeys;
    }

    /** Returns the proxy before the servers; empty if none was chosen. */
    public Optional<PanelProxy> proxy() {
        return proxy;
    }

    /** Returns what answers nodes. */
    public PanelEndpoint endpoint() {
        return endpoint;
    }

    /** Returns the time. */
    public Clock clock() {
        return clock;
    }

    /** Returns where randomness comes from. */
    public SecureRandom random() {
        return random;
    }

    /** Returns whether browsers reach the panel over TLS, so that cookies may insist on it. */
    public boolean secure() {
        return secure;
    }

    @Override
    public void close() {
        proxy.ifPresent(PanelProxy::close);
        people.close();
        relay.close();
        schedules.close();
        service.close();
        database.close();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
