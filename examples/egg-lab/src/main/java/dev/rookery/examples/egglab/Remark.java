package dev.rookery.examples.egglab;

import dev.rookery.api.egg.EggChange;
import dev.rookery.api.egg.EggException;
import dev.rookery.api.egg.EggFinding;
import dev.rookery.api.egg.EggPlace;
import dev.rookery.api.egg.EggRule;
import dev.rookery.api.egg.EggRule.Severity;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that a command says about an egg.
 *
 * @param severity how bad it is
 * @param code what kind of thing it is
 * @param title the same in a few words
 * @param path where in the document
 * @param place where in the file
 * @param message what it is
 * @param advice what to do; may be empty
 */
record Remark(
        Severity severity,
        String code,
        String title,
        String path,
        Optional<EggPlace> place,
        String message,
        String advice) {

    static Remark of(EggFinding finding) {
        EggRule rule = finding.rule();
        return new Remark(
                rule.severity(),
                rule.code(),
                rule.title(),
                finding.path(),
                finding.place(),
                finding.message(),
                rule.advice());
    }

    static Remark of(EggException refused) {
        return new Remark(
                Severity.ERROR,
                refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "No egg that can be read",
                refused.path(),
                refused.place(),
                String.valueOf(refused.getMessage()).replaceFirst("^egg: ", ""),
                "Correct the file there; no panel reads it as it is.");
    }

    static Remark of(EggChange change) {
        boolean lost = change.kind() == EggChange.Kind.LEFT_OUT;
        return new Remark(
                lost ? Severity.WARNING : Severity.NOTE,
                change.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                lost ? "Left out by a conversion" : "Rewritten by a conversion",
                change.path(),
                Optional.empty(),
                change.message(),
                "");
    }
}
