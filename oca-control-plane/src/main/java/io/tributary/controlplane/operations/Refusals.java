package io.tributary.controlplane.operations;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.media.PackageRef;
import io.tributary.controlplane.doors.RefusedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the admin face refuses, in words. */
final class Refusals {
  private Refusals() {}

  /** The id, if it is one. */
  static String id(@Nullable String value, String field) {
    if (value == null || !value.matches(PackageRef.ID_PATTERN)) {
      throw invalid(field + " is " + value + " (expected: " + PackageRef.ID_PATTERN + ")");
    }
    return value;
  }

  /** There is none of this id. */
  static Supplier<RefusedException> missing(String kind, String id) {
    return () -> new RefusedException(ProblemType.NOT_FOUND, "there is no " + kind + " " + id);
  }

  /** Names the field, its value and what was expected. */
  static RefusedException invalid(String detail) {
    return new RefusedException(ProblemType.INVALID, detail);
  }
}
