package dev.rookery.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What users of the SDK see: the types they meet in signatures, a null policy everywhere, names that say something. */
class PublicApiTest {
    private static final JavaClasses SDK = Sdk.classes();

    /** Types of other projects that belong to a module's contract, as its README says. */
    private static final Map<Sdk, List<String>> LIBRARIES_OF_THE_CONTRACT = Map.of(
            Sdk.WINGS_CLIENT,
            List.of("okhttp3", "io.micrometer.observation"),
            Sdk.PROXY,
            List.of("okhttp3"),
            Sdk.TESTING,
            List.of("okhttp3", "org.junit", "org.assertj"));

    @Test
    void noSignatureMentionsInternalTypes() {
        publicTypes()
                .should(mentionNo("internal types", (owner, type) -> isInternal(type)))
                .check(SDK);
    }

    @Test
    void noSignatureMentionsTheKit() {
        publicTypes()
                .should(mentionNo(
                        "types of the kit",
                        (owner, type) -> isIn(Sdk.KIT.root(), type) && !isIn(Sdk.KIT.root(), owner)))
                .check(SDK);
    }

    @Test
    void signaturesMentionLibrariesOfTheContractOnly() {
        publicTypes()
                .should(mentionNo(
                        "types of libraries outside the contract",
                        (owner, type) -> !isIn("java", type)
                                && !isIn("javax", type)
                                && !isIn("dev.rookery", type)
                                && !type.isPrimitive()
                                && contractOf(owner).noneMatch(library -> isIn(library, type))))
                .check(SDK);
    }

    @Test
    void everyPackageSaysWhatMayBeNull() {
        Set<String> unmarked = SDK.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(PublicApiTest::isNotNullMarked)
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unmarked)
                .as("packages without @NullMarked in package-info.java")
                .isEmpty();
    }

    @Test
    void publicTypesHaveNamesOfTheDomain() {
        publicTypes()
                .should()
                .haveNameNotMatching(".*(Manager|Helper|Utils?|Impl|Data|Info|Base)")
                .because("such a suffix says nothing about what the type is for")
                .check(SDK);
    }

    private static GivenClassesConjunction publicTypes() {
        return classes().that(DescribedPredicate.describe("are visible to users", PublicApiTest::isVisible));
    }

    private static boolean isVisible(JavaClass type) {
        boolean open = type.getModifiers().contains(JavaModifier.PUBLIC)
                || type.getModifiers().contains(JavaModifier.PROTECTED);
        return open
                && !isInternal(type)
                && type.getEnclosingClass().map(PublicApiTest::isVisible).orElse(true);
    }

    private static boolean isInternal(JavaClass type) {
        return isIn("dev.rookery", type) && (type.getPackageName() + ".").contains(".internal.");
    }

    private static boolean isIn(String root, JavaClass type) {
        return (type.getPackageName() + ".").startsWith(root + ".");
    }

    private static boolean isNotNullMarked(JavaPackage candidate) {
        return candidate.tryGetPackageInfo().isEmpty() || !candidate.isAnnotatedWith(NullMarked.class);
    }

    private static Stream<String> contractOf(JavaClass owner) {
        return LIBRARIES_OF_THE_CONTRACT.entrySet().stream()
                .filter(entry -> isIn(entry.getKey().root(), owner))
                .flatMap(entry -> entry.getValue().stream());
    }

    private static ArchCondition<JavaClass> mentionNo(String what, BiPredicate<JavaClass, JavaClass> forbidden) {
        return new ArchCondition<>("mention no " + what) {
            @Override
            public void check(JavaClass owner, ConditionEvents events) {
                Stream.concat(
                                header(owner),
                                owner.getMembers().stream()
                                        .filter(PublicApiTest::isVisible)
                                        .flatMap(PublicApiTest::signature))
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> forbidden.test(owner, type))
                        .distinct()
                        .forEach(type -> events.add(
                                SimpleConditionEvent.violated(owner, owner.getName() + " shows " + type.getName())));
            }
        };
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> header(JavaClass owner) {
        Stream<JavaType> parents = Stream.concat(owner.getSuperclass().stream(), owner.getInterfaces().stream());
        return Stream.concat(parents.flatMap(PublicApiTest::involved), bounds(owner.getTypeParameters()));
    }

    private static Stream<JavaClass> signature(JavaMember member) {
        if (member instanceof JavaCodeUnit code) {
            Stream<JavaClass> types = Stream.concat(Stream.of(code.getReturnType()), code.getParameterTypes().stream())
                    .flatMap(PublicApiTest::involved);
            Stream<JavaClass> thrown = code.getExceptionTypes().stream();
            return Stream.of(types, thrown, bounds(code.getTypeParameters())).flatMap(s -> s);
        }
        return involved(((JavaField) member).getType());
    }

    private static Stream<JavaClass> bounds(List<? extends JavaTypeVariable<?>> variables) {
        return variables.stream()
                .flatMap(variable -> variable.getUpperBounds().stream())
                .flatMap(PublicApiTest::involved);
    }

    private static Stream<JavaClass> involved(JavaType type) {
        return type.getAllInvolvedRawTypes().stream();
    }
}
