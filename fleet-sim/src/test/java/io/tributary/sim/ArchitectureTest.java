package io.tributary.sim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses SIM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tributary.sim");

  @Test
  void features_form_no_cycle() {
    slices().matching("io.tributary.sim.(*)..").should().beFreeOfCycles().check(SIM);
  }

  @Test
  void only_pure_code_of_services_is_known() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "io.tributary.sim..",
            "io.tributary.contracts..",
            "io.tributary.steering.brain",
            "io.tributary.steering.explain",
            "io.tributary.steering.location",
            "io.tributary.steering.nearness",
            "io.tributary.steering.ranking",
            "io.tributary.steering.snapshot",
            "io.tributary.controlplane.health")
        .check(SIM);
  }

  @Test
  void nothing_but_reports_knows_what_time_it_is() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..report..")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(SIM);
  }

  @Test
  void all_chance_comes_from_the_seed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .callMethod(Math.class, "random")
        .check(SIM);
  }
}
