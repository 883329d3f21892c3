package io.tributary.oca.fill;

import io.tributary.contracts.node.PlannedPackage;
import java.util.List;

/**
 * What this node should hold, and nothing else.
 *
 * @param contentVersion of the plan; 0 when no plan was ever read, and then nothing is fetched or
 *     deleted
 * @param packages in the order to fill
 */
public record ContentPlan(long contentVersion, List<PlannedPackage> packages) {
  /** Before the first plan. */
  public static final ContentPlan NONE = new ContentPlan(0, List.of());

  public ContentPlan {
    packages = List.copyOf(packages);
  }
}
