package io.tributary.contracts.admin;

import java.util.List;

/**
 * Where a package is; {@code GET /admin/v1/packages/{titleId}/{packageVersion}}.
 *
 * @param titleId the title
 * @param packageVersion the package's version
 * @param bytes of all its files together
 * @param plannedNodes nodes that shall hold it, by id
 * @param holdingNodes nodes that confirmed it, by id
 * @param placed whether enough of them, at enough sites, hold it for new plays to use it
 */
public record PackageView(
    String titleId,
    String packageVersion,
    long bytes,
    List<String> plannedNodes,
    List<String> holdingNodes,
    boolean placed) {
  public PackageView {
    plannedNodes = plannedNodes == null ? List.of() : List.copyOf(plannedNodes);
    holdingNodes = holdingNodes == null ? List.of() : List.copyOf(holdingNodes);
  }
}
