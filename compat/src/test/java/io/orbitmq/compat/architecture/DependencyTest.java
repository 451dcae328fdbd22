package io.orbitmq.compat.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Arrows between modules and packages of the compiled classes. */
final class DependencyTest {

    /** Module and the modules it may import; the poms say the same, this also catches transitive use. */
    private static final Map<String, List<String>> ARROWS = arrows();

    /** Lines of the broker: a package may import packages of earlier lines only. */
    private static final List<List<String>> BROKER_LINES = List.of(
            List.of("request", "traffic"),
            List.of("topic"),
            List.of("group"),
            List.of("offset"),
            List.of("filter"),
            List.of("longpoll"),
            List.of("delay"),
            List.of("send", "pull", "query", "registration"),
            List.of("retry", "pop", "transaction", "assignment"),
            List.of("takeover"),
            List.of("manage"),
            List.of("node"));

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.orbitmq");
    }

    @TestFactory
    List<DynamicTest> modulesImportOnlyWhatTheirArrowsAllow() {
        return ARROWS.keySet().stream()
                .map(module -> DynamicTest.dynamicTest(module, () -> {
                    String[] forbidden = ARROWS.keySet().stream()
                            .filter(other ->
                                    !other.equals(module) && !ARROWS.get(module).contains(other))
                            .map(other -> "io.orbitmq." + other + "..")
                            .toArray(String[]::new);
                    noClasses()
                            .that()
                            .resideInAPackage("io.orbitmq." + module + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden)
                            .allowEmptyShould(true)
                            .check(classes);
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> brokerPackagesImportOnlyEarlierLines() {
        return BROKER_LINES.stream()
                .flatMap(List::stream)
                .map(name -> DynamicTest.dynamicTest(name, () -> noClasses()
                        .that()
                        .resideInAPackage("io.orbitmq.broker." + name + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(notBefore(name))
                        .allowEmptyShould(true)
                        .check(classes)))
                .toList();
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.orbitmq.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void onlyTheSchedulerAndTheFileLayerTouchTheSystem() {
        noClasses()
                .that()
                .resideInAnyPackage("io.orbitmq.store..", "io.orbitmq.protocol..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.channels.FileChannel")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
                .allowEmptyShould(true)
                .check(classes);
    }

    private static String[] notBefore(String name) {
        int line = 0;
        while (!BROKER_LINES.get(line).contains(name)) {
            line++;
        }
        return BROKER_LINES.subList(line, BROKER_LINES.size()).stream()
                .flatMap(List::stream)
                .filter(other -> !other.equals(name))
                .map(other -> "io.orbitmq.broker." + other + "..")
                .toArray(String[]::new);
    }

    private static Map<String, List<String>> arrows() {
        Map<String, List<String>> arrows = new LinkedHashMap<>();
        arrows.put("foundation", List.of());
        arrows.put("testkit", List.of("foundation"));
        arrows.put("protocol", List.of("foundation"));
        arrows.put("transport", List.of("foundation", "protocol"));
        arrows.put("store", List.of("foundation", "protocol"));
        arrows.put("nameserver", List.of("foundation", "protocol", "transport"));
        arrows.put("broker", List.of("foundation", "protocol", "transport", "store"));
        arrows.put("server", List.of("foundation", "protocol", "transport", "store", "nameserver", "broker"));
        return arrows;
    }
}
