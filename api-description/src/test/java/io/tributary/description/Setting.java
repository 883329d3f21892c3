package io.tributary.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.ResolvableType;

/**
 * One setting, as the record's component that it is bound to.
 *
 * @param name whole, as {@code oca.fill.parallel-files}; of a list of objects, its first element's
 * @param type of the component
 * @param meaning what the record's comment says of the component; empty if nothing
 */
record Setting(String name, ResolvableType type, String meaning) {

  /** All settings of a service that are bound to records, in the order of the records. */
  static List<Setting> of(ConfiguredService service, SourceComments comments) {
    List<Setting> settings = new ArrayList<>();
    service.records().forEach((prefix, type) -> collect(prefix, type, comments, settings));
    return settings;
  }

  private static void collect(
      String prefix, Class<?> type, SourceComments comments, List<Setting> settings) {
    for (var component : type.getRecordComponents()) {
      String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
      ResolvableType of = ResolvableType.forType(component.getGenericType());
      ResolvableType element = of.asCollection().getGeneric();
      if (of.toClass().isRecord()) {
        collect(name, of.toClass(), comments, settings);
      } else if (element.toClass().isRecord()) {
        collect(name + "[0]", element.toClass(), comments, settings);
      } else {
        String meaning = comments.of(type).parameters().getOrDefault(component.getName(), "");
        settings.add(new Setting(name, of, meaning));
      }
    }
  }

  /** What {@code application.yml} calls it: a list of objects has one name there. */
  String listed() {
    return name.replaceAll("\\[0].*", "");
  }

  String variable() {
    return variable(name);
  }

  static String variable(String name) {
    return name.replace("-", "")
        .replaceAll("[.\\[]", "_")
        .replace("]", "")
        .toUpperCase(Locale.ROOT);
  }

  Class<?> kind() {
    Class<?> element = type.asCollection().getGeneric().toClass();
    return element == Object.class ? type.toClass() : element;
  }
}
