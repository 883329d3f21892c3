package io.tributary.steering.location.source;

import io.tributary.steering.location.SetAsideReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts what a reader does. For one thread. */
final class SourceTally {
  /** Enough to see what is wrong; all of one bad writer's look alike. */
  private static final int EXAMPLES_A_REASON = 3;

  /** The text is the source's, so it may not be of any length. */
  private static final int MAX_CHARACTERS = 200;

  private final String source;
  private final Map<SetAsideReason, Long> setAside = new EnumMap<>(SetAsideReason.class);
  private final List<SourceReport.Example> examples = new ArrayList<>();
  private long records;
  private long routes;

  SourceTally(String source) {
    this.source = source;
  }

  void record() {
    records++;
  }

  long records() {
    return records;
  }

  /** Counts a route: as one that counts if there is no reason against it. */
  void route(@Nullable SetAsideReason reason, String unit, long at, Supplier<String> detail) {
    if (reason == null) {
      routes++;
    } else {
      setAside(reason, unit, at, detail);
    }
  }

  void setAside(SetAsideReason reason, String unit, long at, Supplier<String> detail) {
    long count = setAside.merge(reason, 1L, Long::sum);
    if (count <= EXAMPLES_A_REASON) {
      examples.add(new SourceReport.Example(reason, unit + " " + at, cut(detail.get())));
    }
  }

  SourceReport whole() {
    return report(Optional.empty());
  }

  SourceReport broken(String problem) {
    return report(Optional.of(cut(problem)));
  }

  private SourceReport report(Optional<String> problem) {
    return new SourceReport(source, records, routes, setAside, examples, problem);
  }

  /** To one line that no reader of logs is misled by. */
  private static String cut(String text) {
    String line =
        text.codePoints()
            .limit(MAX_CHARACTERS)
            .map(point -> Character.isISOControl(point) ? ' ' : point)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS);
  }
}
