package io.tributary.oca;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

class OcaNodeTest {
  @Nested
  class Rules {
    private static final JavaClasses NODE =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tributary.oca");

    @Test
    void only_the_shell_knows_spring() {
      noClasses()
          .that()
          .resideInAPackage("io.tributary.oca.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..")
          .check(NODE);
    }

    @Test
    void features_form_no_cycle() {
      slices().matching("io.tributary.oca.(*)..").should().beFreeOfCycles().check(NODE);
    }

    @Test
    void only_wiring_uses_configuration() {
      classes()
          .that()
          .areAnnotatedWith(Configuration.class)
          .and()
          .haveSimpleNameNotEndingWith("Application")
          .should()
          .haveSimpleName("OcaNodeWiring")
          .check(NODE);
    }

    @Test
    void only_serve_knows_netty() {
      noClasses()
          .that()
          .resideOutsideOfPackage("..oca.serve..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..")
          .check(NODE);
    }

    @Test
    void serving_knows_nothing_of_the_control_plane() {
      noClasses()
          .that()
          .resideInAnyPackage("..oca.serve..", "..oca.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..oca.fill..", "..oca.heartbeat..", "..contracts.node..")
          .check(NODE);
    }
  }

  @Test
  void theDefaultsAreThese() throws Exception {
    StandardEnvironment environment = new StandardEnvironment();
    for (PropertySource<?> source :
        new YamlPropertySourceLoader().load("defaults", new ClassPathResource("application.yml"))) {
      environment.getPropertySources().addLast(source);
    }

    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "needed",
                Map.of(
                    "oca.node-id", "n1",
                    "oca.endpoint", "http://n1.example:8085",
                    "oca.control-plane.urls", "https://door.example",
                    "oca.control-plane.ca-file", "authority.pem")));

    OcaNodeProperties oca =
        Binder.get(environment).bind("oca", Bindable.of(OcaNodeProperties.class)).get();

    assertThat(oca.stateDirectory()).hasToString("state");
    assertThat(oca.enrolmentToken()).isNull();
    assertThat(oca.egressBitsPerSecond()).isEqualTo(1_000_000_000);
    assertThat(oca.scrubPass()).isEqualTo(Duration.ofSeconds(60));
    assertThat(oca.store().toString())
        .isEqualTo(
            "StoreConfig[directory=state/store, maxBytes=10737418240,"
                + " deleteAfter=PT1M, maxOpenFiles=4096, closeAfter=PT1M]");
    assertThat(oca.serve().toString())
        .isEqualTo(
            "ServeConfig[address=127.0.0.1, port=8085, threads=0, maxConnections=10000,"
                + " requestTimeout=PT30S, stallTimeout=PT30S, stopTimeout=PT3S]");
    assertThat(oca.fill().toString())
        .isEqualTo(
            "FillConfig[parallelFiles=4, attempts=3, firstRetryWait=PT0.5S, maxRetryWait=PT30S,"
                + " connectTimeout=PT5S, stallTimeout=PT20S, lookEvery=PT5S]");
    assertThat(oca.controlPlane().toString())
        .isEqualTo(
            "ControlPlaneConfig[urls=[https://door.example], caFile=authority.pem,"
                + " connectTimeout=PT3S, requestTimeout=PT10S, firstRetryWait=PT0.5S,"
                + " maxRetryWait=PT15S, maxAbsence=PT24H]");
  }

  @Test
  void theManagementListenerIsTheOneWebServer() {
    assertThat(
            OcaNodeApplication.managementOnly(
                "--server.port=1",
                "--management.server.port=2",
                "--management.server.address=::1",
                "--server.address=127.0.0.1",
                "--oca.node-id=n"))
        .isEqualTo(
            List.of("--server.port=2", "--server.address=::1", "--oca.node-id=n")
                .toArray(new String[0]));
    assertThat(OcaNodeApplication.managementOnly("--server.port=1"))
        .isEqualTo(new String[] {"--server.port=1"});
    assertThat(
            ManagementVariables.managementOnly(
                Map.of(
                    "SERVER_PORT", "1",
                    "SERVER_ADDRESS", "127.0.0.1",
                    "MANAGEMENT_SERVER_PORT", "2",
                    "MANAGEMENT_SERVER_ADDRESS", "::1",
                    "OCA_NODEID", "n")))
        .isEqualTo(Map.of("SERVER_PORT", "2", "SERVER_ADDRESS", "::1", "OCA_NODEID", "n"));
  }
}
