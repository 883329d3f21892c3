package io.tributary.contracts.admin;

import org.jspecify.annotations.Nullable;

/**
 * A title as an operator sees it.
 *
 * @param id the titleId
 * @param name its name, for people
 * @param durationMillis how long it is, in milliseconds; 0 while it has no package
 * @param playable whether a play could start: a package of it is held by nodes
 * @param currentPackage the packageVersion that new plays get; null while nothing is placed
 * @param isPublic whether it needs no account
 */
public record AdminTitle(
    String id,
    String name,
    long durationMillis,
    boolean playable,
    @Nullable String currentPackage,
    boolean isPublic) {}
