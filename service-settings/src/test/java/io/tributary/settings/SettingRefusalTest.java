package io.tributary.settings;

import static io.tributary.settings.SettingCheck.check;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

class SettingRefusalTest {
  /** A service's settings, as records that know nothing of refusals. */
  record Oven(int heat, Duration bakeTime, URI door, Path recipe, List<URI> suppliers, Rack rack) {
    Oven {
      check(heat >= 1 && heat <= 300, "heat", heat, "1 to 300");
      check(!bakeTime.isNegative(), "bake-time", bakeTime, "0s or more");
      check(
          !suppliers.isEmpty() && suppliers.getFirst().getHost() != null,
          "suppliers",
          suppliers,
          "URLs");
    }
  }

  record Rack(int shelves) {
    Rack {
      check(shelves > 0, "oven.rack.shelves", shelves, "above 0");
    }
  }

  private static final String DEFAULTS =
      """
      oven:
        heat: 200
        bake-time: 30m
        door:
        recipe: recipes/bread
        suppliers: http://mill:80
        rack.shelves: 3
      server.port: 8080
      """;

  private final Map<String, Object> variables = new HashMap<>();
  private final List<String> arguments = new ArrayList<>();

  SettingRefusalTest() {
    variables.put("OVEN_DOOR", "http://oven:80");
  }

  @Nested
  class GivenAWrongValue {
    @Test
    void whenItComesFromTheEnvironment_thenTheVariableIsNamed() {
      variables.put("OVEN_HEAT", "0");

      assertEquals(
          "oven.heat is 0 (expected: 1 to 300); from environment variable OVEN_HEAT", refusal());
    }

    @Test
    void whenItIsATime_thenItIsShownAsItWasWritten() {
      variables.put("OVEN_BAKETIME", "-5s");

      assertEquals(
          "oven.bake-time is -5s (expected: 0s or more); from environment variable OVEN_BAKETIME",
          refusal());
    }

    @Test
    void whenARecordSaysTheWholeName_thenItIsNotDoubled() {
      arguments.add("--oven.rack.shelves=0");

      assertEquals(
          "oven.rack.shelves is 0 (expected: above 0); from argument --oven.rack.shelves",
          refusal());
    }

    @Test
    void whenItIsOfAnotherKind_thenTheKindIsSaid() {
      variables.put("OVEN_BAKETIME", "long");
      assertEquals(
          "oven.bake-time is long (expected: a time, as 500ms, 10s, 5m, 2h or 1d); from environment"
              + " variable OVEN_BAKETIME",
          refusal());

      variables.put("OVEN_BAKETIME", "1m");
      variables.put("OVEN_HEAT", "99999999999");
      assertEquals(
          "oven.heat is 99999999999 (expected: a whole number below 2147483648); from environment"
              + " variable OVEN_HEAT",
          refusal());
    }

    @Test
    void whenAUrlHasAPassword_thenItIsNotShown() {
      variables.put("OVEN_SUPPLIERS", "mailto:x,http://me:secret@mill:80");

      assertEquals(
          "oven.suppliers is mailto:x,http://…@mill:80 (expected: URLs); from environment variable"
              + " OVEN_SUPPLIERS",
          refusal());
    }
  }

  @Nested
  class GivenNoValue {
    @Test
    void whenARecordTakesWhatIsNotThere_thenItIsSaidToBeNotSet() {
      variables.put("OVEN_SUPPLIERS", "");

      assertEquals(
          "oven.suppliers is not set (expected: URLs); its environment variable is OVEN_SUPPLIERS",
          refusal());
    }

    @Test
    void whenAConstructorFallsOverIt_thenTheFirstUnsetOneIsNamed() {
      arguments.add("--oven.bake-time=");

      assertEquals(
          "oven.bake-time is not set (expected: a time, as 500ms, 10s, 5m, 2h or 1d); its environment"
              + " variable is OVEN_BAKETIME",
          refusal());
    }

    @Test
    void whenOtherCodeRefuses_thenItsWholeNameIsTaken() {
      assertEquals(
          "oven.recipe is recipes/bread and cannot be used: there is no such file (expected: bread);"
              + " the default; its environment variable is OVEN_RECIPE",
          analysed(
              environment(),
              new IllegalStateException(
                  "Error creating bean",
                  new SettingFile("oven.recipe", Path.of("recipes/bread"), "bread")
                      .unusable("there is no such file"))));
    }
  }

  @Nested
  class GivenAnUnknownName {
    @Test
    void whenAnArgumentIsNoSetting_thenTheNearestIsNamed() {
      arguments.add("--oven.heath=1");

      assertEquals(
          "oven.heath is no setting (expected: oven.heat); from argument --oven.heath", refusal());
    }

    @Test
    void whenAVariableIsNearlyOne_thenItIsRefused() {
      variables.put("OVEN_SUPLIER_0", "http://mill");

      assertEquals(
          "environment variable OVEN_SUPLIER_0 is no setting (expected: OVEN_SUPPLIERS)", looked());
    }

    @Test
    void whenAVariableEmptiesADefault_thenItIsRefused() {
      variables.put("OVEN_HEAT", " ");

      assertEquals(
          "environment variable OVEN_HEAT is empty (expected: a value; without the variable it is"
              + " 200)",
          looked());
    }

    @Test
    void whenItIsAnElementOrOldSpellingOrAnothers_thenNothingIsSaid() {
      variables.putAll(
          Map.of(
              "OVEN_SUPPLIERS_0", "http://mill",
              "OVEN_BAKE_TIME", "1m",
              "OVEN_SERVICE_HOST", "10.0.0.1",
              "SERVER_HOST", "x",
              "HEAT", ""));

      new SettingVariables().initialize(started(environment()));
    }
  }

  private String looked() {
    StandardEnvironment environment = environment();
    return analysed(
        environment,
        assertThrows(
            WrongVariableException.class,
            () -> new SettingVariables().initialize(started(environment))));
  }

  private static GenericApplicationContext started(StandardEnvironment environment) {
    GenericApplicationContext context = new GenericApplicationContext();
    context.setEnvironment(environment);
    return context;
  }

  private String refusal() {
    StandardEnvironment environment = environment();
    Exception refused =
        assertThrows(
            Exception.class,
            () ->
                Binder.get(environment)
                    .bind(
                        "oven",
                        Bindable.of(Oven.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT)));
    return analysed(environment, refused);
  }

  private static String analysed(StandardEnvironment environment, Throwable refused) {
    return Objects.requireNonNull(new SettingRefusal(environment).analyze(refused))
        .getDescription();
  }

  private StandardEnvironment environment() {
    StandardEnvironment environment = new StandardEnvironment();
    MutablePropertySources sources = environment.getPropertySources();
    sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    sources.replace(
        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
        new SystemEnvironmentPropertySource(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    sources.addFirst(new SimpleCommandLinePropertySource(arguments.toArray(String[]::new)));
    sources.addLast(defaults());
    ConfigurationPropertySources.attach(environment);
    return environment;
  }

  private static MapPropertySource defaults() {
    try {
      var read =
          (OriginTrackedMapPropertySource)
              new YamlPropertySourceLoader()
                  .load(
                      "Config resource 'class path resource [application.yml]'",
                      new ByteArrayResource(DEFAULTS.getBytes(StandardCharsets.UTF_8)))
                  .getFirst();
      Map<String, Object> values = new HashMap<>();
      for (String name : read.getPropertyNames()) {
        values.put(name, Objects.requireNonNull(read.getProperty(name)));
      }
      return new MapPropertySource(read.getName(), values);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
