package dev.rookery.proxy.apply;

import dev.rookery.kit.DurableFiles;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.apply.EngineException.Problem;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * An engine without a program: what is in its file runs. Names of routes say what goes wrong with them: {@code invalid} does not pass its check, {@code
 * refused} is noticed only when it is applied, {@code zombie} runs although it is refused, {@code silent} is not answered, {@code deadly} ends the engine.
 */
public final class FileEngine implements ProxyEngine {

    private static final String FILE = "config";

    /** How often something was applied. */
    public final AtomicInteger applied = new AtomicInteger();

    /** What somebody else does just before the next candidate is applied. */
    public volatile Runnable meanwhile = () -> {};

    private final Path folder;

    /** Creates the engine; what it runs is in the folder. */
    public FileEngine(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    public EngineFeatures features() {
        return EngineFeatures.caddy("2.11.4");
    }

    @Override
    public boolean sharesFiles() {
        return true;
    }

    @Override
    public Candidate candidate(ProxyDocument document, long revision) {
        var routes = document.routes().stream()
                .filter(route -> route.enabled() && route.exposure().proxied())
                .map(route -> route.id() + " " + route.domains())
                .sorted()
                .collect(Collectors.joining("\n"));
        return new Candidate(revision, Map.of(FILE, revision + "\n" + routes));
    }

    @Override
    public List<Finding> validate(Candidate candidate) {
        return has(candidate, "invalid")
                ? List.of(new Finding("ENGINE", Finding.Severity.ERROR, Optional.empty(), "", "invalid"))
                : List.of();
    }

    @Override
    public Running running() {
        requireUp();
        try {
            var file = folder.resolve(FILE);
            if (!Files.exists(file)) {
                return new Running("", new Candidate(0, Map.of()));
            }
            var text = Files.readString(file);
            var first = text.lines().findFirst().orElse("");
            long revision = first.matches("\\d+") ? Long.parseLong(first) : 0;
            return new Running(text, new Candidate(revision, Map.of(FILE, text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void apply(Candidate candidate, Running seen) {
        meanwhile.run();
        if (!running().guard().equals(seen.guard())) {
            throw new EngineException(Problem.CHANGED, "something else runs");
        }
        if (has(candidate, "refused")) {
            throw new EngineException(Problem.REFUSED, "port 443 is taken");
        }
        applied.incrementAndGet();
        write(candidate);
        if (has(candidate, "deadly")) {
            write("down", candidate);
        }
        if (has(candidate, "zombie")) {
            throw new EngineException(Problem.REFUSED, "port 443 is taken, and it runs half");
        }
    }

    @Override
    public Proof prove(Candidate candidate) {
        boolean runs = running().is(candidate) && !has(candidate, "silent") && !has(candidate, "zombie");
        var outcome = runs ? Proof.Outcome.PASSED : Proof.Outcome.FAILED;
        return new Proof(List.of(new Proof.Check("answer", Optional.empty(), outcome, runs ? "ok" : "none")));
    }

    @Override
    public void keep(Candidate candidate) {
        write("boot", candidate);
    }

    @Override
    public void restore(Running before) {
        if (Files.exists(folder.resolve("stuck"))) {
            throw new EngineException(Problem.UNKNOWN, "does not answer");
        }
        requireUp();
        write(before.content());
    }

    private void requireUp() {
        if (Files.exists(folder.resolve("down"))) {
            throw new EngineException(Problem.UNAVAILABLE, "down (expected: up)");
        }
    }

    /** Returns what runs, without the revision. */
    public String routes() {
        var text = running().guard();
        return text.contains("\n") ? text.substring(text.indexOf('\n') + 1) : "";
    }

    /** Returns what it starts with. */
    public String boots() {
        try {
            var file = folder.resolve("boot");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody else changes what runs. */
    public void changeByHand(String text) {
        write(new Candidate(0, Map.of(FILE, text)));
    }

    private static boolean has(Candidate candidate, String word) {
        return candidate.files().values().stream().anyMatch(text -> text.contains(word));
    }

    private void write(Candidate candidate) {
        write(FILE, candidate);
    }

    private void write(String name, Candidate candidate) {
        try {
            var text = candidate.files().get(FILE);
            if (text == null) {
                DurableFiles.delete(folder.resolve(name));
            } else {
                DurableFiles.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8), DurableFiles.PRIVATE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
