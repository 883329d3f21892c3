package io.tributary.playback;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class PlaybackArchitectureTest {
  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tributary.playback");

  @Test
  void features_form_no_cycle() {
    slices().matching("io.tributary.playback.(*)..").should().beFreeOfCycles().check(SERVICE);
  }

  @Test
  void only_wiring_uses_configuration() {
    noClasses()
        .that()
        .doNotHaveSimpleName("PlaybackWiring")
        .should()
        .beAnnotatedWith(Configuration.class)
        .orShould()
        .beAnnotatedWith(Bean.class)
        .check(SERVICE);
  }

  @Test
  void adapters_are_known_only_to_wiring() {
    classes()
        .that()
        .haveNameMatching(".*\\.(Cassandra|Kafka|Http|S3)[A-Z][A-Za-z]*")
        .and()
        .doNotHaveSimpleName("CassandraStore")
        .and()
        .areNotMemberClasses()
        .should()
        .onlyHaveDependentClassesThat()
        .haveNameMatching(".*(PlaybackWiring|\\.(Cassandra|Kafka|Http|S3)[A-Z].*)")
        .check(SERVICE);
  }

  @Test
  void cql_is_spoken_only_by_cassandra_adapters() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("Cassandra")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.datastax..")
        .check(SERVICE);
  }

  @Test
  void decisions_know_no_spring_and_no_servlets() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.tributary.playback.plays",
            "io.tributary.playback.manifest",
            "io.tributary.playback.catalogue",
            "io.tributary.playback.entitlement",
            "io.tributary.playback.bookmarks",
            "io.tributary.playback.lastknown",
            "io.tributary.playback.breaker",
            "io.tributary.playback.store",
            "io.tributary.playback.events")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "jakarta..")
        .check(SERVICE);
  }
}
