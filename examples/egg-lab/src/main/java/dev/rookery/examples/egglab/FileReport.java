package dev.rookery.examples.egglab;

import dev.rookery.api.egg.EggRule.Severity;
import java.util.List;
import java.util.Optional;

/**
 * What a command says about a file.
 *
 * @param file its name
 * @param format the format of the egg in it; empty if it is none
 * @param output where a converted egg was written
 * @param remarks what is said about it
 */
record FileReport(String file, Optional<String> format, Optional<String> output, List<Remark> remarks) {

    FileReport {
        remarks = List.copyOf(remarks);
    }

    /** Returns whether anything is as bad as that. */
    boolean has(Severity severity) {
        return remarks.stream().anyMatch(remark -> remark.severity().compareTo(severity) <= 0);
    }
}
