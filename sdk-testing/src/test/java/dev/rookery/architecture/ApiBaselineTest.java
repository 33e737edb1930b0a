package dev.rookery.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import dev.rookery.api.Incubating;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What users of the SDK can call is what the listings in {@code build/api-baseline} say, so that nobody changes it without noticing.
 * {@code scripts/accept-api} writes the listings anew.
 */
class ApiBaselineTest {

    private static final boolean ACCEPT = "accept".equals(System.getProperty("api.baseline"));
    /** Of records and enums; everybody has them. */
    private static final Set<String> UNLISTED = Set.of("equals", "hashCode", "toString", "values", "valueOf");

    @ParameterizedTest
    @EnumSource
    void offersWhatTheBaselineSays(Sdk module) throws IOException {
        var now = listing(module);
        var file = module.apiBaseline();
        if (ACCEPT) {
            Files.createDirectories(file.getParent());
            Files.write(file, now);
        }
        assumeThat(file).as("scripts/accept-api writes %s", file.getFileName()).exists();
        var accepted = new TreeSet<>(Files.readAllLines(file));
        assertThat(minus(accepted, now))
                .as(
                        "gone, which breaks users; if VERSIONING.md allows it: scripts/accept-api, and a line in CHANGELOG.md")
                .isEmpty();
        assertThat(minus(now, accepted))
                .as("new, which has to stay; if it shall: scripts/accept-api, and a line in CHANGELOG.md")
                .isEmpty();
    }

    private static List<String> minus(Set<String> some, Set<String> others) {
        return some.stream().filter(line -> !others.contains(line)).toList();
    }

    private static Set<String> listing(Sdk module) {
        return Sdk.classes().stream()
                .filter(type -> (type.getPackageName() + ".").startsWith(module.root() + "."))
                .filter(ApiBaselineTest::offered)
                .flatMap(ApiBaselineTest::lines)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean offered(JavaClass type) {
        return open(type.getModifiers())
                && !type.isAnonymousClass()
                && !(type.getPackageName() + ".").contains(".internal.")
                && settled(type)
                && settled(type.getPackage())
                && type.getEnclosingClass().map(ApiBaselineTest::offered).orElse(true);
    }

    private static boolean open(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static boolean settled(CanBeAnnotated element) {
        return !element.isAnnotatedWith(Incubating.class);
    }

    private static Stream<String> lines(JavaClass type) {
        var members = type.getMembers().stream()
                .filter(member -> open(member.getModifiers()) && settled(member))
                .filter(member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(member -> !UNLISTED.contains(member.getName()))
                .map(member -> type.getName() + "#" + signature(member));
        return Stream.concat(Stream.of(header(type)), members);
    }

    private static String header(JavaClass type) {
        var kind = type.isAnnotation()
                ? "annotation"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        var parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                .map(JavaType::getName)
                .filter(name -> !name.equals("java.lang.Object") && !name.equals("java.lang.Record"))
                .sorted()
                .toList();
        return type.getName() + " " + modifiers(type.getModifiers()) + kind
                + (parents.isEmpty() ? "" : " " + String.join(", ", parents));
    }

    private static String signature(JavaMember member) {
        var text = modifiers(member.getModifiers()) + member.getName();
        if (member instanceof JavaCodeUnit code) {
            return text + names(code.getParameterTypes(), "(", ")")
                    + ": "
                    + code.getReturnType().getName()
                    + (code.getExceptionTypes().isEmpty() ? "" : names(code.getExceptionTypes(), " throws ", ""));
        }
        return text + ": " + ((JavaField) member).getType().getName();
    }

    private static String names(List<? extends JavaType> types, String before, String after) {
        return types.stream().map(JavaType::getName).collect(Collectors.joining(", ", before, after));
    }

    private static String modifiers(Set<JavaModifier> modifiers) {
        return Stream.of(JavaModifier.PROTECTED, JavaModifier.STATIC, JavaModifier.ABSTRACT, JavaModifier.FINAL)
                .filter(modifiers::contains)
                .map(modifier -> modifier.name().toLowerCase(Locale.ROOT) + " ")
                .collect(Collectors.joining());
    }
}
