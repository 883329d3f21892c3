package io.tributary.oca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.oca.check.SettingsFacts;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

class SettingsReadingTest {
  private static final Map<String, Object> ENOUGH =
      Map.of(
          "OCA_NODEID", "node-1",
          "OCA_ENDPOINT", "http://node-1.example.org:8080",
          "OCA_CONTROLPLANE_URLS", "https://a.example.org",
          "OCA_CONTROLPLANE_CAFILE", "/etc/tributary/authority.pem");

  @Test
  void whenAllIsWell_thenTheNodesOwnRecordIsRead() throws Exception {
    SettingsReading.Result read =
        read(
            Map.of(
                "OCA_NODEID", "node-1",
                "OCA_ENDPOINT", "http://node-1.example.org:8080",
                "OCA_STORE_MAX_BYTES", "2000000",
                "OCA_CONTROLPLANE_CAFILE", "/etc/tributary/authority.pem",
                "OCA_CONTROLPLANE_URLS_0", "https://a.example.org",
                "OCA_CONTROLPLANE_URLS_1", "https://b.example.org"));

    assertThat(read.facts()).isEqualTo(new SettingsFacts(38, List.of(), List.of()));
    assertThat(read.replaced()).isEmpty();
    assertThat(read.properties().nodeId()).isEqualTo("node-1");
    assertThat(read.properties().store().maxBytes()).isEqualTo(2_000_000);
    assertThat(read.properties().controlPlane().urls())
        .hasToString("[https://a.example.org, https://b.example.org]");
  }

  /** A start tells the first wrong one only; each is told here, in the words of a start. */
  @Test
  void whenSeveralAreWrong_thenEachIsToldAndItsDefaultTaken() throws Exception {
    SettingsReading.Result read =
        read(
            Map.of(
                "OCA_NODEID", "Node 1",
                "OCA_STORE_MAXBYTES", "5",
                "OCA_STORE_CLOSEAFTER", "2d",
                "OCA_SERVE_PORT", "http",
                "OCA_STORE_MAXBITES", "7",
                "OCA_HOLIDAYS", "none",
                "OCA_CONTROLPLANE_URLS", "https://a.example.org,http://b.example.org"));

    assertThat(read.facts().refused())
        .containsExactlyInAnyOrder(
            "oca.node-id is Node 1 (expected: [a-z0-9][a-z0-9-]{0,63});"
                + " from environment variable OCA_NODEID",
            "oca.endpoint is not set (expected: http(s)://host:port);"
                + " its environment variable is OCA_ENDPOINT",
            "oca.store.max-bytes is 5 (expected: 1048576 or more);"
                + " from environment variable OCA_STORE_MAXBYTES",
            "oca.store.close-after is 2d (expected: 1s to 1h);"
                + " from environment variable OCA_STORE_CLOSEAFTER",
            "oca.serve.port is http (expected: a whole number below 2147483648);"
                + " from environment variable OCA_SERVE_PORT",
            "oca.control-plane.urls is https://a.example.org,http://b.example.org"
                + " (expected: https://host:port);"
                + " from environment variable OCA_CONTROLPLANE_URLS",
            "oca.control-plane.ca-file is not set (expected: a file);"
                + " its environment variable is OCA_CONTROLPLANE_CAFILE",
            "environment variable OCA_STORE_MAXBITES is no setting (expected: OCA_STORE_MAXBYTES)");
    assertThat(read.facts().unknown()).containsExactly("OCA_HOLIDAYS");
    assertThat(read.replaced())
        .contains("oca.endpoint", "oca.control-plane.urls", "oca.control-plane.ca-file");
    assertThat(read.properties().store().maxBytes()).isEqualTo(10_737_418_240L);
  }

  @Test
  void whenOneIsWrong_thenAStartRefusesItToo() throws Exception {
    Map<String, Object> wrong = new HashMap<>(ENOUGH);
    wrong.put("OCA_SERVE_MAXCONNECTIONS", "0");

    assertThat(read(wrong).facts().refused())
        .containsExactly(
            "oca.serve.max-connections is 0 (expected: 1 to 1000000);"
                + " from environment variable OCA_SERVE_MAXCONNECTIONS");
    assertThatThrownBy(
            () -> Binder.get(environment(wrong)).bind("oca", Bindable.of(OcaNodeProperties.class)))
        .hasRootCauseMessage("max-connections is 0 (expected: 1 to 1000000)");
  }

  @Test
  void whenAnArgumentIsNoSetting_thenItIsTold() throws Exception {
    StandardEnvironment environment = environment(ENOUGH);
    environment
        .getPropertySources()
        .addFirst(new SimpleCommandLinePropertySource("--oca.store.max-bites=5"));

    assertThat(new SettingsReading(environment).read().facts().refused())
        .containsExactly("oca.store.max-bites is no setting (expected: one of oca-node's)");
  }

  private static SettingsReading.Result read(Map<String, Object> variables) throws IOException {
    return new SettingsReading(environment(variables)).read();
  }

  private static StandardEnvironment environment(Map<String, Object> variables) throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    for (PropertySource<?> source :
        new YamlPropertySourceLoader()
            .load(
                "class path resource [application.yml]",
                new ClassPathResource("application.yml"))) {
      environment.getPropertySources().addLast(source);
    }
    ConfigurationPropertySources.attach(environment);
    return environment;
  }
}
