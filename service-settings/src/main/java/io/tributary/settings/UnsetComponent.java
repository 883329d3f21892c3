package io.tributary.settings;

import java.lang.reflect.RecordComponent;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;

/** A record's component as a setting, which may have no value. */
record UnsetComponent(ConfigurationPropertyName record, RecordComponent component) {
  String name() {
    return record + "." + DataObjectPropertyName.toDashedForm(component.getName());
  }

  String expected() {
    return Kinds.expected(ResolvableType.forType(component.getGenericType()));
  }
}
