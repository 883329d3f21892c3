package io.tributary.oca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.oca.check.SettingsFacts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

class SettingsReadingTest {
  @Test
  void whenAllIsWell_thenTheNodesOwnRecordIsRead() throws Exception {
    SettingsReading.Result read =
        read(
            Map.of(
                "OCA_NODEID", "node-1",
                "OCA_ENDPOINT", "http://node-1.example.org:8080",
                "OCA_STORE_MAX_BYTES", "2000000",
                "OCA_CONTROLPLANE_URLS_0", "https://a.example.org",
                "OCA_CONTROLPLANE_URLS_1", "https://b.example.org"));

    assertThat(read.facts().refused()).isEmpty();
    assertThat(read.facts().unknown()).isEmpty();
    assertThat(read.facts().missing()).isEmpty();
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
                "OCA_FILL_LOOKEVERY", "soon",
                "OCA_CONTROLPLANE_URLS", "https://a.example.org,http://b.example.org"));

    assertThat(read.facts().refused())
        .containsExactly(
            "oca.node-id is Node 1 (expected: [a-z0-9][a-z0-9-]{0,63})",
            "oca.store.max-bytes is 5 (expected: at least 1048576)",
            "oca.store.close-after is PT48H (expected: 1s to 1h)",
            "oca.serve.port is http (expected: a whole number)",
            "oca.fill.look-every is soon (expected: a duration, such as 500ms, 30s or 24h)",
            "oca.control-plane.urls is http://b.example.org (expected: https://host)");
    assertThat(read.properties().store().maxBytes()).isEqualTo(10_737_418_240L);
    assertThat(read.properties().controlPlane().urls()).isEmpty();
  }

  @Test
  void whenOneIsWrong_thenAStartRefusesItInTheSameWords() throws Exception {
    Map<String, Object> wrong = Map.of("OCA_SERVE_MAXCONNECTIONS", "0");
    String refused = read(wrong).facts().refused().getFirst();

    assertThatThrownBy(
            () -> Binder.get(environment(wrong)).bind("oca", Bindable.of(OcaNodeProperties.class)))
        .hasRootCauseMessage(refused);
  }

  @Test
  void whenANameIsMisspelt_thenItIsToldAsItWasWritten() throws Exception {
    SettingsFacts facts =
        read(Map.of("OCA_STORE_MAXBITES", "5", "OCA_STORE_MAX_BYTES", "2000000", "OTHER", "x"))
            .facts();

    assertThat(facts.unknown()).containsExactly("OCA_STORE_MAXBITES");
  }

  @Test
  void whenANodeHasNoNameOrPlaceOfItsOwn_thenThatIsTold() throws Exception {
    assertThat(read(Map.of()).facts().missing()).isEqualTo(List.of("oca.endpoint", "oca.node-id"));
    assertThat(read(Map.of("OCA_NODEID", "Node 1")).facts().missing())
        .isEqualTo(List.of("oca.endpoint"));
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
            .load("application", new ClassPathResource("application.yml"))) {
      environment.getPropertySources().addLast(source);
    }
    ConfigurationPropertySources.attach(environment);
    return environment;
  }
}
