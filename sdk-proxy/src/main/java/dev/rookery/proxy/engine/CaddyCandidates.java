package dev.rookery.proxy.engine;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.kit.DurableFiles;
import dev.rookery.proxy.CaddyConfig;
import dev.rookery.proxy.CaddyOptions;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import dev.rookery.proxy.internal.caddy.CaddyBinary;
import dev.rookery.proxy.internal.caddy.CaddyDocument;
import dev.rookery.proxy.internal.caddy.CaddyListeners;
import dev.rookery.proxy.internal.certificate.CertificateFile;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.internal.probe.Port;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes and checks what a Caddy would run, however it gets it. Thread-safe. */
final class CaddyCandidates {

    private static final String FILE = "caddy.json";

    private final CaddyEngineOptions options;
    private final Optional<CaddyBinary> binary;
    private final EngineFeatures features;
    private final KnownConfigs known = new KnownConfigs();

    CaddyCandidates(CaddyEngineOptions options) {
        this.options = options;
        this.binary = options.program().map(program -> new CaddyBinary(program, options.work()));
        this.features = options.features()
                .or(() -> binary.map(CaddyBinary::features))
                .orElseGet(() -> EngineFeatures.caddy("2.6.2"));
    }

    EngineFeatures features() {
        return features;
    }

    Candidate make(ProxyDocument document, long revision) {
        var files = options.ports() ? CertificateFile.named(document) : Set.<String>of();
        var made = new CaddyOptions(options.admin(), revision, CertificateFile.prints(files));
        return known.made(document, made).orElseGet(() -> {
            // The same document with another revision has no other errors.
            var json = known.made(document)
                    ? CaddyDocument.of(document, features, made)
                    : CaddyConfig.of(document, features, made).json();
            var candidate = candidate(revision, json);
            known.keep(document, made, candidate, json);
            return candidate;
        });
    }

    private static Candidate candidate(long revision, Json json) {
        return new Candidate(revision, Map.of(FILE, new String(ProxyJson.canonical(json), StandardCharsets.UTF_8)));
    }

    List<Finding> validate(Candidate candidate) {
        if (binary.isEmpty()) {
            return List.of(
                    finding("ENGINE_NOT_ASKED", Finding.Severity.NOTE, "no program is there that could check it"));
        }
        return binary.get()
                .validate(json(candidate))
                .map(said -> List.of(finding("ENGINE_REFUSED", Finding.Severity.ERROR, said)))
                .orElseGet(List::of);
    }

    private static Finding finding(String code, Finding.Severity severity, String message) {
        return new Finding(code, severity, Optional.empty(), "", message);
    }

    /**
     * Returns what a text is as a candidate, of whoever it is; nothing if it is none, or {@code null}.
     *
     * @param where it comes from, for people
     * @throws EngineException {@link Problem#UNAVAILABLE} if it is something else: whoever wrote it knows better what it is worth
     */
    Candidate read(String where, String text) {
        var stripped = text.strip();
        return known.text(stripped).orElseGet(() -> {
            var json = stripped.isEmpty() ? Json.Null.INSTANCE : json(where, stripped);
            if (json == Json.Null.INSTANCE) {
                return new Candidate(0, Map.of());
            }
            var candidate = candidate(CaddyListeners.revision(json), json);
            known.keep(stripped, candidate, json);
            return candidate;
        });
    }

    private static Json json(String where, String text) {
        try {
            var json = ProxyJson.read(text.getBytes(StandardCharsets.UTF_8));
            if (json instanceof Json.Obj || json == Json.Null.INSTANCE) {
                return json;
            }
        } catch (InvalidInputException e) {
            throw new EngineException(
                    Problem.UNAVAILABLE, where + " says no configuration of Caddy: " + e.getMessage(), e);
        }
        throw new EngineException(
                Problem.UNAVAILABLE,
                where + " says no configuration of Caddy (expected: an object of JSON, or nothing)");
    }

    /** Returns the configuration as a text; of nothing, it is Caddy's administration in its place: without it, it would move to the usual one. */
    String text(Candidate candidate) {
        return Optional.ofNullable(candidate.files().get(FILE)).orElseGet(this::nothing);
    }

    private String nothing() {
        var whole = CaddyConfig.of(ProxyDocument.EMPTY, features, new CaddyOptions(options.admin(), 0))
                .json();
        var admin = whole instanceof Json.Obj object ? object.members().get("admin") : null;
        var kept = admin == null ? new Tree() : new Tree().put("admin", admin);
        return new String(ProxyJson.canonical(kept.json()), StandardCharsets.UTF_8);
    }

    Json json(Candidate candidate) {
        return present(candidate).orElseGet(() -> new Tree().json());
    }

    /** Returns the configuration; empty if nothing runs. */
    Optional<Json> present(Candidate candidate) {
        return known.json(candidate)
                .or(() -> Optional.ofNullable(candidate.files().get(FILE))
                        .map(text -> ProxyJson.read(text.getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * Makes sure that nobody has the ports that are new in a candidate.
     *
     * @param before what ran before it
     * @throws EngineException {@link Problem#REFUSED} if another program has one of them
     */
    void requirePorts(Candidate candidate, Optional<Candidate> before) {
        var present = before.flatMap(this::present).map(CaddyListeners::ports).orElseGet(List::of);
        Port.requireFree(CaddyListeners.ports(json(candidate)), present);
    }

    /** Writes a file that Caddy reads; who may read it stays as it is: Caddy is often another user. */
    static void write(Path file, String config) {
        var content = config.getBytes(StandardCharsets.UTF_8);
        try {
            if (Files.exists(file)) {
                replace(file, content);
            } else {
                DurableFiles.write(file, content, DurableFiles.PRIVATE);
            }
        } catch (IOException e) {
            throw new EngineException(Problem.UNAVAILABLE, file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** At no moment is there a file that Caddy may not read. */
    private static void replace(Path file, byte[] content) throws IOException {
        var next = file.resolveSibling("." + file.getFileName() + ".next");
        try {
            DurableFiles.write(next, content, DurableFiles.PRIVATE);
            give(next, Files.readAttributes(file, PosixFileAttributes.class));
            DurableFiles.replace(next, file);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static void give(Path file, PosixFileAttributes before) throws IOException {
        var now = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        try {
            if (!now.readAttributes().group().equals(before.group())) {
                now.setGroup(before.group());
            }
            own(now, before);
        } catch (IOException e) {
            if (!before.permissions().contains(PosixFilePermission.OTHERS_READ)) {
                throw new IOException(
                        "its owner " + before.owner() + " and its group " + before.group()
                                + " cannot be kept (expected: root, or a group of who writes it that may read it)",
                        e);
            }
        }
        now.setPermissions(before.permissions());
    }

    /** Only root gives a file away; whoever reads it as one of its group can do without. */
    private static void own(PosixFileAttributeView now, PosixFileAttributes before) throws IOException {
        try {
            if (!now.readAttributes().owner().equals(before.owner())) {
                now.setOwner(before.owner());
            }
        } catch (IOException e) {
            if (!before.permissions().contains(PosixFilePermission.GROUP_READ)) {
                throw e;
            }
        }
    }
}
