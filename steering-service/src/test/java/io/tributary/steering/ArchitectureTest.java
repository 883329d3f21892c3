package io.tributary.steering;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Configuration;

class ArchitectureTest {
  /** The adapters with their nested classes. */
  private static final String KAFKA_ADAPTER = "io\\.tributary\\.steering\\..*\\.Kafka[^.]*";

  private static final JavaClasses STEERING =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tributary.steering");

  @Test
  void features_form_no_cycle() {
    slices().matching("io.tributary.steering.(*)..").should().beFreeOfCycles().check(STEERING);
  }

  @Test
  void ranking_knows_only_java_and_contracts() {
    classes()
        .that()
        .resideInAPackage("..ranking..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "org.jspecify..", "io.tributary.contracts..", "io.tributary.steering.ranking")
        .check(STEERING);
  }

  @Test
  void location_knows_only_java() {
    classes()
        .that()
        .resideInAPackage("io.tributary.steering.location")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "io.tributary.steering.location")
        .check(STEERING);
  }

  @Test
  void only_the_geography_named_for_maxmind_knows_its_library() {
    noClasses()
        .that()
        .haveNameNotMatching("io\\.tributary\\.steering\\.location\\.source\\.MaxMind.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.maxmind..")
        .check(STEERING);
  }

  @Test
  void only_the_http_face_and_the_root_know_spring() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..ranking..",
            "..location..",
            "..snapshot..",
            "..reports..",
            "..explain..",
            "..brain..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "reactor..", "io.micrometer..")
        .check(STEERING);
  }

  @Test
  void only_adapters_named_for_kafka_know_kafka() {
    noClasses()
        .that()
        .haveNameNotMatching(KAFKA_ADAPTER)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(STEERING);
  }

  @Test
  void kafka_adapters_are_known_only_to_the_root() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..ranking..", "..snapshot..", "..reports..", "..explain..", "..brain..", "..http..")
        .and()
        .haveNameNotMatching(KAFKA_ADAPTER)
        .should()
        .dependOnClassesThat()
        .haveNameMatching(KAFKA_ADAPTER)
        .check(STEERING);
  }

  @Test
  void only_wiring_uses_configuration() {
    classes()
        .that()
        .areAnnotatedWith(Configuration.class)
        .should()
        .haveSimpleName("SteeringWiring")
        .check(STEERING);
    classes()
        .that()
        .areAnnotatedWith(ConfigurationProperties.class)
        .should()
        .haveSimpleNameEndingWith("Properties")
        .check(STEERING);
  }

  @Test
  void nothing_blocks_in_a_handler() {
    noClasses()
        .that()
        .resideInAnyPackage("..http..", "..brain..", "..ranking..")
        .should()
        .callMethod(reactor.core.publisher.Mono.class, "block")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(STEERING);
  }
}
