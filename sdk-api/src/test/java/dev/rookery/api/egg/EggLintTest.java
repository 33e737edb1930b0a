package dev.rookery.api.egg;

import static dev.rookery.api.egg.EggFiles.minimal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EggLintTest {

    private static final String GITHUB = "ghp_" + "a1B2".repeat(9);

    static Stream<Arguments> members() {
        return Stream.of(
                found("no-image docker_images", "'x':1"),
                found("image-tag docker_images.a", "'docker_images':{'a':'registry.example:5000/java'}"),
                found("author author", "'author':'nobody'"),
                found("uuid uuid", "'uuid':'1'"),
                found("icon icon", "'icon':'data:image/png;base64,UklGRgAAAABXRUJQAAAA'"),
                found("unknown-feature features", "'features':['elua']"),
                found("unknown-member autor", "'autor':'a@b.example'"),
                found("too-long description", "'description':'" + "x".repeat(1025) + "'"),
                found("no-done config.startup.done", "'config':{'startup':{}}"),
                found("empty-done config.startup.done", "'config':{'startup':{'done':['']}}"),
                found("done-regex config.startup.done", "'config':{'startup':{'done':'regex:('}}"),
                found("unknown-signal config.stop", "'config':{'stop':'^X'}"),
                found("stop-kills config.stop", "'config':{'stop':'^^C'}"),
                found("stop-lines config.stop", "'config':{'stop':'save\\nquit'}"),
                found("unknown-parser config.files.a.parser", files("a", "'parser':'lua','find':{'b':'c'}")),
                found("unreachable-path config.files['../a']", files("../a", "'parser':'file','find':{'b':'c'}")),
                found("unreachable-path config.files['a/../..']", files("a/../..", "'parser':'file','find':{'b':'c'}")),
                found("empty-find config.files.a", files("a", "'parser':'file','find':{}")),
                found("left-aside config.files.a", files("a", "'parser':'file'")),
                found(
                        "unknown-placeholder config.files.a.find.b",
                        files("a", "'find':{'b':'{{server.build.env.NO}}'}")),
                found(
                        "unknown-placeholder config.files.a.find.b",
                        files("a", "'find':{'b':{'1':'{{server.nothing}}'}}")),
                found("dead-placeholder config.files.a.find.b", files("a", "'find':{'b':'{{SERVER_PORT}}'}")),
                found("broken-placeholder config.files.a.find.b", files("a", "'find':{'b':'{{env.A}'}")),
                found("unknown-placeholder startup", "'startup':'./run {{NOTHING}}'"),
                found("dead-placeholder startup", "'startup':'./run {{server.build.default.port}}'"),
                found("broken-placeholder startup", "'startup':'./run {{ SERVER_PORT }}'"),
                found("broken-placeholder startup", "'startup':'./run {{SERVER_PORT}'"),
                found("dead-placeholder scripts.installation.script", script("echo {{VERSION}}")),
                found("insecure-download scripts.installation.script", script("curl -o a http://a.example/a")),
                found("insecure-download scripts.installation.script", script("curl -sSLk https://a.example/a")),
                found(
                        "insecure-download scripts.installation.script",
                        script("wget --no-check-certificate https://a.example")),
                found("pipe-to-shell scripts.installation.script", script("curl -s https://a.example/a | bash")),
                found("secret scripts.installation.script", script("git clone https://x:" + GITHUB + "@a.example/a")),
                found("shebang scripts.installation.script", script("#!\\\\/bin\\\\/bash")),
                found(
                        "entrypoint scripts.installation.entrypoint",
                        installation("'script':'x','container':'a:1','entrypoint':'bash -e'")),
                found(
                        "outdated-image scripts.installation.container",
                        installation("'script':'x','container':'debian:buster-slim'")),
                found(
                        "image-tag scripts.installation.container",
                        installation("'script':'x','container':'a.example/x:latest'")),
                found("no-install-image scripts.installation.container", installation("'script':'x'")),
                found("variable-name variables[0].env_variable", variable("'env_variable':'A B'")),
                found("reserved-name variables[0].env_variable", variable("'env_variable':'hostname'")),
                found("letter-case variables[0].env_variable", variable("'env_variable':'slots'")),
                found("bad-rule variables[0].rules", variable("'env_variable':'A','rules':'requierd'")),
                found("split-regex variables[0].rules", variable("'env_variable':'A','rules':'regex:/^(a|b)$/'")),
                found("contradiction variables[0].rules", variable("'env_variable':'A','rules':'required|nullable'")),
                found(
                        "default-breaks-rules variables[0].default_value",
                        variable("'env_variable':'A','rules':'in:a,b','default_value':'c'")),
                found(
                        "default-to-fill-in variables[0].default_value",
                        variable("'env_variable':'A','rules':'required'")),
                found(
                        "default-password variables[0].default_value",
                        variable("'env_variable':'ADMIN_PASSWORD','default_value':'x'")),
                found(
                        "secret variables[0].default_value",
                        variable("'env_variable':'A','default_value':'" + GITHUB + "'")),
                found("shell-text variables[0].default_value", variable("'env_variable':'A','default_value':'$(id)'")),
                found(
                        "hidden-editable variables[0].user_editable",
                        variable("'env_variable':'A','user_editable':true")),
                found("no-label variables[0].name", variable("'env_variable':'A'")),
                found("unknown-member variables[0].default", variable("'env_variable':'A','default':'x'")));
    }

    @ParameterizedTest
    @MethodSource("members")
    void finds(String expected, String members) {
        var findings = EggLint.check(EggReader.read(minimal(members.replace('\'', '"'))));
        assertThat(findings)
                .filteredOn(finding -> expected.equals(finding.rule().code() + " " + finding.path()))
                .as("%s in %s", expected, findings)
                .hasSize(1);
        assertThat(findings)
                .allMatch(finding ->
                        finding.place().isPresent() && !finding.message().contains(GITHUB));
    }

    @Test
    void saysNothingAboutAnEggThatIsAsItShouldBe() {
        var egg = """
                meta: {version: PLCN_v3, update_url: null}
                name: Demo
                author: demo@rookery.example
                uuid: 0c4f4f0e-5f5c-4b8b-8a41-3d8a6f6f9f11
                docker_images: {Java 21: 'registry.example/java:21'}
                startup_commands: {Default: 'java -Xmx{{SERVER_MEMORY}}M -jar {{JAR}}'}
                config:
                  files: {server.properties: {parser: properties, find: {port: '{{server.allocations.default.port}}'}}}
                  startup: {done: ')! For help'}
                  stop: stop
                scripts:
                  installation: {script: 'curl -o server.jar https://a.example/a', container: 'registry.example/sh:1', entrypoint: ash}
                variables:
                  - {name: Jar, env_variable: JAR, default_value: server.jar, user_viewable: true, rules: [required, 'regex:/^(a|s).*$/']}
                """;
        assertThat(EggLint.check(EggReader.read(egg))).isEmpty();
        assertThat(EggLint.check(EggReader.read(egg).egg())).isEmpty();
    }

    @Test
    void findingsStandInTheOrderOfTheFileAndAreBounded() {
        var variables = "{\"env_variable\":\"a\"},\n".repeat(2000) + "{\"env_variable\":\"A\"}";
        var findings = EggLint.check(EggReader.read(minimal("\"variables\":[" + variables + "]")));
        assertThat(findings).hasSizeLessThan(1300);
        assertThat(findings).extracting(EggFinding::rule).contains(EggRule.MANY_FINDINGS);
        assertThat(findings)
                .extracting(
                        finding -> finding.place().orElse(new EggPlace(1, 1)).line())
                .isSorted();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void manyNamesAndManyPlaceholdersAreSoonLookedAt() {
        var variables = IntStream.range(0, 12_000)
                .mapToObj(i -> "{'env_variable':'V" + i + "'}")
                .collect(Collectors.joining(","));
        var command =
                IntStream.range(0, 150_000).mapToObj(i -> "{{v" + i + "}}").collect(Collectors.joining());
        var egg = minimal(("'startup':'" + command + "','variables':[" + variables + "]").replace('\'', '"'));

        var findings = EggLint.check(EggReader.read(egg));

        assertThat(findings)
                .extracting(EggFinding::message)
                .contains("{{v7}} names no variable of the egg (expected: {{V7}})");
    }

    @Test
    void everyRuleSaysWhatToDo() {
        assertThat(List.of(EggRule.values())).allSatisfy(rule -> {
            assertThat(rule.code()).matches("[a-z-]+");
            assertThat(rule.title()).doesNotEndWith(".");
            assertThat(rule.advice()).endsWith(".");
        });
    }

    private static Arguments found(String expected, String members) {
        return Arguments.of(expected, members);
    }

    private static String files(String path, String members) {
        return "'config':{'files':{'" + path + "':{" + members + "}}}";
    }

    private static String installation(String members) {
        return "'scripts':{'installation':{" + members + "}}";
    }

    private static String script(String script) {
        return installation("'container':'registry.example/sh:1','script':'" + script + "'");
    }

    private static String variable(String members) {
        return "'variables':[{" + members + "}]";
    }
}
