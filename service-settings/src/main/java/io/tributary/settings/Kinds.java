package io.tributary.settings;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** How values of a type are written, in words. */
final class Kinds {
  private Kinds() {}

  static String expected(ResolvableType type) {
    Class<?> kind = ClassUtils.resolvePrimitiveIfNecessary(type.toClass());
    if (Collection.class.isAssignableFrom(kind)) {
      return expected(type.asCollection().getGeneric()) + "; several with commas between";
    }
    if (kind == Integer.class) {
      return "a whole number below 2147483648";
    }
    if (kind == Long.class) {
      return "a whole number";
    }
    if (kind == Double.class) {
      return "a number";
    }
    if (kind == Boolean.class) {
      return "true or false";
    }
    if (kind == Duration.class) {
      return "a time, as 500ms, 10s, 5m, 2h or 1d";
    }
    if (kind == DataSize.class) {
      return "a size, as 512B, 64KB or 2MB";
    }
    if (kind == URI.class) {
      return "a URL";
    }
    if (kind == Path.class) {
      return "a path";
    }
    if (kind == InetAddress.class) {
      return "a name or an IP address";
    }
    if (kind.isEnum()) {
      return Arrays.stream(kind.getEnumConstants())
          .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", "));
    }
    return "a text";
  }
}
