package io.tributary.contracts.node;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of {@code GET /oca/v1/plan?cursor=}: what the node should hold, and nothing else.
 *
 * @param contentVersion of the whole plan; a page of another version means: start again
 * @param packages at most 500 a page
 * @param nextCursor null on the last page
 */
public record Plan(
    long contentVersion, List<PlannedPackage> packages, @Nullable String nextCursor) {
  public Plan {
    packages = List.copyOf(packages);
  }
}
