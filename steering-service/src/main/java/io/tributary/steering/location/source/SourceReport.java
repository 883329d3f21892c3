package io.tributary.steering.location.source;

import io.tributary.steering.location.SetAsideReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one source of routes.
 *
 * @param source its name
 * @param records how many records it had, of any kind, as far as it was read
 * @param routes how many routes of it count
 * @param setAside how many of its records or routes do not count, by reason
 * @param examples of what does not count, a few a reason
 * @param problem why it was not read to its end; empty if it was
 */
public record SourceReport(
    String source,
    long records,
    long routes,
    Map<SetAsideReason, Long> setAside,
    List<Example> examples,
    Optional<String> problem) {

  public SourceReport {
    setAside = Map.copyOf(setAside);
    examples = List.copyOf(examples);
  }

  /**
   * Something that does not count.
   *
   * @param reason why
   * @param where in the source: {@code line 7}, {@code byte 4711}
   * @param detail what was found there, at most 200 characters
   */
  public record Example(SetAsideReason reason, String where, String detail) {}

  /** How many do not count for this reason. */
  public long setAside(SetAsideReason reason) {
    return setAside.getOrDefault(reason, 0L);
  }
}
