package io.tributary.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every object of every overlay keeps strictly to its kind's schema, and the check is worth it:
 * each way to misspell a field or to mistake a type is caught, in every kind.
 */
class SchemaTest {

  @ParameterizedTest
  @EnumSource
  void every_built_in_object_keeps_to_its_type(Overlay overlay) {
    List<Manifest> builtIns = overlay.objects().stream().filter(Manifest::isBuiltIn).toList();

    assertThat(builtIns).isNotEmpty();
    for (Manifest object : builtIns) {
      assertThat(BuiltInTypes.errors(object.json())).as("%s", object).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_custom_resource_keeps_to_its_published_schema(Overlay overlay) {
    List<Manifest> customs = published(overlay.objects());

    List<List<String>> errors =
        PublishedTypes.errors(customs.stream().map(Manifest::json).toList());

    for (int i = 0; i < customs.size(); i++) {
      assertThat(errors.get(i)).as("%s", customs.get(i)).isEmpty();
    }
  }

  /** Loud, because nobody should take it for checked. */
  @Test
  void only_kinds_without_a_package_are_not_checked() {
    List<Manifest> unchecked =
        Stream.of(Overlay.values())
            .flatMap(overlay -> overlay.objects().stream())
            .filter(object -> !object.isBuiltIn())
            .filter(object -> PublishedTypes.UNPUBLISHED.contains(object.kind()))
            .toList();

    assertThat(PublishedTypes.errors(unchecked.stream().map(Manifest::json).toList()))
        .allSatisfy(errors ->
            assertThat(errors).singleElement().asString().startsWith("no published schema"));
    assertThat(unchecked)
        .allSatisfy(cluster -> assertThat(PublishedTypes.errorsOfParts(cluster.json())).isEmpty());
    System.out.println(
        "NOT CHECKED against a published schema, because npm's registry had no package of it: "
            + PublishedTypes.UNPUBLISHED);
  }

  @Test
  void whenACheckedPartOfAnUncheckedKindIsBroken_thenItIsCaught() {
    Manifest cluster = Overlay.PRODUCTION.objects("K8ssandraCluster").getFirst();
    List<Breakage> inParts =
        Breakage.of(cluster).stream()
            .filter(each ->
                PublishedTypes.PARTS.keySet().stream()
                    .anyMatch(part ->
                        each.what().startsWith("[" + part.replace(".", ", ") + "].")
                            || each.what().startsWith("[" + part.replace(".", ", ") + ", ")))
            .toList();

    assertThat(inParts).hasSizeGreaterThan(5);
    assertThat(
            inParts.stream().filter(each -> PublishedTypes.errorsOfParts(each.broken()).isEmpty()))
        .extracting(Breakage::what)
        .isEmpty();
  }

  static Stream<Manifest> oneOfEachBuiltInKind() {
    return oneOfEachKind().stream().filter(Manifest::isBuiltIn);
  }

  @ParameterizedTest
  @MethodSource("oneOfEachBuiltInKind")
  void whenABuiltInObjectIsBroken_thenItIsCaught(Manifest object) {
    List<Breakage> breakages = Breakage.of(object);

    assertThat(breakages).hasSizeGreaterThan(1);
    assertThat(breakages.stream().filter(each -> BuiltInTypes.errors(each.broken()).isEmpty()))
        .extracting(Breakage::what)
        .isEmpty();
  }

  static Stream<Manifest> oneOfEachCustomKind() {
    return published(oneOfEachKind()).stream();
  }

  @ParameterizedTest
  @MethodSource("oneOfEachCustomKind")
  void whenACustomResourceIsBroken_thenItIsCaught(Manifest object) {
    List<Breakage> breakages = Breakage.of(object);

    assertThat(breakages).hasSizeGreaterThan(1);
    assertThat(breakages.stream().filter(each -> errorsOfAll().get(each.broken()).isEmpty()))
        .extracting(Breakage::what)
        .isEmpty();
  }

  /** All kinds' at once, because the judge takes seconds to begin. */
  private static Map<JsonObject, List<String>> errorsOfAll() {
    return ErrorsOfAll.FOUND;
  }

  private static final class ErrorsOfAll {
    static final Map<JsonObject, List<String>> FOUND = new HashMap<>();

    static {
      List<JsonObject> broken =
          oneOfEachCustomKind()
              .flatMap(object -> Breakage.of(object).stream())
              .map(Breakage::broken)
              .toList();
      List<List<String>> errors = PublishedTypes.errors(broken);
      for (int i = 0; i < broken.size(); i++) {
        FOUND.put(broken.get(i), errors.get(i));
      }
    }
  }

  private static List<Manifest> published(List<Manifest> objects) {
    return objects.stream()
        .filter(object -> !object.isBuiltIn())
        .filter(object -> !PublishedTypes.UNPUBLISHED.contains(object.kind()))
        .toList();
  }

  /** The largest of each kind: it says the most. */
  private static List<Manifest> oneOfEachKind() {
    Map<String, Manifest> largest = new LinkedHashMap<>();
    for (Overlay overlay : Overlay.values()) {
      for (Manifest object : overlay.objects()) {
        largest.merge(
            object.kind(),
            object,
            (a, b) -> a.json().toString().length() >= b.json().toString().length() ? a : b);
      }
    }
    return List.copyOf(largest.values());
  }
}
