package io.orbitmq.compat.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The Java sources of the project, parsed by the JDK's own compiler. */
final class SourceTree {

    private final Path root;

    private SourceTree(Path root) {
        this.root = root;
    }

    /** The project that the tests run in: the nearest parent directory that holds the reactor's pom. */
    static SourceTree ofProject() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("foundation"))) {
            directory = directory.getParent();
        }
        return new SourceTree(directory);
    }

    /** All Java files below {@code src/main/java} of every module. */
    List<Path> mainSources() {
        return javaFilesContaining("/src/main/java/");
    }

    /** All Java files of main and test code. */
    List<Path> allSources() {
        return javaFilesContaining("/src/");
    }

    String relative(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every method and constructor with its length, and every type with its name. */
    List<Declaration> declarations(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<Declaration> found = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                new Collector(unit, positions, found).scan(unit, null);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> javaFilesContaining(String part) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> {
                        String name = file.toString().replace('\\', '/');
                        return name.endsWith(".java") && name.contains(part) && !name.contains("/target/");
                    })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A method, constructor or type.
     *
     * @param file where it stands
     * @param name simple name; {@code <init>} for constructors
     * @param kind what it is
     * @param lines its length, first to last line
     * @param parameters number of parameters, 0 for types
     * @param ofRecord whether the enclosing type is a record
     */
    record Declaration(Path file, String name, Kind kind, long lines, int parameters, boolean ofRecord) {}

    /** What a declaration is. */
    enum Kind {
        METHOD,
        TYPE
    }

    private static final class Collector extends TreePathScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Declaration> found;
        private final Path file;

        private Collector(CompilationUnitTree unit, SourcePositions positions, List<Declaration> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
            this.file = Path.of(unit.getSourceFile().toUri());
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            boolean ofRecord = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
                    && type.getKind() == com.sun.source.tree.Tree.Kind.RECORD;
            found.add(new Declaration(
                    file,
                    method.getName().toString(),
                    Kind.METHOD,
                    length(method),
                    method.getParameters().size(),
                    ofRecord));
            return super.visitMethod(method, unused);
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            found.add(new Declaration(file, type.getSimpleName().toString(), Kind.TYPE, length(type), 0, false));
            return super.visitClass(type, unused);
        }

        private long length(com.sun.source.tree.Tree tree) {
            LineMap lines = unit.getLineMap();
            long start = positions.getStartPosition(unit, tree);
            long end = positions.getEndPosition(unit, tree);
            return start < 0 || end < 0 ? 0 : lines.getLineNumber(end) - lines.getLineNumber(start) + 1;
        }
    }
}
