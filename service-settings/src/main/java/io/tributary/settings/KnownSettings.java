package io.tributary.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * The settings that a service has: the names in the {@code application.yml} of its own jar, which
 * carries every one.
 *
 * @param names as {@code oca.fill.parallel-files}; of a list, the list's
 */
record KnownSettings(List<String> names) {
  /** What Boot calls the source; one that an operator put beside the jar is called otherwise. */
  private static final String OWN = "class path resource [application.yml]";

  /** Longer names are hardly meant for something else when they differ in two letters. */
  private static final int LONG_NAME = 12;

  KnownSettings {
    names = List.copyOf(names);
  }

  static KnownSettings of(ConfigurableEnvironment environment) {
    List<String> names = new ArrayList<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (isOwn(source) && source instanceof EnumerablePropertySource<?> own) {
        names.addAll(List.of(own.getPropertyNames()));
      }
    }
    return new KnownSettings(names);
  }

  static boolean isOwn(PropertySource<?> source) {
    return source.getName().contains(OWN);
  }

  /** The environment variable of a setting, as {@code OCA_FILL_PARALLELFILES}. */
  static String variable(String name) {
    return name.replace("-", "")
        .replaceAll("[.\\[]", "_")
        .replace("]", "")
        .toUpperCase(Locale.ROOT);
  }

  /**
   * The setting of that variable or of an element of it; Spring takes dashes as underscores too.
   */
  Optional<String> named(String variable) {
    String upper = variable.toUpperCase(Locale.ROOT);
    return names.stream()
        .filter(name ->
            isOrIsElementOf(upper, variable(name))
                || isOrIsElementOf(upper, variable(name.replace('-', '_'))))
        .findFirst();
  }

  /** Whether a variable's name begins as those of some of our own settings do. */
  boolean isOneOfOurs(String variable) {
    String upper = variable.toUpperCase(Locale.ROOT);
    return names.stream()
        .filter(name -> !isSprings(name))
        .map(name -> name.substring(0, name.lastIndexOf('.')))
        // Every service is told of the whole fleet, and tools of ours have names that begin so.
        .filter(section -> !section.equals("tributary"))
        .anyMatch(section -> upper.startsWith(variable(section) + "_"));
  }

  /** The setting that was meant, if there is one: the one whose name is nearly the same. */
  Optional<String> meantBy(String variable) {
    String upper = variable.toUpperCase(Locale.ROOT).replaceAll("_[0-9]+(_.*)?$", "");
    int allowed = upper.length() < LONG_NAME ? 1 : 2;
    return names.stream()
        .filter(name -> distance(variable(name), upper) <= allowed)
        .min(Comparator.comparingInt(name -> distance(variable(name), upper)));
  }

  private static boolean isSprings(String name) {
    return name.matches("(spring|server|management|logging)\\..*") || !name.contains(".");
  }

  private static boolean isOrIsElementOf(String variable, String of) {
    return variable.equals(of) || variable.matches(of + "_[0-9]+(_.*)?");
  }

  /** How many letters must be put in, left out or changed (Levenshtein). */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
