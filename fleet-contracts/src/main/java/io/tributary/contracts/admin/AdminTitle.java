package io.tributary.contracts.admin;

import org.jspecify.annotations.Nullable;

/**
 * A title as an operator sees it.
 *
 * @param id the titleId
 * @param name for people
 * @param durationMillis of its current package; 0 while it has none
 * @param playable as in the public API
 * @param currentPackage what new plays get; null while nothing is placed
 * @param isPublic whether it needs no account
 */
public record AdminTitle(
    String id,
    String name,
    long durationMillis,
    boolean playable,
    @Nullable String currentPackage,
    boolean isPublic) {}
