package alexnet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One direction: each package imports only those above it in the list. */
class ArchitectureTest {
    private static final List<String> ORDER = List.of(
            "config",
            "run",
            "image",
            "figures",
            "data",
            "pipeline",
            "kernels",
            "model",
            "bundle",
            "inference",
            "evaluation",
            "training",
            "features",
            "dashboard",
            "bench",
            "experiments",
            "notebooks",
            "cli");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/recipes/"))
            .importPackages("alexnet");

    @Test
    void eachPackageImportsOnlyThoseBelowIt() {
        for (int i = 0; i < ORDER.size(); i++) {
            String[] above = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(name -> "alexnet." + name + "..")
                    .toArray(String[]::new);
            if (above.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage("alexnet." + ORDER.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(above)
                        .check(CLASSES);
            }
        }
    }

    @Test
    void theListIsComplete() {
        Set<String> found = CLASSES.stream()
                .map(type -> type.getPackageName().split("\\.")[1])
                .collect(Collectors.toSet());
        assertEquals(Set.copyOf(ORDER), found);
    }

    @Test
    void servingNeedsNoTrainingPipelineOrData() {
        noClasses()
                .that()
                .resideInAnyPackage("alexnet.inference..", "alexnet.bundle..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("alexnet.training..", "alexnet.pipeline..", "alexnet.data..")
                .check(CLASSES);
    }

    @Test
    void noPackageIsADrawerForEverything() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..misc..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandsPrintAndEndTheProgram() {
        noClasses()
                .that()
                .resideOutsideOfPackage("alexnet.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void commandsLiveInTheirPackage() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Command")
                .should()
                .resideInAPackage("alexnet.cli")
                .check(CLASSES);
    }
}
