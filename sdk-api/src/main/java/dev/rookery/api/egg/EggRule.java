package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import java.util.Locale;

/** What can be found about eggs, each with how bad it is and what to do. Source: eggs §3 to §11. */
@Incubating
public enum EggRule {
    /** Byte order mark. */
    BYTE_ORDER_MARK(
            Severity.NOTE, "Byte order mark", "Save the file as UTF-8 without a byte order mark: panels refuse it."),
    /** Member occurs twice. */
    DUPLICATE_MEMBER(
            Severity.WARNING, "Member occurs twice", "Remove all but one; which one counts differs between readers."),
    /** Half a character. */
    LONE_SURROGATE(
            Severity.WARNING,
            "Half a character",
            "Write the character as UTF-8 or as both halves of its escape; panels refuse the file."),
    /** YAML tag. */
    YAML_TAG(Severity.NOTE, "YAML tag", "Remove the tag; panels do not build anything from it."),
    /** Unusual shape. */
    SHAPE(Severity.NOTE, "Unusual shape", "Write a list where a list is meant; not every panel takes anything else."),
    /** Blank entry in a list. */
    BLANK_ENTRY(Severity.NOTE, "Blank entry in a list", "Remove the entry; panels drop it."),
    /** Has no effect. */
    LEFT_ASIDE(Severity.WARNING, "Has no effect", "Remove it, or give it the shape that panels read."),
    /** Text that should hold JSON. */
    NOT_JSON_TEXT(
            Severity.WARNING,
            "Text that should hold JSON",
            "Correct the JSON in the text; panels refuse the egg or forget the member."),
    /** Runtime image in an old place. */
    IMAGE_PLACE(Severity.NOTE, "Runtime image in an old place", "Name images with their labels in 'docker_images'."),
    /** Blanks around an image. */
    IMAGE_BLANKS(Severity.NOTE, "Blanks around an image", "Remove the blanks; container engines refuse such a name."),
    /** No runtime image. */
    NO_IMAGE(Severity.ERROR, "No runtime image", "Name at least one image in 'docker_images'."),
    /** No startup command. */
    NO_STARTUP(Severity.ERROR, "No startup command", "Give the command that starts the program."),
    /** Unknown parser. */
    UNKNOWN_PARSER(
            Severity.ERROR,
            "Unknown parser",
            "Use one of file, properties, ini, json, yaml, xml or toml; nodes leave the file as it is."),
    /** List as a new value. */
    FIND_LIST(Severity.WARNING, "List as a new value", "Write a value, or an object of present and new values."),
    /** Nothing tells that the server has started. */
    NO_DONE(
            Severity.WARNING,
            "Nothing tells that the server has started",
            "Give a text of the console in 'config.startup.done'; without one a server stays 'starting' for ever."),
    /** Every line tells that the server has started. */
    EMPTY_DONE(
            Severity.WARNING,
            "Every line tells that the server has started",
            "Give a text that is printed only when the server is up."),
    /** No way to stop. */
    NO_STOP(Severity.WARNING, "No way to stop", "Give a command, or ^C for an interrupt."),
    /** Unknown signal. */
    UNKNOWN_SIGNAL(
            Severity.WARNING,
            "Unknown signal",
            "Use ^C, ^SIGTERM or another known signal, or a command; nodes kill the process, and what it did not save is lost."),
    /** No install script. */
    NO_SCRIPT(Severity.NOTE, "No install script", "Nothing to do if the image has all that the program needs."),
    /** No install image. */
    NO_INSTALL_IMAGE(
            Severity.ERROR,
            "No install image",
            "Name the image that the script runs in, in 'scripts.installation.container'."),
    /** Unusable name of a variable. */
    VARIABLE_NAME(
            Severity.ERROR,
            "Unusable name of a variable",
            "Use letters A to Z, digits and underscores; panels refuse the egg."),
    /** Variable defined twice. */
    DUPLICATE_VARIABLE(Severity.ERROR, "Variable defined twice", "Remove one of them; panels keep the last one."),
    /** Reserved name of a variable. */
    RESERVED_NAME(
            Severity.WARNING,
            "Reserved name of a variable",
            "Rename the variable: Pterodactyl refuses the egg, Pelican renames it on import, and nodes overwrite some of them."),
    /** Unusable sort number. */
    BAD_SORT(Severity.NOTE, "Unusable sort number", "Write a whole number or leave it out."),
    /** The text 'null'. */
    NULL_TEXT(Severity.NOTE, "The text 'null'", "Write null without quotes, or leave the member out."),
    /** More than can be listed. */
    MANY_FINDINGS(Severity.NOTE, "More than can be listed", "Correct the others first."),
    /** Old format. */
    DEPRECATED_FORMAT(Severity.NOTE, "Old format", "Convert the egg: panels of today write a newer format."),
    /** Unknown member. */
    UNKNOWN_MEMBER(Severity.NOTE, "Unknown member", "Check its spelling; no panel reads it."),
    /** Unknown feature. */
    UNKNOWN_FEATURE(
            Severity.NOTE,
            "Unknown feature",
            "Use one of eula, java_version, pid_limit, steam_disk_space or gsl_token; others are ignored."),
    /** Author is no e-mail address. */
    AUTHOR(
            Severity.WARNING,
            "Author is no e-mail address",
            "Give an e-mail address; Pterodactyl refuses the egg without one."),
    /** Unusable uuid. */
    UUID(Severity.NOTE, "Unusable uuid", "Leave it out, or write one in the usual form; panels update eggs by it."),
    /** Longer than a panel stores. */
    TOO_LONG(Severity.NOTE, "Longer than a panel stores", "Shorten it; the advice names the panel."),
    /** Unusable picture. */
    ICON(Severity.WARNING, "Unusable picture", "Use png, jpeg or webp and say so in the data URI."),
    /** Image without a fixed version. */
    IMAGE_TAG(
            Severity.WARNING,
            "Image without a fixed version",
            "Name a tag other than 'latest': servers change under their owners otherwise."),
    /** Install image without security updates. */
    OUTDATED_IMAGE(
            Severity.WARNING,
            "Install image without security updates",
            "Use a maintained image; the script downloads and unpacks strangers' files in it, as root."),
    /** Download that anybody can change. */
    INSECURE_DOWNLOAD(
            Severity.WARNING, "Download that anybody can change", "Use https, and let certificates be checked."),
    /** Runs what it downloads unseen. */
    PIPE_TO_SHELL(
            Severity.NOTE,
            "Runs what it downloads unseen",
            "Download a fixed version, compare its checksum, then run it."),
    /** Secret in the egg. */
    SECRET(
            Severity.ERROR,
            "Secret in the egg",
            "Remove it and make it invalid: everybody who has the egg has it. Let people enter their own in a variable."),
    /** Unusual entrypoint. */
    ENTRYPOINT(Severity.WARNING, "Unusual entrypoint", "Name one program such as bash or ash; it is no shell line."),
    /** Broken first line of the script. */
    SHEBANG(
            Severity.NOTE,
            "Broken first line of the script",
            "Write #!/bin/bash without backslashes. The entrypoint decides anyway."),
    /** Placeholder that names nothing. */
    UNKNOWN_PLACEHOLDER(
            Severity.WARNING,
            "Placeholder that names nothing",
            "Define the variable or correct the name; the placeholder becomes an empty text."),
    /** Braces that make no placeholder. */
    BROKEN_PLACEHOLDER(
            Severity.WARNING,
            "Braces that make no placeholder",
            "Write {{NAME}} with two braces on each side and no blanks."),
    /** Placeholder where nobody replaces it. */
    DEAD_PLACEHOLDER(
            Severity.WARNING,
            "Placeholder where nobody replaces it",
            "Use the form for this place, which the message names."),
    /** Name in lower case. */
    LETTER_CASE(
            Severity.WARNING,
            "Name in lower case",
            "Write the name in upper case, here and where it is used: nodes upper-case it, and what uses the old form finds nothing."),
    /** Path outside of the server. */
    UNREACHABLE_PATH(
            Severity.ERROR,
            "Path outside of the server",
            "Name a file below the server's directory; nodes refuse to leave it."),
    /** Edits nothing, or every line. */
    EMPTY_FIND(Severity.NOTE, "Edits nothing, or every line", "Give the key to replace."),
    /** Stops by killing. */
    STOP_KILLS(
            Severity.WARNING,
            "Stops by killing",
            "Use a command or ^C if the program understands one: what it did not save is lost."),
    /** Stop command with a line break. */
    STOP_LINES(
            Severity.WARNING,
            "Stop command with a line break",
            "Give one line; the rest is typed as further commands."),
    /** Pattern that does not compile. */
    DONE_REGEX(
            Severity.WARNING,
            "Pattern that does not compile",
            "Correct it; nodes search for it as a plain text otherwise."),
    /** Rule that panels do not know. */
    BAD_RULE(
            Severity.ERROR,
            "Rule that panels do not know",
            "Correct the rule: the panel fails when somebody saves a value, Calagopus drops the variable."),
    /** Pattern cut at a bar. */
    SPLIT_REGEX(
            Severity.ERROR,
            "Pattern cut at a bar",
            "Write the rules as a list, or the pattern without bars: a text of rules is cut at every bar."),
    /** Default against its own rules. */
    DEFAULT_BREAKS_RULES(
            Severity.WARNING,
            "Default against its own rules",
            "Correct the default or the rules; a server cannot be created with it as it is."),
    /** Required, without default. */
    DEFAULT_TO_FILL_IN(
            Severity.NOTE,
            "Required, without default",
            "Nothing to do if people have to enter a value for each server."),
    /** Rules that contradict each other. */
    CONTRADICTION(Severity.NOTE, "Rules that contradict each other", "Remove one of them; the stricter one counts."),
    /** Editable but hidden. */
    HIDDEN_EDITABLE(
            Severity.NOTE,
            "Editable but hidden",
            "Make the variable viewable, or not editable: panels require both to edit."),
    /** Default password. */
    DEFAULT_PASSWORD(
            Severity.WARNING, "Default password", "Leave it empty and require one: who knows the egg knows it."),
    /** Two variables with the same label. */
    SAME_LABEL(Severity.WARNING, "Two variables with the same label", "Rename one of them; Pelican refuses the egg."),
    /** Variable without a label. */
    NO_LABEL(Severity.NOTE, "Variable without a label", "Give it a name that people understand."),
    /** Default with shell text. */
    SHELL_TEXT(
            Severity.NOTE,
            "Default with shell text",
            "Check that it is meant to be expanded: the startup command is a shell program.");

    private final Severity severity;
    private final String title;
    private final String advice;

    EggRule(Severity severity, String title, String advice) {
        this.severity = requireNonNull(severity, "severity");
        this.title = title;
        this.advice = advice;
    }

    /** Returns the name by which reports call it, such as {@code no-done}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns how bad it is. */
    public Severity severity() {
        return severity;
    }

    /** Returns what it is, in a few words. */
    public String title() {
        return title;
    }

    /** Returns what the author should do, in one sentence or two. */
    public String advice() {
        return advice;
    }

    /** How bad something is, worst first. */
    public enum Severity {
        /** Panels refuse the egg, or servers made of it do not work. */
        ERROR,
        /** Something does not do what its author will have meant. */
        WARNING,
        /** Worth knowing. */
        NOTE
    }
}
