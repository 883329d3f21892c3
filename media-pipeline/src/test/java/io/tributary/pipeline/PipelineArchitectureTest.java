package io.tributary.pipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Configuration;

class PipelineArchitectureTest {
  private static final String ROOT = "io.tributary.pipeline";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void features_form_no_cycle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void only_wiring_uses_configuration() {
    classes()
        .that()
        .areAnnotatedWith(Configuration.class)
        .should()
        .haveSimpleName("PipelineWiring")
        .check(CLASSES);
  }

  @Test
  void media_decisions_know_no_framework() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".ladder", ROOT + ".probe", ROOT + ".packaging", ROOT + ".ffmpeg")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..", "org.apache.kafka..", "software.amazon..", "com.datastax..")
        .check(CLASSES);
  }

  @Test
  void adapters_are_known_only_to_wiring() {
    noClasses()
        .that()
        .doNotHaveSimpleName("PipelineWiring")
        .and()
        .haveSimpleNameNotStartingWith("Cassandra")
        .and()
        .haveSimpleNameNotStartingWith("S3")
        .and()
        .haveSimpleNameNotStartingWith("Kafka")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(ROOT.replace(".", "\\.") + "\\..*\\.(Cassandra(?!\\b)|S3|Kafka)[A-Z].*")
        .check(CLASSES);
  }

  @Test
  void the_worker_reaches_media_stores_and_kafka_through_ports() {
    noClasses()
        .that()
        .haveSimpleName("TranscodingWorker")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..", "org.apache.kafka..", "software.amazon..", "com.datastax..")
        .check(CLASSES);
  }
}
