package dev.rookery.daemon.internal.environment.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds everything that a process has started: what is in its session, and what has left it but still has its mark. */
final class Members {

    /** The variable that marks all of a process; its value is the process's id. */
    static final String MARK = "ROOKERY_PROCESS";

    private static final Path PROC = Path.of("/proc");

    private Members() {}

    /** Returns the members of each process, without the wrappers. */
    static Map<String, List<ProcFile>> of(Collection<ProcessFolder> processes) {
        var bySession = new HashMap<Long, String>();
        var byMark = new HashMap<String, String>();
        var members = new HashMap<String, List<ProcFile>>();
        for (var process : processes) {
            members.put(process.id(), new ArrayList<>());
            byMark.put(MARK + "=" + process.id(), process.id());
            process.wrapper().ifPresent(wrapper -> bySession.put(wrapper.pid(), process.id()));
        }
        for (var candidate : ProcFile.all()) {
            var id = bySession.get(candidate.session());
            if (id == null) {
                id = marked(candidate.pid(), byMark);
            }
            if (id != null && !bySession.containsKey(candidate.pid()) && candidate.state() != 'Z') {
                members.computeIfAbsent(id, absent -> new ArrayList<>()).add(candidate);
            }
        }
        return members;
    }

    private static @Nullable String marked(long pid, Map<String, String> byMark) {
        try {
            var environment = Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
            for (var variable : environment.split("\0", -1)) {
                var id = byMark.get(variable);
                if (id != null) {
                    return id;
                }
            }
        } catch (IOException e) {
            // Gone meanwhile, or somebody else's.
        }
        return null;
    }
}
