package io.orbitmq.compat.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.architecture.SourceTree.Declaration;
import io.orbitmq.compat.architecture.SourceTree.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sizes, names and banned calls; existing exceptions may only shrink. */
final class ArchitectureTest {

    private static final int MAX_FILE_LINES = 500;
    private static final int USUAL_FILE_LINES = 300;
    private static final double SHARE_OF_USUAL_FILES = 0.95;
    private static final int MAX_METHOD_LINES = 70;
    private static final int MAX_COLLABORATORS = 6;

    private static final Pattern BANNED_ENDING = Pattern.compile(".*(Manager|Helper|Utils?|Info|Data|Impl)$");

    /** Type names that are RocketMQ's own words of the wire. */
    private static final Set<String> WIRE_NAMES = Set.of("QueueData", "BrokerData");

    /** Banned call and the files that may use it. */
    private static final Map<Pattern, Set<String>> BANNED_CALLS = bannedCalls();

    private static SourceTree tree;
    private static List<Declaration> declarations;

    @BeforeAll
    static void parseSources() {
        tree = SourceTree.ofProject();
        declarations = tree.declarations(tree.allSources());
    }

    @Test
    void noFileIsLongerThanFiveHundredLines() {
        assertThat(filesOver(tree.allSources(), MAX_FILE_LINES))
                .as("files over %d lines: find the second noun hiding in the class", MAX_FILE_LINES)
                .isEmpty();
    }

    @Test
    void nearlyAllFilesStayUnderThreeHundredLines() {
        List<Path> sources = tree.mainSources();
        List<String> over = filesOver(sources, USUAL_FILE_LINES);
        assertThat((double) over.size() / sources.size())
                .as("share of main files over %d lines: %s", USUAL_FILE_LINES, over)
                .isLessThanOrEqualTo(1 - SHARE_OF_USUAL_FILES);
    }

    @Test
    void noMethodIsLongerThanSeventyLines() {
        assertThat(declarations.stream()
                        .filter(declared -> declared.kind() == Kind.METHOD && declared.lines() > MAX_METHOD_LINES)
                        .map(this::describe))
                .isEmpty();
    }

    @Test
    void constructorsTakeAtMostSixCollaborators() {
        assertThat(declarations.stream()
                        .filter(declared -> declared.name().equals("<init>") && !declared.ofRecord())
                        .filter(declared -> declared.parameters() > MAX_COLLABORATORS)
                        .map(this::describe))
                .as("constructors with more than %d parameters", MAX_COLLABORATORS)
                .isEmpty();
    }

    @Test
    void noTypeHasABannedEnding() {
        assertThat(declarations.stream()
                        .filter(declared -> declared.kind() == Kind.TYPE)
                        .filter(declared ->
                                BANNED_ENDING.matcher(declared.name()).matches())
                        .filter(declared -> !WIRE_NAMES.contains(declared.name()))
                        .map(this::describe))
                .isEmpty();
    }

    @Test
    void bannedCallsStandOnlyInNamedFiles() {
        List<String> found = new ArrayList<>();
        for (Path file : tree.mainSources()) {
            String name = file.getFileName().toString();
            List<String> lines = SourceTree.lines(file);
            for (Map.Entry<Pattern, Set<String>> banned : BANNED_CALLS.entrySet()) {
                if (!banned.getValue().contains(name)) {
                    collectMatches(banned.getKey(), file, lines, found);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void testsDoNotSleep() {
        Pattern sleep = Pattern.compile("\\bThread\\.sleep\\(|\\bTimeUnit\\.[A-Z]+\\.sleep\\(");
        List<String> found = new ArrayList<>();
        for (Path file : tree.allSources()) {
            collectMatches(sleep, file, SourceTree.lines(file), found);
        }
        found.removeIf(place -> place.contains("ArchitectureTest.java"));
        assertThat(found).isEmpty();
    }

    @Test
    void everyPackageOfMainCodeHasAPackageInfo() {
        Set<String> missing = new TreeSet<>();
        for (Path file : tree.mainSources()) {
            Path folder = file.getParent();
            if (!Files.exists(folder.resolve("package-info.java"))) {
                missing.add(tree.relative(folder));
            }
        }
        assertThat(missing).isEmpty();
    }

    private static Map<Pattern, Set<String>> bannedCalls() {
        Map<Pattern, Set<String>> calls = new LinkedHashMap<>();
        calls.put(Pattern.compile("\\bSystem\\.currentTimeMillis\\("), Set.of("SystemClock.java"));
        calls.put(Pattern.compile("\\bSystem\\.nanoTime\\("), Set.of("SystemClock.java"));
        calls.put(Pattern.compile("\\bThread\\.sleep\\("), Set.of());
        calls.put(Pattern.compile("\\bSystem\\.(getProperty|getenv)\\("), Set.of("ProcessEnvironment.java"));
        calls.put(Pattern.compile("\\bnew Thread\\("), Set.of("LoopThread.java", "NamedThreads.java", "Lives.java"));
        // interrupts: Java closes the file that the thread reads, for everybody
        calls.put(Pattern.compile("\\.shutdownNow\\("), Set.of("AddressResolver.java", "LoadGenerator.java"));
        calls.put(Pattern.compile("\\.getBytes\\(\\)"), Set.of());
        calls.put(Pattern.compile("\\bnew String\\([a-zA-Z]+\\)"), Set.of());
        calls.put(Pattern.compile("\\bSystem\\.exit\\("), Set.of("OrbitMq.java"));
        return calls;
    }

    private void collectMatches(Pattern pattern, Path file, List<String> lines, List<String> found) {
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = pattern.matcher(lines.get(i));
            if (matcher.find()) {
                found.add(tree.relative(file) + ":" + (i + 1) + " " + matcher.group());
            }
        }
    }

    private List<String> filesOver(List<Path> files, int limit) {
        return files.stream()
                .filter(file -> SourceTree.lines(file).size() > limit)
                .map(file -> tree.relative(file) + " " + SourceTree.lines(file).size())
                .toList();
    }

    private String describe(Declaration declared) {
        return tree.relative(declared.file()) + " " + declared.name() + " lines=" + declared.lines() + " parameters="
                + declared.parameters();
    }
}
