package dev.rookery.api.egg;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks at how an egg is installed, and for secrets and insecure downloads anywhere. Source: eggs §6, §9.10. */
final class ScriptLint {

    private static final String SCRIPT = "scripts.installation.script";
    private static final String CONTAINER = "scripts.installation.container";
    private static final Set<String> ENTRYPOINTS = Set.of("bash", "ash", "sh", "/bin/bash", "/bin/ash", "/bin/sh");
    private static final Pattern OUTDATED = Pattern.compile("(?:.*/)?(?:"
            + "debian:(?:jessie|stretch|buster|[1-9]\\b|10)|ubuntu:(?:1[0-9]\\.|20\\.)|alpine:3\\.(?:[0-9]|1[0-9])(?:\\.|$)"
            + "|openjdk:|frolvlad/alpine-oraclejdk8|node:(?:[0-9]|1[0-9])(?:[.-]|$)|python:(?:2|3\\.[0-8])(?:[.-]|$)"
            + "|golang:1\\.1?[0-9](?:[.-]|$)|.*-(?:jessie|stretch|buster)\\b|mono:|rust:1\\.[1-6]?[0-9](?:\\.|-|$)).*");
    private static final Pattern HTTP =
            Pattern.compile("http://(?!localhost|127\\.|0\\.0\\.0\\.0|\\[::1]|\\$|www\\.w3\\.org)[A-Za-z0-9.-]{1,100}");
    private static final Pattern UNVERIFIED = Pattern.compile(
            "\\bwget\\b[^\\n|;&]{0,300}--no-check-certificate|\\bcurl\\b[^\\n|;&]{0,300}(?:--insecure|\\s-[a-jl-zA-Z]{0,8}k[a-zA-Z]{0,8}\\s)"
                    + "|GIT_SSL_NO_VERIFY|NODE_TLS_REJECT_UNAUTHORIZED=0");
    private static final Pattern PIPED =
            Pattern.compile("\\b(?:curl|wget)\\b[^\\n|;&]{0,300}\\|\\s{0,4}(?:sudo\\s{1,4})?(?:ba|a|z)?sh\\b");
    private static final Pattern SECRET = Pattern.compile("gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,90}"
            + "|glpat-[A-Za-z0-9_-]{20}|AKIA[0-9A-Z]{16}\\b|xox[abprs]-[A-Za-z0-9-]{20,80}"
            + "|-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----|eyJ[A-Za-z0-9_-]{10,400}\\.eyJ[A-Za-z0-9_-]{10,2000}\\."
            + "|/api/webhooks/[0-9]{10,25}/[A-Za-z0-9_-]{40,100}");
    /** What every match of the pattern above has: texts without one are the rule, and looked through faster this way. */
    private static final List<String> MARKS = List.of(
            "ghp_",
            "gho_",
            "ghu_",
            "ghs_",
            "ghr_",
            "github_pat_",
            "glpat-",
            "AKIA",
            "xox",
            "PRIVATE KEY",
            "eyJ",
            "/webhooks/");

    private static final Pattern BOT_TOKEN =
            Pattern.compile("(?<![A-Za-z0-9_-])[MNO][A-Za-z0-9_-]{23,25}+\\.[A-Za-z0-9_-]{6}+\\.[A-Za-z0-9_-]{27,40}");
    private static final Pattern CREDENTIALS = Pattern.compile("https?://[A-Za-z0-9._-]{1,60}:[A-Za-z0-9._-]{6,100}@");

    private ScriptLint() {}

    static void check(Egg egg, EggFindings found) {
        var installation = egg.installation();
        text(SCRIPT, installation.script(), found);
        ProcessLint.commands(egg).forEach((path, command) -> text(path, command, found));
        egg.updateUrl().ifPresent(url -> text("meta.update_url", url, found));
        int index = 0;
        for (var variable : egg.variables()) {
            text("variables[" + index++ + "].default_value", variable.defaultValue(), found);
        }
        if (installation.script().isBlank()) {
            return;
        }
        image(installation.containerImage(), found);
        shell(installation.entrypoint(), installation.script(), found);
    }

    private static void image(String image, EggFindings found) {
        var name = image.substring(image.lastIndexOf('/') + 1);
        if (image.isBlank() || image.contains("@sha256:")) {
            return;
        }
        if (OUTDATED.matcher(image.toLowerCase(Locale.ROOT)).matches()) {
            found.add(EggRule.OUTDATED_IMAGE, CONTAINER, Warnings.quote(image) + " gets no security updates any more");
        } else if (name.indexOf(':') < 0 || name.endsWith(":latest")) {
            found.add(EggRule.IMAGE_TAG, CONTAINER, Warnings.quote(image) + " (expected: a tag other than 'latest')");
        }
    }

    private static void shell(String entrypoint, String script, EggFindings found) {
        if (!ENTRYPOINTS.contains(entrypoint)) {
            found.add(
                    EggRule.ENTRYPOINT,
                    "scripts.installation.entrypoint",
                    Warnings.quote(entrypoint) + " (expected: one of bash, ash, sh)");
        }
        if (script.startsWith("#!") && script.lines().findFirst().orElse("").indexOf('\\') >= 0) {
            found.add(EggRule.SHEBANG, SCRIPT, "the first line has backslashes");
        }
    }

    private static void text(String path, String text, EggFindings found) {
        if (text.length() < "http://a".length()) {
            return;
        }
        if (secret(text)) {
            found.add(EggRule.SECRET, path, "holds what looks like a key, token or password of a service");
        }
        if (text.contains("http://")) {
            HTTP.matcher(text)
                    .results()
                    .map(url -> url.group())
                    .distinct()
                    .forEach(url ->
                            found.add(EggRule.INSECURE_DOWNLOAD, path, Warnings.quote(url) + " (expected: https)"));
        }
        if (text.lines()
                .filter(ScriptLint::downloads)
                .anyMatch(line -> UNVERIFIED.matcher(line).find())) {
            found.add(EggRule.INSECURE_DOWNLOAD, path, "certificates are not checked");
        }
        if (text.lines()
                .filter(ScriptLint::downloads)
                .anyMatch(line -> PIPED.matcher(line).find())) {
            found.add(EggRule.PIPE_TO_SHELL, path, "a download goes right into a shell");
        }
    }

    private static boolean secret(String text) {
        return (MARKS.stream().anyMatch(text::contains) && SECRET.matcher(text).find())
                || (text.indexOf('@') >= 0 && CREDENTIALS.matcher(text).find())
                || BOT_TOKEN.matcher(text).find();
    }

    private static boolean downloads(String line) {
        return line.contains("curl")
                || line.contains("wget")
                || line.contains("_VERIFY")
                || line.contains("_UNAUTHORIZED");
    }
}
