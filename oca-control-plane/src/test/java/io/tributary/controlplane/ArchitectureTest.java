package io.tributary.controlplane;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tributary.controlplane");

  private static final String WIRING = "io\\.tributary\\.controlplane\\.\\w+Wiring";
  private static final String ADAPTERS = ".*\\.(Cassandra|Kafka|S3|Http)[A-Z]\\w*(\\$.*)?";

  @Test
  void features_form_no_cycle() {
    slices().matching("io.tributary.controlplane.(*)..").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void only_wiring_uses_configuration() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tributary.controlplane")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework.boot..",
            "org.springframework.context..",
            "org.springframework.beans..")
        .check(CODE);
  }

  @Test
  void only_cassandra_adapters_know_cassandra() {
    noClasses()
        .that(not(resideInAPackage("..controlplane.store..")))
        .and()
        .haveNameNotMatching(".*\\.Cassandra\\w+(\\$.*)?")
        .and()
        .haveNameNotMatching(WIRING)
        .and()
        .haveSimpleNameNotEndingWith("Properties")
        // It starts as the schema's migration, too.
        .and()
        .doNotHaveSimpleName("ControlPlaneApplication")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.datastax..", "io.tributary.cassandra..")
        .check(CODE);
  }

  @Test
  void only_kafka_adapters_know_kafka() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.Kafka\\w+(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CODE);
  }

  @Test
  void adapters_are_known_only_to_wiring() {
    classes()
        .that()
        .haveNameMatching(ADAPTERS)
        .and()
        .haveSimpleNameNotEndingWith("Config")
        .should()
        .onlyBeAccessed()
        .byClassesThat(
            nameMatching(WIRING)
                .or(describe("are adapters", each -> each.getName().matches(ADAPTERS))))
        .check(CODE);
  }

  @Test
  void decisions_know_no_framework() {
    noClasses()
        .that()
        .haveNameMatching(
            ".*\\.(CopyLife|PlanRevision|HeldPackages|PurgeBoard|Detector|ConfigDemand|NodeJudge|SilenceWatch|WatchedNode|RendezvousPlacement|Enrolments|Inventories|Planner|StuckCopies|HeartbeatDesk|SiteAnnouncements|RegistryCheck|AddressBlock|RouteJudge|RouteGrant|SpecialBlocks|RouteDesk)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "jakarta..", "org.apache..", "com.datastax..")
        .check(CODE);
  }
}
