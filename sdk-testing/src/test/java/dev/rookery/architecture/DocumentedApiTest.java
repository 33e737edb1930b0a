package dev.rookery.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything users can see has a comment. The compiler's own check cannot be used for this: it also asks for a tag for each
 * parameter and result, where a sentence says it better.
 */
class DocumentedApiTest {
    @ParameterizedTest
    @EnumSource
    void everyPublicElementHasAComment(Sdk module) throws IOException {
        assertThat(undocumented(module.sources()))
                .as("elements without a comment")
                .isEmpty();
    }

    private static List<String> undocumented(Path sources) throws IOException {
        List<Path> files = exportedFiles(sources);
        if (files.isEmpty()) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> missing = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            DocTrees documentation = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Visitor(documentation, unit, missing).scan(unit, null);
            }
        }
        return missing;
    }

    private static List<Path> exportedFiles(Path sources) throws IOException {
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !sources.relativize(file).toString().contains("/internal/"))
                    .toList();
        }
    }

    /** Walks the public and protected declarations of a file. */
    private static final class Visitor extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final DocTrees documentation;
        private final CompilationUnitTree unit;
        private final List<String> missing;

        Visitor(DocTrees documentation, CompilationUnitTree unit, List<String> missing) {
            this.documentation = documentation;
            this.unit = unit;
            this.missing = missing;
        }

        @Override
        public @Nullable Void visitPackage(PackageTree tree, @Nullable Void nothing) {
            if (unit.getSourceFile().isNameCompatible("package-info", JavaFileObject.Kind.SOURCE)) {
                require(tree.getPackageName().toString());
            }
            return null;
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
            if (!visible(tree.getModifiers())) {
                return null;
            }
            String comment = require(tree.getSimpleName().toString());
            if (tree.getKind() == Tree.Kind.RECORD) {
                tree.getMembers().stream()
                        .filter(VariableTree.class::isInstance)
                        .map(VariableTree.class::cast)
                        .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
                        .filter(component -> !comment.contains("@param " + component.getName()))
                        .forEach(component -> report(tree.getSimpleName() + ": @param " + component.getName()));
            }
            return super.visitClass(tree, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
            boolean overrides = tree.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            boolean compact =
                    enclosing().getKind() == Tree.Kind.RECORD && tree.getName().contentEquals("<init>");
            if (visible(tree.getModifiers()) && !overrides && !compact) {
                require(enclosing().getSimpleName() + "." + tree.getName());
            }
            return null;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree tree, @Nullable Void nothing) {
            boolean component = enclosing().getKind() == Tree.Kind.RECORD
                    && !tree.getModifiers().getFlags().contains(Modifier.STATIC);
            if (visible(tree.getModifiers()) && !component) {
                require(enclosing().getSimpleName() + "." + tree.getName());
            }
            return null;
        }

        private boolean visible(ModifiersTree modifiers) {
            return modifiers.getFlags().contains(Modifier.PUBLIC)
                    || modifiers.getFlags().contains(Modifier.PROTECTED)
                    || (isMemberOfInterface() && !modifiers.getFlags().contains(Modifier.PRIVATE));
        }

        private boolean isMemberOfInterface() {
            TreePath parent = getCurrentPath().getParentPath();
            return parent.getLeaf().getKind() == Tree.Kind.INTERFACE;
        }

        private ClassTree enclosing() {
            return (ClassTree) getCurrentPath().getParentPath().getLeaf();
        }

        private String require(String name) {
            String comment = documentation.getDocComment(getCurrentPath());
            if (comment == null || comment.isBlank()) {
                report(name);
                return "";
            }
            return comment;
        }

        private void report(String name) {
            missing.add(unit.getPackageName() + ": " + name);
        }
    }
}
