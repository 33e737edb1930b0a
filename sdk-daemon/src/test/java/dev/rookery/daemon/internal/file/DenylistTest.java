package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenylistTest {

    private static final String[] NAMES = {"a", "b", "ab", "a.txt", "b.cfg", "x y", "[a]", "#c", "dir"};
    private static final String[] PARTS = {
        "a",
        "b",
        "*",
        "**",
        "?",
        "a*",
        "*.txt",
        "*.c[fg]g",
        "[ab]",
        "[!a]",
        "[^b]*",
        "\\[a\\]",
        "\\#c",
        "x\\ y",
        "d?r",
        "*i*",
        "a**b",
        "[a-b]",
        "[]a]"
    };

    @ParameterizedTest
    @CsvSource({
        "secret.cfg, a/b/secret.cfg, true",
        "/secret.cfg, a/secret.cfg, false",
        "/secret.cfg, secret.cfg, true",
        "a/b, x/a/b, false",
        "plugins/, plugins/deep/file, true",
        "plugins/, plugins, false",
        "**/keep, a/b/keep, true",
        "logs/**, logs, false",
        "logs/**, logs/a/b, true",
        "a/**/z, a/z, true",
        "SECRET, secret, false",
        "# comment, # comment, false",
        "*.jar, server.jar, true",
    })
    void readsPatternsAsGitDoes(String pattern, String path, boolean denied) {
        assertThat(Denylist.of(List.of(pattern)).denies(List.of(path.split("/", -1)), false))
                .isEqualTo(denied);
    }

    @Test
    void letsTheLastPatternDecideButNothingBelowADeniedDirectoryBack() {
        var list = Denylist.of(List.of("*.cfg", "!open.cfg", "private/", "!private/open.cfg"));
        assertThat(list.denies(List.of("a.cfg"), false)).isTrue();
        assertThat(list.denies(List.of("open.cfg"), false)).isFalse();
        assertThat(list.denies(List.of("private", "open.cfg"), false)).isTrue();
    }

    /** Git itself says what its patterns mean. */
    @Test
    void agreesWithGit(@TempDir Path folder) throws Exception {
        var random = new Random(20_261_121);
        run(folder, "git", "init", "-q");
        var paths = paths(folder, random);
        for (int round = 0; round < 25; round++) {
            var lines = lines(random);
            Files.write(folder.resolve(".gitignore"), lines);
            var ignored = run(folder, "git", "-c", "core.quotePath=false", "check-ignore", "--no-index", "--stdin");
            var expected = new TreeSet<>(List.of(ignored.split("\n", -1)));
            expected.remove("");
            var list = Denylist.of(lines);
            var denied = new TreeSet<String>();
            for (var path : paths) {
                if (list.denies(PathNames.of(path), Files.isDirectory(folder.resolve(path)))) {
                    denied.add(path);
                }
            }
            assertThat(denied).as("%s", lines).isEqualTo(expected);
        }
    }

    @Test
    @Timeout(60)
    void neverTakesLongWhateverThePattern() {
        var pattern = "*a".repeat(200) + "b";
        var deep = new ArrayList<String>();
        for (int i = 0; i < 250; i++) {
            deep.add("a".repeat(200));
        }
        var list = Denylist.of(List.of(pattern, "**/a*/".repeat(50) + "b", "/" + "**/*/".repeat(100) + "z"));
        assertThat(list.denies(deep, false)).isFalse();
    }

    private static List<String> lines(Random random) {
        var lines = new ArrayList<String>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            var line = new StringBuilder(random.nextInt(5) == 0 ? "!" : "");
            line.append(random.nextInt(4) == 0 ? "/" : "");
            for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
                line.append(PARTS[random.nextInt(PARTS.length)]).append(parts > 1 ? "/" : "");
            }
            lines.add(line + (random.nextInt(4) == 0 ? "/" : ""));
        }
        return lines;
    }

    /** Creates files, and the list of them that git reads. */
    private static List<String> paths(Path folder, Random random) throws IOException {
        var paths = new TreeSet<String>();
        for (int i = 0; i < 150; i++) {
            var path = folder;
            for (int depth = random.nextInt(4); depth >= 0; depth--) {
                path = path.resolve(NAMES[random.nextInt(NAMES.length)]);
                if (Files.isRegularFile(path)) {
                    break;
                }
                if (depth == 0 && !Files.exists(path)) {
                    Files.writeString(path, "x");
                } else if (!Files.exists(path)) {
                    Files.createDirectory(path);
                }
                paths.add(folder.relativize(path).toString());
            }
        }
        Files.write(folder.resolveSibling(folder.getFileName() + ".list"), paths);
        return List.copyOf(paths);
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        var list = folder.resolveSibling(folder.getFileName() + ".list");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(
                        Files.exists(list)
                                ? list.toFile()
                                : Path.of("/dev/null").toFile())
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isBetween(0, 1);
        return output;
    }
}
